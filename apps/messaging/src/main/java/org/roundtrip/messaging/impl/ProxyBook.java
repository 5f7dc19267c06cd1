/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.messaging.impl;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.compute.ProxyTrack;
import org.roundtrip.messaging.configuration.ProxyReport;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What proxies have told, in bounded memory. Thread-safe; no method waits.
 */
final class ProxyBook {

    private final int most;
    private final Clock clock;
    private final LongSupplier elapsed;
    private final Map<String, ProxyTrack> tracks = new TreeMap<>();

    ProxyBook(int most, Clock clock, LongSupplier elapsed) {
        this.most = most;
        this.clock = clock;
        this.elapsed = elapsed;
    }

    /** Takes a report. A silent proxy makes room for a new one, the one first that has been silent longest. */
    synchronized void report(ProxyReport report) {
        if (!tracks.containsKey(report.name()) && tracks.size() >= most) {
            makeRoom();
        }
        tracks.compute(report.name(), (name, before) -> before == null
                ? ProxyTrack.first(report, clock.instant().truncatedTo(ChronoUnit.MILLIS), elapsed.getAsLong())
                : before.next(report, clock.instant().truncatedTo(ChronoUnit.MILLIS), elapsed.getAsLong()));
    }

    private void makeRoom() {
        long now = elapsed.getAsLong();
        String silent = tracks.values().stream()
                .filter(track -> track.isSilent(now))
                .min(Comparator.comparing(track -> track.deadline() - now))
                .map(track -> track.report().name())
                .orElseThrow(() -> new ConflictException("name", "there are " + most + " proxies already, and no more"
                        + " are possible"));
        tracks.remove(silent);
    }

    synchronized void forget(String name) {
        if (tracks.remove(name) == null) {
            throw new NotFoundException("name", "there is no proxy '" + name + "'");
        }
    }

    /** Returns what was told, ordered by the names of the proxies. */
    synchronized List<ProxyTrack> tracks() {
        return List.copyOf(tracks.values());
    }

    synchronized Optional<ProxyTrack> track(String name) {
        return Optional.ofNullable(tracks.get(name));
    }
}
