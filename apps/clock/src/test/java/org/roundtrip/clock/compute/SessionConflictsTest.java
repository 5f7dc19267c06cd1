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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class SessionConflictsTest {

    @ParameterizedTest
    @CsvSource({
        // The same pair, whichever way round.
        "1, 2, UDP_IPV4, MULTICAST,  1, 2, UDP_IPV4, MULTICAST,  client",
        "1, 2, UDP_IPV4, UNICAST,    1, 2, UDP_IPV4, MULTICAST,  client",
        "1, 2, UDP_IPV4, UNICAST,    2, 1, UDP_IPV4, UNICAST,    client",
        "1, 2, ETHERNET, MULTICAST,  2, 1, ETHERNET, MULTICAST,  client",
        // One clock in two multicast sessions, in any role.
        "1, 2, UDP_IPV4, MULTICAST,  1, 3, UDP_IPV4, MULTICAST,  delivery",
        "1, 2, UDP_IPV4, MULTICAST,  3, 2, UDP_IPV4, MULTICAST,  delivery",
        "1, 2, UDP_IPV4, MULTICAST,  2, 3, UDP_IPV4, MULTICAST,  delivery",
        "1, 2, UDP_IPV4, MULTICAST,  3, 1, UDP_IPV4, MULTICAST,  delivery",
        "1, 2, ETHERNET, MULTICAST,  1, 3, ETHERNET, MULTICAST,  delivery",
        // One of them by unicast, or over something else.
        "1, 2, UDP_IPV4, MULTICAST,  1, 3, UDP_IPV4, UNICAST,    ''",
        "1, 2, UDP_IPV4, UNICAST,    1, 3, UDP_IPV4, UNICAST,    ''",
        "1, 2, UDP_IPV4, MULTICAST,  1, 2, ETHERNET, MULTICAST,  ''",
        "1, 2, UDP_IPV4, MULTICAST,  3, 4, UDP_IPV4, MULTICAST,  ''",
    })
    void refusesTrafficThatAnotherSessionHas(int server, int client, PtpTransport transport, PtpDelivery delivery,
                                             int otherServer, int otherClient, PtpTransport otherTransport,
                                             PtpDelivery otherDelivery, String field) {
        ClockSessionRecord session = session(request("new", server, client, transport, delivery), server, client);
        ClockSessionRecord other = session(request("old", otherServer, otherClient, otherTransport, otherDelivery),
                                           otherServer, otherClient);

        ConflictException refusal = catchThrowableOfType(
                () -> SessionConflicts.requireOwnTraffic(session, List.of(other)), ConflictException.class);

        if (field.isEmpty()) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal.errors().get(0).field()).isEqualTo(field);
            assertThat(refusal).hasMessageContaining("'old'")
                    .hasMessageContaining(field.equals("delivery") ? "unicast" : "another client");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Without copies, one session has all multicast; with copies, each has its own.
        "1, 2,  1, 3,  MULTICAST, false, has no resubmit action",
        "1, 2,  1, 3,  MULTICAST, true,  ''",
        "1, 2,  3, 2,  MULTICAST, true,  ''",
        "1, 2,  2, 3,  MULTICAST, true,  ''",
        // But never the unicast of a pair.
        "1, 2,  1, 2,  MULTICAST, true,  another client",
        "1, 2,  2, 1,  MULTICAST, true,  another client",
        // Ports: negative numbers.
        "-1, 2,  -1, 3,  MULTICAST, true,  ''",
        "-1, -2,  -1, -3,  MULTICAST, true,  ''",
        "1, -2,  1, -3,  MULTICAST, true,  ''",
        "-1, 2,  1, 3,  MULTICAST, true,  as that session does",
        "1, 2,  -1, 3,  MULTICAST, true,  as that session does",
        "-1, 2,  -1, 3,  UNICAST,  true,  ''",
        "-1, 2,  1, 3,  UNICAST,  true,  ''",
        "-1, 2,  1, 2,  UNICAST,  true,  by their hosts",
        "1, -2,  1, 3,  UNICAST,  true,  by their hosts",
        "1, -2,  1, -3,  UNICAST,  true,  another client",
        "-1, -2,  -1, -3,  UNICAST,  true,  another client",
        "-1, -2,  3, 4,  UNICAST,  true,  ''",
    })
    void tellsSessionsApartByPortsAndCopies(int server, int client, int otherServer, int otherClient,
                                            PtpDelivery delivery, boolean canCopy, String hint) {
        for (PtpTransport transport : new PtpTransport[] {PtpTransport.UDP_IPV4, PtpTransport.ETHERNET}) {
            ClockSessionRecord other = MulticastCopies.assign(
                    between("old", transport, delivery, otherServer, otherClient), List.of(), device -> canCopy);
            ClockSessionRecord session = MulticastCopies.assign(
                    between("new", transport, delivery, server, client), List.of(other), device -> canCopy);

            ConflictException refusal = catchThrowableOfType(
                    () -> SessionConflicts.requireOwnTraffic(session, List.of(other)), ConflictException.class);

            if (hint.isEmpty()) {
                assertThat(refusal).as("%s", transport).isNull();
            } else {
                assertThat(refusal).as("%s", transport).hasMessageContaining(hint).hasMessageContaining("'old'");
            }
        }
    }

    private static ClockSessionRecord between(String name, PtpTransport transport, PtpDelivery delivery, int server,
                                              int client) {
        return session(request(name, Math.abs(server), Math.abs(client), transport, delivery), 1, 2)
                .at(end(server), end(client));
    }

    private static ClockEndpoint end(int n) {
        return n > 0 ? endpoint(n) : ClockEndpoint.builder().connectPoint(port(-n)).build();
    }

    @Test
    void refusesOneHostAsBothEnds() {
        assertThatThrownBy(() -> SessionConflicts.requireTwoEnds(session("s", 1, 1)))
                .isInstanceOf(InvalidRequestException.class).hasMessageStartingWith("client: is the same host");
    }

    @Test
    void refusesOnePortAsBothEnds() {
        ClockEndpoint behindTheSamePort =
                ClockEndpoint.builder().from(endpoint(2)).connectPoint(port(1)).build();

        assertThatThrownBy(() -> SessionConflicts.requireTwoEnds(session("s", 1, 2).at(endpoint(1), behindTheSamePort)))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("same port");
        SessionConflicts.requireTwoEnds(session("s", 1, 2));
    }
}
