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
package org.roundtrip.clock.compute;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.TunnelInterface;
import org.roundtrip.clock.TunnelInterfaceState;
import org.roundtrip.clock.TunnelMode;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.tepath.TeCapability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tunnel interfaces of the switches where clocks are attached, made from the MPLS and TE capability parameters that
 * are configured there.
 */
public final class TunnelInterfaces {

    private TunnelInterfaces() {
    }

    /**
     * Refuses a session at an end of which there can be no tunnel interface.
     *
     * @param session the session to be
     * @param server  what the switch of the server may do, or empty while the network does not know it
     * @param client  what the switch of the client may do, or empty while the network does not know it
     * @throws ConflictException naming for each end the parameter that is missing, and the switch
     */
    public static void requireCapable(ClockSessionRecord session, Optional<TeCapability> server,
                                      Optional<TeCapability> client) {
        List<FieldError> errors = Stream.of(
                        missing(server, session.server().connectPoint().deviceId())
                                .map(detail -> FieldError.of("server", detail)),
                        missing(client, session.client().connectPoint().deviceId())
                                .map(detail -> FieldError.of("client", detail)))
                .flatMap(Optional::stream).collect(Collectors.toList());
        if (!errors.isEmpty()) {
            throw new ConflictException(errors);
        }
    }

    /**
     * Returns which parameters are missing at the ends of a session.
     *
     * @param seen what is seen of the session
     * @return the parameters in words, or empty if none is
     */
    static Optional<String> missing(SessionObservation seen) {
        List<String> missing = Stream.of(
                        missing(seen.serverCapability(), seen.session().server().connectPoint().deviceId()),
                        missing(seen.clientCapability(), seen.session().client().connectPoint().deviceId()))
                .flatMap(Optional::stream).distinct().collect(Collectors.toList());
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    private static Optional<String> missing(Optional<TeCapability> capability, DeviceId device) {
        List<String> missing = new ArrayList<>();
        if (capability.filter(one -> !one.mpls()).isPresent()) {
            missing.add("mplsTe.mpls of " + device);
        }
        if (capability.filter(one -> !one.te()).isPresent()) {
            missing.add("mplsTe.te of " + device);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", missing)
                + (missing.size() == 1 ? " is" : " are") + " not true in the network configuration: there can be no "
                + "tunnel interface at this switch");
    }

    /**
     * Returns the tunnel interface at the server.
     *
     * @param seen     what is seen of the session
     * @param state    its state
     * @param reason   why it is in that state
     * @param previous the interface before, or empty
     * @param now      the time
     * @return the interface, or empty if the switch never had the capability
     */
    public static Optional<TunnelInterface> atServer(SessionObservation seen, ClockSessionState state, String reason,
                                                     Optional<TunnelInterface> previous, Instant now) {
        return at(seen, seen.session().server().connectPoint(), seen.session().client().connectPoint(),
                  seen.serverCapability(), state, reason, previous, now);
    }

    /**
     * Returns the tunnel interface at the client.
     *
     * @param seen     what is seen of the session
     * @param state    its state
     * @param reason   why it is in that state
     * @param previous the interface before, or empty
     * @param now      the time
     * @return the interface, or empty if the switch never had the capability
     */
    public static Optional<TunnelInterface> atClient(SessionObservation seen, ClockSessionState state, String reason,
                                                     Optional<TunnelInterface> previous, Instant now) {
        return at(seen, seen.session().client().connectPoint(), seen.session().server().connectPoint(),
                  seen.clientCapability(), state, reason, previous, now);
    }

    private static Optional<TunnelInterface> at(SessionObservation seen, ConnectPoint local, ConnectPoint remote,
                                                Optional<TeCapability> capability, ClockSessionState state,
                                                String reason, Optional<TunnelInterface> previous, Instant now) {
        Optional<String> missing = missing(capability, local.deviceId());
        // No te-path is granted to a switch without the capability: where there is one, it was there.
        boolean wasCapable = seen.path().isPresent() || previous.isPresent();
        if ((capability.isEmpty() && previous.isEmpty()) || (missing.isPresent() && !wasCapable)) {
            return Optional.empty();
        }
        TunnelSettings settings = seen.session().request().tunnel();
        String path = SessionPaths.name(seen.session().request().name());
        TunnelInterfaceState next = missing.isPresent() ? TunnelInterfaceState.INCAPABLE : of(state);
        String why = missing.orElse(reason);
        return Optional.of(TunnelInterface.builder()
                .id(path + "@" + end(local, remote))
                .device(local.deviceId())
                .local(local)
                .remote(remote)
                .mode(TunnelMode.CO_ROUTED_BIDIRECTIONAL)
                .bandwidth(settings.bandwidth())
                .setupPriority(settings.setupPriority())
                .holdingPriority(settings.holdingPriority())
                .leastLabel(capability.map(TeCapability::leastLabel)
                                    .or(() -> previous.map(TunnelInterface::leastLabel)).orElseThrow())
                .greatestLabel(capability.map(TeCapability::greatestLabel)
                                       .or(() -> previous.map(TunnelInterface::greatestLabel)).orElseThrow())
                .status(previous.map(before -> before.status().next(next, why, now))
                                .orElseGet(() -> Status.of(next, why, now)))
                .build());
    }

    /** Both ends may be at one switch: then it takes the port to tell them apart. */
    private static Object end(ConnectPoint local, ConnectPoint remote) {
        return local.deviceId().equals(remote.deviceId()) ? local : local.deviceId();
    }

    private static TunnelInterfaceState of(ClockSessionState state) {
        switch (state) {
            case UP:
                return TunnelInterfaceState.UP;
            case STANDBY:
                return TunnelInterfaceState.HELD;
            default:
                return TunnelInterfaceState.DOWN;
        }
    }
}
