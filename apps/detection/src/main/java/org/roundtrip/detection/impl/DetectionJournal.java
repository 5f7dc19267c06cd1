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

import org.roundtrip.base.Status;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.DetectionAlarm;
import org.roundtrip.detection.DetectionAlarmType;
import org.roundtrip.detection.DetectionChange;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.compute.MemberTrack;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What is wrong, and what has happened lately, in bounded memory. Thread-safe; no method waits.
 */
final class DetectionJournal {

    /** How many changes of one subject are kept. */
    private static final int LONGEST = 32;
    /** Of how many subjects changes are kept: those that have changed latest. */
    private static final int SUBJECTS = 20_000;
    /** Of how many strangers alarms are kept, so that nobody can fill the memory. */
    private static final int STRANGERS = 256;
    /** How long an alarm lasts about something that happens now and then. */
    private static final Duration LASTING = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier elapsed;
    private final Map<DetectionAlarmType, Map<String, DetectionAlarm>> alarms = new EnumMap<>(DetectionAlarmType.class);
    /** When alarms end by themselves, monotonic times in nanoseconds. */
    private final Map<DetectionAlarmType, Map<String, Long>> ends = new EnumMap<>(DetectionAlarmType.class);
    private final Map<String, Long> foreign = new TreeMap<>();
    private final Map<String, Deque<DetectionChange>> changes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<DetectionChange>> eldest) {
            return size() > SUBJECTS;
        }
    };
    private long last;

    DetectionJournal(Clock clock, LongSupplier elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
        for (DetectionAlarmType type : DetectionAlarmType.values()) {
            alarms.put(type, new TreeMap<>());
            ends.put(type, new TreeMap<>());
        }
    }

    /** Takes note that the state of a member or its reason has changed. */
    synchronized void memberChanged(MemberTrack track) {
        MemberHealth health = track.health();
        String subject = health.service() + " " + health.member();
        append(subject, Json.name(health.status().state()), health.agent(), health.status().reason());
        if (health.heldUntil().isPresent()) {
            raise(DetectionAlarmType.MEMBER_FLAPPING, subject, health.status().reason());
        } else {
            clear(DetectionAlarmType.MEMBER_FLAPPING, subject);
        }
    }

    /** Forgets a member. */
    synchronized void memberForgotten(String service, String member) {
        clear(DetectionAlarmType.MEMBER_FLAPPING, service + " " + member);
    }

    /** Takes note of how an agent is. */
    synchronized void agentChanged(String agent, Optional<Status<AgentState>> before, Status<AgentState> now) {
        if (before.filter(now::equals).isPresent()) {
            return;
        }
        append(agent, Json.name(now.state()), Optional.empty(), now.reason());
        AgentState state = now.state();
        set(DetectionAlarmType.AGENT_SILENT, agent, state == AgentState.SILENT || state == AgentState.EXPIRED,
            now.reason());
        set(DetectionAlarmType.AGENT_STARVED, agent, state == AgentState.STARVED, now.reason());
    }

    /** Forgets what is wrong with an agent. */
    synchronized void agentForgotten(String agent) {
        alarms.values().forEach(ofType -> ofType.remove(agent));
        ends.values().forEach(ofType -> ofType.remove(agent));
        foreign.remove(agent);
    }

    /** Takes note that an agent reports about members that are not its own. */
    synchronized void foreignResults(String agent, int count) {
        long all = foreign.merge(agent, (long) count, Long::sum);
        raiseForAWhile(DetectionAlarmType.FOREIGN_RESULTS, agent, "it has reported " + all + " results about members"
                + " that are not its own, which were ignored");
    }

    /** Takes note that somebody was refused. */
    synchronized void refused(String peer, Optional<String> agent, String reason) {
        String subject = agent.orElseGet(() -> host(peer));
        Map<String, DetectionAlarm> refusals = alarms.get(DetectionAlarmType.AGENT_REFUSED);
        if (refusals.size() < STRANGERS || refusals.containsKey(subject)) {
            raiseForAWhile(DetectionAlarmType.AGENT_REFUSED, subject, host(peer) + " was refused: " + reason);
        }
    }

    private static String host(String peer) {
        int port = peer.lastIndexOf(':');
        return port < 0 ? peer : peer.substring(0, port);
    }

    private void raiseForAWhile(DetectionAlarmType type, String subject, String reason) {
        raise(type, subject, reason);
        ends.get(type).put(subject, elapsed.getAsLong() + LASTING.toNanos());
    }

    private void set(DetectionAlarmType type, String subject, boolean isOn, String reason) {
        if (isOn) {
            raise(type, subject, reason);
        } else {
            clear(type, subject);
        }
    }

    private void raise(DetectionAlarmType type, String subject, String reason) {
        alarms.get(type).compute(subject, (same, before) -> DetectionAlarm.builder().type(type).subject(subject)
                .since(before == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : before.since())
                .reason(reason).build());
    }

    private void clear(DetectionAlarmType type, String subject) {
        alarms.get(type).remove(subject);
        ends.get(type).remove(subject);
    }

    private void append(String subject, String state, Optional<String> agent, String reason) {
        Deque<DetectionChange> latest = changes.computeIfAbsent(subject, none -> new ArrayDeque<>());
        latest.addLast(DetectionChange.builder().index(++last).time(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                               .subject(subject).state(state).agent(agent).reason(reason).build());
        if (latest.size() > LONGEST) {
            latest.removeFirst();
        }
    }

    /**
     * Ends alarms whose time has come.
     *
     * @return after which time to do so again, or empty if none ends by itself
     */
    synchronized Optional<Duration> followTime() {
        long now = elapsed.getAsLong();
        ends.forEach((type, ofType) -> List.copyOf(ofType.keySet()).stream()
                .filter(subject -> now - ofType.get(subject) >= 0).forEach(subject -> clear(type, subject)));
        return ends.values().stream().flatMap(ofType -> ofType.values().stream()).min(Long::compare)
                .map(end -> Duration.ofNanos(end - now).plusMillis(1));
    }

    synchronized List<DetectionAlarm> alarms() {
        return alarms.values().stream().flatMap(ofType -> ofType.values().stream())
                .collect(Collectors.toUnmodifiableList());
    }

    synchronized List<DetectionChange> changes(String subject) {
        return List.copyOf(changes.getOrDefault(subject, new ArrayDeque<>()));
    }
}
