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
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.clock.Sessions;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.clock.compute.Ptp4lConfiguration.Role;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That ptp4l takes these files and synchronises with them, end-to-end tests show. */
class Ptp4lConfigurationTest {

    private static final ClockSession SESSION = SessionExamples.cellSite();

    @Test
    void isForTheServerOfUnicastClients() throws IOException {
        assertThat(of(SESSION, Role.SERVER)).isEqualTo(file("unicast-server.conf"));
    }

    @Test
    void isForAUnicastClientOfSeveralServers() throws IOException {
        ClockSession second = another("second", 9, 20);
        ClockSession first = another("first", 8, 10);
        ClockSession ofAnotherClient = ClockSession.builder().from(another("other", 7, 1))
                .clientEndpoint(Sessions.endpoint(5)).build();

        assertThat(Ptp4lConfiguration.of(SESSION, Role.CLIENT, List.of(SESSION, second, ofAnotherClient, first)))
                .isEqualTo(file("unicast-client.conf"));
    }

    @Test
    void isForBothClocksOfAMulticastSession() throws IOException {
        assertThat(of(SessionExamples.substation(), Role.SERVER)).isEqualTo(file("multicast-server.conf"));
        assertThat(of(SessionExamples.substation(), Role.CLIENT)).isEqualTo(file("multicast-client.conf"));
    }

    @Test
    void namesServersByTheAddressOfTheTransport() {
        ClockSession overIpv6 = withRequest(ClockSessionRequest.builder().from(SESSION.request())
                                                    .transport(PtpTransport.UDP_IPV6)
                                                    .server(ClockReference.valueOf("2001:db8::1")).build());
        ClockSession overEthernet = withRequest(ClockSessionRequest.builder().from(SESSION.request())
                                                        .transport(PtpTransport.ETHERNET).build());

        assertThat(of(overIpv6, Role.CLIENT)).contains("network_transport UDPv6\n", "\nUDPv6 2001:db8::1\n");
        assertThat(of(overEthernet, Role.CLIENT)).contains("network_transport L2\n", "\nL2 00:00:00:00:00:01\n");
    }

    @Test
    void needsAnAddressToAsk() {
        ClockSession atAPort = ClockSession.builder().from(SESSION)
                .request(ClockSessionRequest.builder().from(SESSION.request())
                                 .server(ClockReference.of(Sessions.port(1))).build())
                .serverEndpoint(ClockEndpoint.builder().connectPoint(Sessions.port(1)).build()).build();

        assertThatThrownBy(() -> of(atAPort, Role.CLIENT)).isInstanceOf(ConflictException.class)
                .hasMessageContaining("server").hasMessageContaining("address");
        assertThat(of(atAPort, Role.SERVER)).contains("The interface is the one at " + Sessions.port(1)
                                                              + ", untagged.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "60000 |  1 | must not be shorter",
        " 8000 |  1 | must not be shorter",
        " 7999 |  0 | must not be shorter",
        " 2000 | -1 | must not be shorter",
        "  500 | -3 | must not be shorter",
        "  499 | -3 | set it to 500 ms or more",
        "    0 |  1 | no resume-delay",
    })
    void makesClientsForgetWhileTheTunnelHoldsPtpBack(int resumeDelay, int interval, String comment) {
        ClockSession session = withRequest(ClockSessionRequest.builder().from(SESSION.request()).tunnel(
                TunnelSettings.builder().resumeDelay(resumeDelay).build()).build());

        for (Role role : Role.values()) {
            assertThat(of(session, role)).contains("\nlogAnnounceInterval " + interval + "\n").contains(comment);
        }
    }

    private static ClockSession another(String name, int server, int priority) {
        return ClockSession.builder().from(SESSION)
                .request(ClockSessionRequest.builder().from(SESSION.request()).name(name)
                                 .server(ClockReference.of(Sessions.ip(server))).priority(priority).build())
                .serverEndpoint(Sessions.endpoint(server)).build();
    }

    private static ClockSession withRequest(ClockSessionRequest request) {
        return ClockSession.builder().from(SESSION).request(request).build();
    }

    private static String of(ClockSession session, Role role) {
        return Ptp4lConfiguration.of(session, role, List.of(session));
    }

    private static String file(String name) throws IOException {
        try (InputStream file = Ptp4lConfigurationTest.class.getResourceAsStream("/ptp4l/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
