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
package org.roundtrip.clock.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.rest.Page;
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.SessionOrigin;

import java.util.List;
import java.util.Optional;

/**
 * Which sessions of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableSessionSelection.class)
abstract class SessionSelection extends PageRequest {

    /** Returns the state that the sessions have. */
    abstract Optional<ClockSessionState> state();

    /** Returns who asked for the sessions. */
    abstract Optional<SessionOrigin> origin();

    /** Returns the policy that allows the sessions. */
    abstract Optional<String> policy();

    /** Returns the server as the sessions name it. */
    abstract Optional<ClockReference> server();

    /** Returns the client as the sessions name it. */
    abstract Optional<ClockReference> client();

    /** Returns the switch where a clock of the sessions is attached. */
    abstract Optional<DeviceId> device();

    /** Returns the alarm that the sessions have. */
    abstract Optional<ClockAlarmType> alarm();

    /**
     * Selects.
     *
     * @param sessions all sessions, ordered by name
     * @return the page
     */
    Page<ClockSession> page(List<ClockSession> sessions) {
        return pageOf(sessions.stream().filter(this::fits), session -> session.request().name());
    }

    private boolean fits(ClockSession session) {
        return state().filter(state -> state != session.status().state()).isEmpty()
                && origin().filter(origin -> origin != session.origin()).isEmpty()
                && policy().filter(policy -> !session.policy().filter(policy::equals).isPresent()).isEmpty()
                && server().filter(server -> !server.equals(session.request().server())).isEmpty()
                && client().filter(client -> !client.equals(session.request().client())).isEmpty()
                && device().filter(device -> !isAt(session, device)).isEmpty()
                && alarm().filter(type -> session.alarms().stream().noneMatch(alarm -> alarm.type() == type)).isEmpty();
    }

    private static boolean isAt(ClockSession session, DeviceId device) {
        return session.serverEndpoint().connectPoint().deviceId().equals(device)
                || session.clientEndpoint().connectPoint().deviceId().equals(device);
    }
}
