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
package org.roundtrip.balancer.compute;

import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.ServerAlarm;
import org.roundtrip.balancer.ServerAlarmType;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerState;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is wrong with a virtual server.
 */
final class ServerAlarms {

    private ServerAlarms() {
    }

    /**
     * Returns the alarms of a virtual server.
     *
     * @param seen     what is seen of it
     * @param state    its state
     * @param previous how it was seen before, or empty
     * @param now      the time
     * @return the alarms, ordered by type; those that were there before are as old as they are
     */
    static List<ServerAlarm> of(ServerObservation seen, VirtualServerState state, Optional<VirtualServer> previous,
                                Instant now) {
        Map<ServerAlarmType, Instant> before = previous.stream().flatMap(server -> server.alarms().stream())
                .collect(Collectors.toMap(ServerAlarm::type, ServerAlarm::since));
        return reasons(seen, state).entrySet().stream().map(entry -> ServerAlarm.builder().type(entry.getKey())
                .since(before.getOrDefault(entry.getKey(), now.truncatedTo(ChronoUnit.MILLIS)))
                .reason(entry.getValue()).build()).collect(Collectors.toUnmodifiableList());
    }

    private static Map<ServerAlarmType, String> reasons(ServerObservation seen, VirtualServerState state) {
        Map<ServerAlarmType, String> reasons = new EnumMap<>(ServerAlarmType.class);
        if (state == VirtualServerState.REMOVING || state == VirtualServerState.WAITING) {
            return reasons;
        }
        if (seen.choice().isPanic()) {
            reasons.put(ServerAlarmType.PANIC, panic(seen));
        }
        if (seen.server().table().counts().isEmpty() && isAnybodyEnabled(seen)) {
            reasons.put(ServerAlarmType.NO_MEMBER, "requests are dropped, because no member serves: member-status says"
                    + " why for each");
        }
        flapping(seen).ifPresent(reason -> reasons.put(ServerAlarmType.FLAPPING, reason));
        return reasons;
    }

    private static boolean isAnybodyEnabled(ServerObservation seen) {
        return seen.server().request().members().stream().anyMatch(member -> member.state() == MemberState.ENABLED);
    }

    private static String panic(ServerObservation seen) {
        long enabled = seen.server().request().members().stream()
                .filter(member -> member.state() == MemberState.ENABLED).count();
        long usable = seen.choice().conditions().values().stream()
                .filter(condition -> condition == MemberCondition.SERVING).count();
        return usable + " of " + enabled + " members look usable, fewer than the " + seen.server().request()
                .panicThreshold() + " % of panic-threshold, so that all are used that can be reached: member-status"
                + " says what is wrong with each; if they are well, detection-profile asks for too much";
    }

    private static Optional<String> flapping(ServerObservation seen) {
        Map<MemberId, Instant> held = new TreeMap<>();
        seen.sightings().forEach((member, sighting) -> sighting.heldUntil().ifPresent(
                until -> held.put(member, until)));
        return held.isEmpty() ? Optional.empty() : Optional.of(held.entrySet().stream()
                .map(entry -> entry.getKey() + " until " + entry.getValue().truncatedTo(ChronoUnit.SECONDS))
                .collect(Collectors.joining(", ", "held down because of too many changes: ", "")));
    }
}
