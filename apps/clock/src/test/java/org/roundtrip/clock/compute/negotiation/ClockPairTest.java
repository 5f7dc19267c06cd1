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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class ClockPairTest {

    private static final ClockPair IPV4 =
            ClockPair.of(IpAddress.valueOf("255.255.255.254"), IpAddress.valueOf("255.255.255.253"));
    private static final ClockPair IPV6 =
            ClockPair.of(IpAddress.valueOf("fd00::2"), IpAddress.valueOf("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"));

    @Test
    void longestAddressesMakeNamesOfSessions() {
        for (ClockPair pair : new ClockPair[]{IPV4, IPV6}) {
            assertThatCode(() -> ClockSessionRequest.builder().name(pair.sessionName())
                    .server(ClockReference.of(pair.server())).client(ClockReference.of(pair.client())).build())
                    .doesNotThrowAnyException();
        }
        assertThat(IPV4.sessionName()).isEqualTo("unicast-255.255.255.254-255.255.255.253");
    }

    @Test
    void namesDifferByBothClocks() {
        assertThat(IPV6.sessionName())
                .startsWith("unicast-fd000000000000000000000000000002-")
                .isNotEqualTo(ClockPair.of(IPV6.client(), IpAddress.valueOf("fd00::1")).sessionName())
                .isNotEqualTo(ClockPair.of(IpAddress.valueOf("fd00::3"), IPV6.server()).sessionName());
    }

    @Test
    void transportFollowsFromTheAddresses() {
        assertThat(IPV4.transport()).isEqualTo(PtpTransport.UDP_IPV4);
        assertThat(IPV6.transport()).isEqualTo(PtpTransport.UDP_IPV6);
    }
}
