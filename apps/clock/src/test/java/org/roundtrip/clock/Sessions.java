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
package org.roundtrip.clock;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.clock.compute.ClockSessionRecord;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts and sessions for tests: host <i>n</i> has the address 10.0.0.<i>n</i> and is attached to port <i>n</i> of
 * switch 1.
 */
public final class Sessions {

    private static final ProviderId PROVIDER = new ProviderId("host", "org.roundtrip.test");

    private Sessions() {
    }

    public static HostId hostId(int n) {
        return HostId.hostId(MacAddress.valueOf(n));
    }

    public static IpAddress ip(int n) {
        return IpAddress.valueOf("10.0.0." + n);
    }

    public static ConnectPoint port(int n) {
        return ConnectPoint.deviceConnectPoint("of:0000000000000001/" + n);
    }

    public static Host host(int n) {
        return host(n, port(n), ip(n));
    }

    public static Host host(int n, ConnectPoint location, IpAddress... addresses) {
        return host(n, VlanId.NONE, Set.of(location), addresses);
    }

    public static Host host(int n, VlanId vlan, Set<ConnectPoint> locations, IpAddress... addresses) {
        return new DefaultHost(PROVIDER, HostId.hostId(MacAddress.valueOf(n), vlan), MacAddress.valueOf(n), vlan,
                               locations.stream().map(location -> new HostLocation(location, 0))
                                       .collect(Collectors.toSet()),
                               Arrays.stream(addresses).collect(Collectors.toSet()), false);
    }

    public static ClockEndpoint endpoint(int n) {
        return ClockEndpoint.builder().host(hostId(n)).mac(MacAddress.valueOf(n)).ip(ip(n)).connectPoint(port(n))
                .build();
    }

    public static ClockSessionRequest request(String name, int server, int client) {
        return request(name, server, client, PtpTransport.UDP_IPV4, PtpDelivery.MULTICAST);
    }

    public static ClockSessionRequest request(String name, int server, int client, PtpTransport transport,
                                              PtpDelivery delivery) {
        return ClockSessionRequest.builder()
                .name(name)
                .server(ClockReference.of(hostId(server)))
                .client(ClockReference.of(ip(client)))
                .transport(transport)
                .delivery(delivery)
                .build();
    }

    public static ClockSessionRecord session(String name, int server, int client) {
        return session(request(name, server, client), server, client);
    }

    public static ClockSessionRecord session(ClockSessionRequest request, int server, int client) {
        return ClockSessionRecord.of(request, endpoint(server), endpoint(client));
    }
}
