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
package org.roundtrip.detection.impl;

import org.roundtrip.detection.Detection;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.compute.AgentLiveness;
import org.roundtrip.detection.compute.MemberKey;
import org.roundtrip.detection.compute.MemberTrack;
import org.roundtrip.detection.protocol.CheckResult;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked for and what is known of each member. Results are taken on the thread on which they arrive, and what
 * they change is told at once. Thread-safe; nothing here waits for anything but for the moment in which another thread
 * reads or writes the same.
 */
final class HealthBook {

    /** More than any agent can have: who reports more is broken. */
    private static final int MOST_UNCLAIMED = 1 << 15;

    private final Clock clock;
    private final LongSupplier elapsed;
    private final Consumer<MemberTrack> events;
    private final Runnable timeMatters;
    private final Map<String, ServiceCheck> services = new TreeMap<>();
    private final Map<MemberKey, MemberTrack> tracks = new HashMap<>();
    private final Map<String, AgentLiveness> agents = new HashMap<>();
    /** Which members an agent probes, by the ids of the checks. */
    private final Map<String, Map<String, MemberKey>> checks = new HashMap<>();
    /** What agents report that nobody has asked them for yet, by agents and ids of checks. */
    private final Map<String, Map<String, CheckResult>> unclaimed = new HashMap<>();
    /** Members whose health changes with time. */
    private final Set<MemberKey> timed = new HashSet<>();
    /** Agents whose reports don't count any more. */
    private final Set<String> doubted = new HashSet<>();

    /**
     * Creates an empty book.
     *
     * @param clock       the time of the day
     * @param elapsed     a monotonic time in nanoseconds
     * @param events      takes members whose state or reason has changed, on any thread, in order: must not block
     * @param timeMatters called when a member begins to change with time, on any thread: must not block
     */
    HealthBook(Clock clock, LongSupplier elapsed, Consumer<MemberTrack> events, Runnable timeMatters) {
        this.clock = clock;
        this.elapsed = elapsed;
        this.events = events;
        this.timeMatters = timeMatters;
    }

    /** Tracks the members of a service, and forgets those that it had before. */
    synchronized void request(ServiceCheck check) {
        Set<MemberKey> members = keys(check);
        Optional.ofNullable(services.put(check.service(), check)).ifPresent(before -> keys(before).stream()
                .filter(key -> !members.contains(key)).forEach(this::forget));
        members.forEach(key -> tracks.computeIfAbsent(key, added -> MemberTrack.begin(
                added, "it was not given to an agent yet", clock.instant())));
    }

    /** Forgets a service. */
    synchronized void withdraw(String service) {
        Optional.ofNullable(services.remove(service)).ifPresent(before -> keys(before).forEach(this::forget));
    }

    private static Set<MemberKey> keys(ServiceCheck check) {
        return check.members().stream().map(member -> MemberKey.of(check.service(), member.id()))
                .collect(Collectors.toSet());
    }

    private void forget(MemberKey key) {
        unassign(tracks.remove(key));
        timed.remove(key);
    }

    private void unassign(MemberTrack track) {
        track.agent().ifPresent(agent -> checks.computeIfPresent(agent, (same, ids) -> {
            ids.remove(track.check().orElseThrow());
            return ids.isEmpty() ? null : ids;
        }));
    }

    synchronized Optional<ServiceCheck> check(String service) {
        return Optional.ofNullable(services.get(service));
    }

    synchronized List<ServiceCheck> checks() {
        return List.copyOf(services.values());
    }

    /** Takes note that an agent probes a member, from now on or as before. Does nothing if the member is gone. */
    synchronized void give(MemberKey key, String agent, String check) {
        update(key, track -> track.probedBy(agent, check));
        Optional.ofNullable(unclaimed.getOrDefault(agent, new HashMap<>()).remove(check)).ifPresent(
                result -> report(key, result));
    }

    /** Takes note that nobody probes a member. Does nothing if the member is gone. */
    synchronized void take(MemberKey key, String reason) {
        update(key, track -> track.probedByNobody(reason));
    }

    /** Returns how many members an agent probes. */
    synchronized int count(String agent) {
        return checks.getOrDefault(agent, Map.of()).size();
    }

    /** Takes note that an agent begins a new session. */
    synchronized void begin(String agent) {
        unclaimed.remove(agent);
    }

    /**
     * Takes results. As long as the agent does not do what it was told last, it may report about what it was told
     * before, also by a controller that has died: that is kept until it turns out to be asked for.
     *
     * @param agent     who reports
     * @param results   what it reports
     * @param isSettled whether it does what it was told last
     * @return the ids of checks that are not the agent's: nothing is believed about them
     */
    synchronized List<String> report(String agent, List<CheckResult> results, boolean isSettled) {
        Map<String, MemberKey> own = checks.getOrDefault(agent, Map.of());
        List<String> foreign = new ArrayList<>();
        for (CheckResult result : results) {
            String check = result.check();
            if (own.containsKey(check)) {
                report(own.get(check), result);
            } else if (isSettled || isOfAnother(agent, check)) {
                foreign.add(check);
            } else {
                keep(agent, result);
            }
        }
        return foreign;
    }

    private void report(MemberKey key, CheckResult result) {
        Duration now = now();
        update(key, track -> track.reported(result, now));
    }

    private boolean isOfAnother(String agent, String check) {
        return checks.entrySet().stream().anyMatch(
                other -> !other.getKey().equals(agent) && other.getValue().containsKey(check));
    }

    private void keep(String agent, CheckResult result) {
        Map<String, CheckResult> kept = unclaimed.computeIfAbsent(agent, none -> new HashMap<>());
        if (kept.size() < MOST_UNCLAIMED || kept.containsKey(result.check())) {
            kept.put(result.check(), result);
        }
    }

    /** Takes note of how an agent is. What that changes for its members is told at once. */
    synchronized void follow(AgentLiveness agent) {
        agents.put(agent.name(), agent);
        rejudge(agent.name());
    }

    /** Forgets an agent. */
    synchronized void forgetAgent(String agent) {
        agents.remove(agent);
        rejudge(agent);
        doubted.remove(agent);
    }

    synchronized Optional<AgentLiveness> agent(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    private void rejudge(String agent) {
        boolean isDoubted = Optional.ofNullable(agents.get(agent)).flatMap(known -> known.doubt(now())).isPresent();
        if (isDoubted ? doubted.add(agent) : doubted.remove(agent)) {
            Set.copyOf(checks.getOrDefault(agent, Map.of()).values())
                    .forEach(key -> update(key, UnaryOperator.identity()));
        }
    }

    /**
     * Has members see that time has passed.
     *
     * @return after which time to do so again, or empty if nothing is going to change by itself
     */
    synchronized Optional<Duration> followTime() {
        // Before it is looked at anything: what becomes due meanwhile has not been seen.
        Duration now = now();
        Set.copyOf(agents.keySet()).forEach(this::rejudge);
        Set.copyOf(timed).forEach(key -> update(key, UnaryOperator.identity()));
        return Stream.concat(
                        agents.values().stream().flatMap(agent -> agent.believedUntil().stream()),
                        timed.stream().map(tracks::get).flatMap(track -> due(track, now).stream()))
                .filter(time -> time.compareTo(now) > 0).min(Duration::compareTo)
                // Not to be early by a fraction of what timers can tell apart.
                .map(time -> time.minus(now).plusMillis(1));
    }

    private Optional<Duration> due(MemberTrack track, Duration now) {
        return track.due(liveness(track), now);
    }

    private Optional<AgentLiveness> liveness(MemberTrack track) {
        return track.agent().map(agents::get);
    }

    private void update(MemberKey key, UnaryOperator<MemberTrack> change) {
        MemberTrack before = tracks.get(key);
        if (before == null) {
            return;
        }
        Duration now = now();
        MemberTrack changed = change.apply(before);
        MemberTrack after = changed.judged(liveness(changed), now, clock.instant());
        tracks.put(key, after);
        if (!after.check().equals(before.check())) {
            unassign(before);
            after.agent().ifPresent(agent -> checks.computeIfAbsent(agent, none -> new HashMap<>())
                    .put(after.check().orElseThrow(), key));
        }
        if (due(after, now).isEmpty()) {
            timed.remove(key);
        } else if (timed.add(key)) {
            timeMatters.run();
        }
        if (!after.health().status().equals(before.health().status())) {
            events.accept(after);
        }
    }

    private Duration now() {
        return Duration.ofNanos(elapsed.getAsLong());
    }

    synchronized Optional<MemberHealth> health(String service, String member) {
        return Optional.ofNullable(tracks.get(MemberKey.of(service, member))).map(MemberTrack::health);
    }

    synchronized Optional<Detection> detection(String service) {
        return Optional.ofNullable(services.get(service)).map(this::detection);
    }

    synchronized List<Detection> detections() {
        return services.values().stream().map(this::detection).collect(Collectors.toUnmodifiableList());
    }

    private Detection detection(ServiceCheck check) {
        return Detection.builder().check(check).members(check.members().stream()
                .map(member -> tracks.get(MemberKey.of(check.service(), member.id())).health())
                .collect(Collectors.toList())).build();
    }
}
