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
import org.roundtrip.clock.PtpDelivery;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Gives each session the copies of multicast that are for it, so that any number of sessions can share the multicast of
 * a clock.
 * <p>
 * Also a session that has a multicast alone gets a copy of it: so it goes on undisturbed when another one joins it.
 */
public final class MulticastCopies {

    private MulticastCopies() {
    }

    /**
     * Returns a session with copies that no other one has. Those that it has and that are its own it keeps. Takes time
     * proportional to the number of sessions.
     *
     * @param session   the session
     * @param others    all others
     * @param canCopy   tells of a switch whether it can look up a packet more than once
     * @return the session with a tunnel id for each end that multicasts at such a switch
     */
    public static ClockSessionRecord assign(ClockSessionRecord session, Collection<ClockSessionRecord> others,
                                            Predicate<DeviceId> canCopy) {
        return session.withTunnelIds(
                copy(session, session.server().connectPoint(), session.serverTunnelId(), others, canCopy),
                copy(session, session.client().connectPoint(), session.clientTunnelId(), others, canCopy));
    }

    private static Optional<Long> copy(ClockSessionRecord session, ConnectPoint port, Optional<Long> present,
                                       Collection<ClockSessionRecord> others, Predicate<DeviceId> canCopy) {
        if (session.request().delivery() != PtpDelivery.MULTICAST || !canCopy.test(port.deviceId())) {
            return Optional.empty();
        }
        Set<Long> taken = others.stream().flatMap(other -> at(port, other)).collect(Collectors.toSet());
        return present.filter(id -> !taken.contains(id))
                .or(() -> LongStream.iterate(Pipeline.NO_TUNNEL + 1, id -> id + 1).boxed()
                        .filter(id -> !taken.contains(id)).findFirst());
    }

    private static Stream<Long> at(ConnectPoint port, ClockSessionRecord other) {
        return Stream.concat(
                other.serverTunnelId().filter(id -> other.server().connectPoint().equals(port)).stream(),
                other.clientTunnelId().filter(id -> other.client().connectPoint().equals(port)).stream());
    }
}
