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
package org.roundtrip.tepath.impl;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.compute.FlapDamping;
import org.roundtrip.tepath.compute.Instability;
import org.roundtrip.tepath.compute.LinkDirection;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts the failures of links. A link is up while both of its directions are there and both of its ports have a
 * carrier; it has failed when it is up no longer, which counts once, however many events tell of it.
 * <p>
 * Not thread-safe. Each call takes time proportional to the links that it is about, {@link #settle} to the unsteady
 * ones.
 */
final class LinkSteadiness {

    private final Supplier<FlapDamping> damping;
    private final Set<LinkDirection> directions = new HashSet<>();
    private final Map<ConnectPoint, Set<LinkDirection>> directionsAt = new HashMap<>();
    private final Set<ConnectPoint> deadPorts = new HashSet<>();
    private final Map<LinkDirection, Instability> failures = new HashMap<>();
    private final Set<LinkDirection> unsteady = new HashSet<>();

    /**
     * Creates the counters of a network without links.
     *
     * @param damping how many failures make a link unsteady
     */
    LinkSteadiness(Supplier<FlapDamping> damping) {
        this.damping = damping;
    }

    /** One direction of a link is there. */
    void appeared(LinkDirection direction) {
        directions.add(direction);
        directionsAt.computeIfAbsent(direction.src(), port -> new HashSet<>()).add(direction);
        directionsAt.computeIfAbsent(direction.dst(), port -> new HashSet<>()).add(direction);
    }

    /** One direction of a link is gone. */
    void vanished(LinkDirection direction, Instant at) {
        boolean wasUp = isUp(direction);
        directions.remove(direction);
        forget(direction.src(), direction);
        forget(direction.dst(), direction);
        if (wasUp) {
            failed(direction, at);
        }
    }

    private void forget(ConnectPoint port, LinkDirection direction) {
        directionsAt.computeIfPresent(port, (key, known) -> {
            known.remove(direction);
            return known.isEmpty() ? null : known;
        });
    }

    /** A port has a carrier. */
    void enabled(ConnectPoint port) {
        deadPorts.remove(port);
    }

    /** A port has lost its carrier or itself. */
    void disabled(ConnectPoint port, Instant at) {
        directionsAt.getOrDefault(port, Set.of()).stream()
                .filter(this::isUp).map(LinkSteadiness::canonical).distinct()
                .forEach(link -> failed(link, at));
        deadPorts.add(port);
    }

    private boolean isUp(LinkDirection direction) {
        return directions.contains(direction) && directions.contains(direction.reversed())
                && !deadPorts.contains(direction.src()) && !deadPorts.contains(direction.dst());
    }

    private void failed(LinkDirection direction, Instant at) {
        LinkDirection link = canonical(direction);
        Instability instability = damping.get().failed(Optional.ofNullable(failures.get(link)), at);
        failures.put(link, instability);
        if (damping.get().isUnsteady(instability, at)) {
            unsteady.add(link);
        }
    }

    private static LinkDirection canonical(LinkDirection direction) {
        return LinkDirection.ORDER.compare(direction, direction.reversed()) < 0 ? direction : direction.reversed();
    }

    /**
     * Finds the links that have become steady.
     *
     * @param now the time
     * @return whether there are any since the call before
     */
    boolean settle(Instant now) {
        failures.values().removeIf(instability -> damping.get().isForgotten(instability, now));
        return unsteady.removeIf(link -> !isUnsteady(link, now));
    }

    private boolean isUnsteady(LinkDirection link, Instant now) {
        return Optional.ofNullable(failures.get(link))
                .filter(instability -> damping.get().isUnsteady(instability, now)).isPresent();
    }

    /** Returns one direction of each link that is unsteady. */
    Set<LinkDirection> unsteady(Instant now) {
        return unsteady.stream().filter(link -> isUnsteady(link, now)).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns when {@link #settle} will find something. */
    Optional<Instant> nextChange() {
        return unsteady.stream().flatMap(link -> Optional.ofNullable(failures.get(link)).stream())
                .flatMap(instability -> damping.get().unsteadyUntil(instability).stream()).min(Instant::compareTo);
    }
}
