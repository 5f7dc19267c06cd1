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
package org.roundtrip.clock.impl;

import org.roundtrip.base.time.ClockSteps;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.ServerSelection;
import org.roundtrip.clock.compute.SessionHistory;
import org.roundtrip.clock.compute.SessionObservation;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.tepath.TePathService;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Looks at the sessions to which something has happened, and at those that share their clients; has them kept, if this
 * node leads; and tells how they fare. At all sessions only when this node begins, begins to lead, or has failed.
 * <p>
 * Only for the thread of the loop, unless said otherwise.
 */
final class SessionReconciler {

    /** A refused te-path may be granted when anything changes in the network, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final SessionLedger ledger;
    private final HistoryStore histories;
    private final SessionKeeper keeper;
    private final SessionObserver observer;
    private final SessionRules rules;
    private final SessionQuality quality;
    private final TePathService paths;
    private final PendingWork pending;
    private final PublishedSessions published;
    private final Clock clock;
    private final LongSupplier elapsed;
    private final ClockSteps steps;
    private boolean leads;
    /** Whether what is in memory can't be relied upon. */
    private boolean isLost = true;
    /** Whether there may be rules of sessions that were gone before this node knew of any. */
    private boolean isUnpublished = true;
    private volatile long nextRetry;

    SessionReconciler(SessionLedger ledger, HistoryStore histories, SessionKeeper keeper, SessionObserver observer,
                      SessionRules rules, SessionQuality quality, TePathService paths, PendingWork pending,
                      PublishedSessions published, Clock clock, LongSupplier elapsed) {
        this.ledger = ledger;
        this.histories = histories;
        this.keeper = keeper;
        this.observer = observer;
        this.rules = rules;
        this.quality = quality;
        this.paths = paths;
        this.pending = pending;
        this.published = published;
        this.clock = clock;
        this.elapsed = elapsed;
        this.steps = new ClockSteps(clock, elapsed);
        this.nextRetry = elapsed.getAsLong();
    }

    /**
     * Reads everything if this node can't rely on what it knows, or only knows what it has heard and begins to lead.
     *
     * @param isLeader whether this node leads
     */
    void takeOver(boolean isLeader) {
        if (isLost || (isLeader && !leads)) {
            isLost = true;
            ledger.load();
            histories.load();
            if (isLeader) {
                histories.retain(ledger.all().keySet());
            }
            isUnpublished = true;
            ledger.all().keySet().forEach(pending::touchSession);
            published.names().forEach(pending::touchSession);
            paths.paths().forEach(path -> SessionPaths.session(path.request().name()).ifPresent(
                    pending::touchSession));
            isLost = false;
        }
        leads = isLeader;
    }

    /** Says that a te-path that was refused may be granted now. On any thread. */
    void somethingWasGivenBack() {
        nextRetry = elapsed.getAsLong();
    }

    /**
     * Looks at what something has happened to.
     *
     * @return after which time to do so again, if not only on the next event
     */
    Optional<Duration> reconcile() {
        try {
            refresh();
            Duration step = steps.sinceLastLook();
            if (!step.isZero() && leads) {
                histories.shift(step);
                ledger.all().keySet().forEach(pending::touchSession);
            }
            boolean isRetry = nextRetry - elapsed.getAsLong() <= 0;
            if (isRetry) {
                keeper.refused().forEach(pending::touchSession);
                nextRetry = elapsed.getAsLong() + RETRY.toNanos();
            }
            work();
            publishRules();
        } catch (RuntimeException e) {
            isLost = true;
            throw e;
        }
        return keeper.refused().isEmpty() ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, nextRetry - elapsed.getAsLong())));
    }

    private void refresh() {
        pending.takeRecords().forEach(ledger::refresh);
        Set<String> written = pending.takeHistories();
        if (!leads) {
            written.forEach(histories::refresh);
            written.forEach(pending::touchSession);
        }
    }

    private void work() {
        Set<String> names = new TreeSet<>(pending.takeSessions());
        pending.takeKeys().forEach(key -> names.addAll(ledger.dependents(key)));
        Map<Object, ClockSessionRecord> groups = groups(names);
        if (leads) {
            names.forEach(name -> ledger.get(name).ifPresent(keeper::follow));
            names.stream().filter(name -> ledger.get(name).isEmpty()).forEach(keeper::removeOrphan);
            // Those that a clock has left, and those to which it has come.
            groups.putAll(groups(names));
            groups.values().forEach(member -> keeper.keep(ledger.group(member)));
        }
        groups.values().forEach(member -> show(ledger.group(member)));
        names.stream().filter(name -> ledger.get(name).isEmpty()).forEach(this::forget);
    }

    /** Returns one session of each group that any of the sessions is in. */
    private Map<Object, ClockSessionRecord> groups(Set<String> names) {
        Map<Object, ClockSessionRecord> groups = new LinkedHashMap<>();
        names.forEach(name -> ledger.get(name).ifPresent(
                session -> groups.putIfAbsent(ServerSelection.group(session), session)));
        return groups;
    }

    /** Has users see a session as it is now. */
    void show(String name) {
        ledger.get(name).ifPresentOrElse(session -> show(ledger.group(session)), () -> forget(name));
    }

    private void show(List<ClockSessionRecord> group) {
        Instant now = clock.instant();
        for (SessionObservation seen : observer.look(group, histories)) {
            String name = seen.session().request().name();
            SessionHistory history = observer.follow(seen, histories.get(name), now);
            if (leads) {
                histories.put(name, history);
            } else {
                histories.remember(name, history);
            }
            ClockSession session = observer.view(seen, history, published.get(name), now);
            quality.observe(session);
            published.put(session);
        }
    }

    private void forget(String name) {
        if (leads) {
            histories.remove(name);
        }
        quality.forget(name);
        published.remove(name);
    }

    private void publishRules() {
        if (!leads) {
            return;
        }
        Set<String> changed = ledger.takeChanged();
        if (isUnpublished || !changed.isEmpty()) {
            rules.publish(ledger.all(), changed);
            isUnpublished = false;
        }
    }
}
