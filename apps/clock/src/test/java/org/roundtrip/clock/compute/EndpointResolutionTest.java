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
import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.Host;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpTransport;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roundtrip.clock.PtpTransport.ETHERNET;
import static org.roundtrip.clock.PtpTransport.UDP_IPV4;
import static org.roundtrip.clock.PtpTransport.UDP_IPV6;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.host;
import static org.roundtrip.clock.Sessions.hostId;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.port;

class EndpointResolutionTest {

    private static final ClockReference BY_ID = ClockReference.of(hostId(1));
    private static final IpAddress GLOBAL = IpAddress.valueOf("2001:db8::1");
    private static final IpAddress LINK_LOCAL = IpAddress.valueOf("fe80::1");
    private static final ClockReference BY_ADDRESS = ClockReference.of(ip(1));

    @Test
    void findsTheOneAddressAndTheOnePort() {
        assertThat(EndpointResolution.resolve(BY_ID, List.of(host(1)), UDP_IPV4)).isEqualTo(endpoint(1));
        assertThat(EndpointResolution.resolve(BY_ADDRESS, List.of(host(1)), UDP_IPV4)).isEqualTo(endpoint(1));
    }

    @Test
    void takesTheNamedOneOfSeveralAddresses() {
        Host host = host(1, port(1), ip(9), ip(1), IpAddress.valueOf("2001:db8::1"));

        assertThat(EndpointResolution.resolve(BY_ADDRESS, List.of(host), UDP_IPV4).ip()).contains(ip(1));
        assertThatThrownBy(() -> EndpointResolution.resolve(BY_ID, List.of(host), UDP_IPV4))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("10.0.0.1 or 10.0.0.9");
    }

    @Test
    void takesTheIpv4AddressOfAHostThatIsNamedByIpv6() {
        ClockReference reference = ClockReference.of(IpAddress.valueOf("2001:db8::1"));
        Host host = host(1, port(1), ip(1), IpAddress.valueOf("2001:db8::1"));

        assertThat(EndpointResolution.resolve(reference, List.of(host), UDP_IPV4)).isEqualTo(endpoint(1));
    }

    @Test
    void needsAnAddressOverIpOnly() {
        Host host = host(1, port(1), IpAddress.valueOf("2001:db8::1"));

        ClockEndpoint overEthernet = EndpointResolution.resolve(BY_ID, List.of(host), ETHERNET);
        assertThat(overEthernet.ip()).isEmpty();
        assertThat(overEthernet.connectPoint()).isEqualTo(port(1));
        refused(BY_ID, List.of(host), UDP_IPV4, "no IPv4 address", "ping", "ethernet");
    }

    @Test
    void takesAPortAsItIs() {
        for (PtpTransport transport : PtpTransport.values()) {
            assertThat(EndpointResolution.resolve(ClockReference.of(port(1)), List.of(), transport))
                    .isEqualTo(ClockEndpoint.builder().connectPoint(port(1)).build());
        }
    }

    @Test
    void prefersTheAddressThatIsNotLinkLocal() {
        assertThat(EndpointResolution.resolve(BY_ID, List.of(host(1, port(1), ip(1), GLOBAL, LINK_LOCAL)), UDP_IPV6)
                           .ip()).contains(GLOBAL);
        assertThat(EndpointResolution.resolve(BY_ID, List.of(host(1, port(1), ip(1), LINK_LOCAL)), UDP_IPV6).ip())
                .contains(LINK_LOCAL);
        assertThat(EndpointResolution.resolve(ClockReference.of(LINK_LOCAL),
                                              List.of(host(1, port(1), GLOBAL, LINK_LOCAL)), UDP_IPV6).ip())
                .contains(LINK_LOCAL);
        refused(BY_ID, List.of(host(1, port(1), GLOBAL, IpAddress.valueOf("fd00::1"), LINK_LOCAL)), UDP_IPV6,
                "several IPv6 addresses", "2001:db8::1 or fd00::1");
        refused(BY_ID, List.of(host(1)), UDP_IPV6, "no IPv6 address", "ping", "ethernet");
    }

    @Test
    void takesTheIpv6AddressOfAHostThatIsNamedByIpv4() {
        assertThat(EndpointResolution.resolve(BY_ADDRESS, List.of(host(1, port(1), ip(1), GLOBAL)), UDP_IPV6).ip())
                .contains(GLOBAL);
    }

    @Test
    void refusesUnknownHosts() {
        refused(BY_ID, List.of(), ETHERNET, "00:00:00:00:00:01/None", "ping");
        refused(BY_ADDRESS, List.of(), UDP_IPV4, "10.0.0.1", "ping");
    }

    @Test
    void refusesAnAddressOfTwoHosts() {
        refused(BY_ADDRESS, List.of(host(2, port(2), ip(1)), host(1)), UDP_IPV4,
                "00:00:00:00:00:01/None or 00:00:00:00:00:02/None");
    }

    @Test
    void refusesHostsInAVlan() {
        refused(BY_ID, List.of(host(1, VlanId.vlanId((short) 10), Set.of(port(1)), ip(1))), UDP_IPV4,
                "VLAN 10", "untagged");
    }

    @Test
    void refusesHostsWithoutOneAttachment() {
        refused(BY_ID, List.of(host(1, VlanId.NONE, Set.of(port(1), port(2)), ip(1))), UDP_IPV4,
                "of:0000000000000001/1 or of:0000000000000001/2", "one port");
        refused(BY_ID, List.of(host(1, VlanId.NONE, Set.of(), ip(1))), UDP_IPV4, "nowhere");
    }

    private static void refused(ClockReference reference, List<Host> hosts, PtpTransport transport, String... hints) {
        assertThatThrownBy(() -> EndpointResolution.resolve(reference, hosts, transport))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll(hints);
    }
}
