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

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerConflictsTest {

    private static final IpAddress VIP = IpAddress.valueOf("198.51.100.1");
    private static final VirtualServerRequest WEB = request("web", VIP, "80", "192.0.2.1", "192.0.2.2:8080").build();

    @Test
    void allowsOtherPortsOtherProtocolsAndOtherAddresses() {
        allowed(request("tls", VIP, "443", "192.0.2.1").build());
        allowed(request("dns", VIP, "80", "192.0.2.1", "192.0.2.2:8080").protocol(TransportProtocol.UDP).build());
        allowed(request("www", IpAddress.valueOf("198.51.100.2"), "80", "192.0.2.1", "192.0.2.2:8080")
                        .accessSwitches(Set.of(device(7))).build());
        // Of itself it is no conflict that others have it.
        allowed(request("tls", VIP, "443").build(), host(1, VIP, IpAddress.valueOf("192.0.2.1")));
    }

    @Test
    void refusesPortsOfAnother() {
        refused(request("www", VIP, "80", "192.0.2.3").build(), "ports: 80 is of the virtual server 'web'");
        refused(request("www", VIP, "70-90", "192.0.2.3").build(),
                "ports: 70-90 overlaps with 80 of the virtual server 'web'");
    }

    @Test
    void refusesOtherAccessSwitches() {
        refused(request("tls", VIP, "443").accessSwitches(Set.of(device(7))).build(),
                "access-switches: must be those of the virtual server 'web'");
    }

    @Test
    void refusesRepliesOfWhichNobodyKnowsWhoseTheyAre() {
        refused(request("alt", VIP, "81", "192.0.2.2:8080").build(), "members[0]: 192.0.2.2:8080 listens there");
        refused(request("alt", VIP, "8000-8100", "192.0.2.3", "192.0.2.2").build(),
                "members[1]: 192.0.2.2 listens there");
        refused(request("alt", VIP, "81", "192.0.2.1:80").build(), "members[0]: 192.0.2.1:80 listens there");
        assertThatThrownBy(() -> check(request("alt", VIP, "81", "192.0.2.9", "192.0.2.9:81").build()))
                .isInstanceOf(InvalidRequestException.class).hasMessageStartingWith("members[1]: ");
    }

    @Test
    void refusesAddressesThatAreOfOthers() {
        refused(request("www", IpAddress.valueOf("192.0.2.1"), "80").build(),
                "vip: 192.0.2.1 is the address of a member of the virtual server 'web'");
        refused(request("www", IpAddress.valueOf("203.0.113.1"), "80", "192.0.2.3", "198.51.100.1").build(),
                "members[1].address: 198.51.100.1 is the virtual IP address of 'web'");
    }

    @Test
    void refusesTheAddressOfAHost() {
        IpAddress free = IpAddress.valueOf("203.0.113.1");
        VirtualServerRequest www = request("www", free, "80", "192.0.2.1").build();

        assertThatThrownBy(() -> check(www, host(9, free))).isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("vip: 203.0.113.1 is the address of the host 00:00:00:00:00:09/None");
        allowed(www, host(9, free, IpAddress.valueOf("192.0.2.1")));
        // What answers for it is the balancer.
        allowed(www, host(VipMac.of(free), free));
    }

    @Test
    void tellsAllConflictsAtOnce() {
        assertThatThrownBy(() -> check(request("www", VIP, "80", "192.0.2.2:8080")
                                               .accessSwitches(Set.of(device(7))).build()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("access-switches: ").hasMessageContaining("ports: ")
                .hasMessageContaining("members[0]: ");
    }

    private static void allowed(VirtualServerRequest request, Host... hosts) {
        check(request, hosts);
    }

    private static void refused(VirtualServerRequest request, String message) {
        assertThatThrownBy(() -> check(request)).isInstanceOf(ConflictException.class)
                .hasMessageContaining(message);
    }

    private static void check(VirtualServerRequest request, Host... hostsOfVip) {
        ServerConflicts.requireNone(request, List.of(WEB), Set.of(hostsOfVip));
    }

    private static VirtualServerRequest.Builder request(String name, IpAddress vip, String ports, String... members) {
        VirtualServerRequest.Builder request = VirtualServerRequest.builder();
        request.name(name).vip(vip).addPorts(PortRange.valueOf(ports)).addAccessSwitches(device(1), device(2));
        for (String member : members) {
            String[] parts = member.split(":");
            request.addMembers(Member.builder().address(IpAddress.valueOf(parts[0]))
                                       .port(parts.length == 1 ? 0 : Integer.parseInt(parts[1])).build());
        }
        return request;
    }

    private static Host host(int mac, IpAddress... addresses) {
        return host(MacAddress.valueOf(mac), addresses);
    }

    private static Host host(MacAddress mac, IpAddress... addresses) {
        return new DefaultHost(ProviderId.NONE, HostId.hostId(mac), mac, VlanId.NONE, new HostLocation(
                ConnectPoint.deviceConnectPoint("of:0000000000000003/1"), 0), Set.of(addresses));
    }

    private static DeviceId device(int n) {
        return DeviceId.deviceId(String.format("of:%016x", n));
    }
}
