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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class MulticastCopiesTest {

    @Test
    void givesEachSessionOfAClockAnotherCopy() {
        ClockSessionRecord first = assign(session("a", 1, 2));
        ClockSessionRecord second = assign(session("b", 1, 3), first);

        assertThat(first.serverTunnelId()).contains(1L);
        assertThat(second.serverTunnelId()).contains(2L);
        assertThat(second.clientTunnelId()).contains(1L);
        assertThat(assign(session("c", 1, 4), second).serverTunnelId()).contains(1L);
    }

    @Test
    void takesNoneByUnicastOrWhereNothingCanBeCopied() {
        ClockSessionRecord unicast = session(request("a", 1, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST), 1, 2);

        assertThat(assign(unicast)).isEqualTo(unicast);
        assertThat(MulticastCopies.assign(session("a", 1, 2).withTunnelIds(Optional.of(3L), Optional.of(4L)),
                                          List.of(), device -> false))
                .isEqualTo(session("a", 1, 2));
    }

    @Test
    void keepsWhatASessionHasAndGivesUpWhatAnotherHasWhereItMovesTo() {
        ClockSessionRecord first = assign(session("a", 1, 2));
        ClockSessionRecord second = assign(session("b", 1, 3), first);

        assertThat(assign(second, first)).isEqualTo(second);
        assertThat(assign(first, second)).isEqualTo(first);
        ClockSessionRecord moved = second.at(endpoint(1), ClockEndpoint.builder()
                .from(endpoint(3)).connectPoint(port(2)).build());
        assertThat(assign(moved, first).clientTunnelId()).contains(2L);
    }

    @Property
    void givesNothingTwiceAtAPort(@ForAll @Size(max = 12) List<@IntRange(min = 1, max = 4) Integer> servers) {
        List<ClockSessionRecord> sessions = new ArrayList<>();
        for (int server : servers) {
            sessions.add(MulticastCopies.assign(session("s" + sessions.size(), server, 5), sessions, device -> true));
        }

        Set<List<Object>> given = new HashSet<>();
        sessions.forEach(session -> {
            assertThat(given.add(List.of(session.server().connectPoint(), session.serverTunnelId().orElseThrow())))
                    .isTrue();
            assertThat(given.add(List.of(session.client().connectPoint(), session.clientTunnelId().orElseThrow())))
                    .isTrue();
        });
    }

    private static ClockSessionRecord assign(ClockSessionRecord session, ClockSessionRecord... others) {
        return MulticastCopies.assign(session, List.of(others), device -> true);
    }
}
