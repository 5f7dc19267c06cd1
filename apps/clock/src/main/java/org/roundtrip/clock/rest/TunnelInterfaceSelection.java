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
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.TunnelInterface;
import org.roundtrip.clock.TunnelInterfaceState;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tunnel interfaces of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableTunnelInterfaceSelection.class)
abstract class TunnelInterfaceSelection extends PageRequest {

    /** Returns the switch that has the interfaces. */
    abstract Optional<DeviceId> device();

    /** Returns the state that the interfaces have. */
    abstract Optional<TunnelInterfaceState> state();

    /**
     * Selects.
     *
     * @param sessions all sessions
     * @return the page of their interfaces, ordered by id
     */
    Page<TunnelInterface> page(Collection<ClockSession> sessions) {
        return pageOf(sessions.stream().flatMap(TunnelInterfaceSelection::interfaces).filter(this::fits)
                              .sorted(Comparator.comparing(TunnelInterface::id)), TunnelInterface::id);
    }

    private static Stream<TunnelInterface> interfaces(ClockSession session) {
        return Stream.of(session.serverTunnelInterface(), session.clientTunnelInterface()).flatMap(Optional::stream);
    }

    private boolean fits(TunnelInterface tunnelInterface) {
        return device().filter(device -> !device.equals(tunnelInterface.device())).isEmpty()
                && state().filter(state -> state != tunnelInterface.status().state()).isEmpty();
    }
}
