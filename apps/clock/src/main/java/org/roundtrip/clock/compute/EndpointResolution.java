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

import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Host;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpTransport;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the one end of a session that a host reference means, or says why there is none or more than one.
 */
public final class EndpointResolution {

    private EndpointResolution() {
    }

    /**
     * Returns the endpoint that a reference means.
     *
     * @param reference how the user names the host
     * @param hosts     the hosts to which the reference fits at present
     * @param transport what carries the messages
     * @return the endpoint
     * @throws InvalidRequestException if it means no endpoint or more than one; names no field
     */
    public static ClockEndpoint resolve(ClockReference reference, Collection<? extends Host> hosts,
                                        PtpTransport transport) {
        Host host = only(reference, hosts);
        requireUntagged(host);
        return ClockEndpoint.builder()
                .host(host.id())
                .mac(host.mac())
                .ip(address(reference, host, transport))
                .connectPoint(attachment(host))
                .build();
    }

    private static Host only(ClockReference reference, Collection<? extends Host> hosts) {
        if (hosts.isEmpty()) {
            throw refusal("the network knows no host " + reference
                                  + ": check the address, or let the host send something, such as a ping");
        }
        if (hosts.size() > 1) {
            throw refusal("several hosts have the address " + reference + ": name one of them by its id, "
                                  + list(hosts.stream().map(host -> host.id().toString())
                                                 .sorted().collect(Collectors.toList())));
        }
        return hosts.iterator().next();
    }

    /** A path admits untagged packets: the label is pushed in front of a tag, and the other end would pop it there. */
    private static void requireUntagged(Host host) {
        if (!host.vlan().equals(VlanId.NONE)) {
            throw refusal("host " + host.id() + " is in VLAN " + host.vlan()
                                  + ": name a host that sends untagged, sessions carry no VLAN tags");
        }
    }

    private static ConnectPoint attachment(Host host) {
        if (host.locations().size() != 1) {
            throw refusal(host.locations().isEmpty()
                                  ? "host " + host.id() + " is attached nowhere: connect it to a switch"
                                  : "host " + host.id() + " is attached to several ports, "
                                  + list(host.locations().stream().map(ConnectPoint::toString)
                                                 .sorted().collect(Collectors.toList()))
                                  + ": a session needs one port, so that both directions use it");
        }
        ConnectPoint location = host.locations().iterator().next();
        return new ConnectPoint(location.deviceId(), location.port());
    }

    private static Optional<IpAddress> address(ClockReference reference, Host host, PtpTransport transport) {
        if (transport == PtpTransport.ETHERNET) {
            return Optional.empty();
        }
        if (reference.ipAddress().filter(IpAddress::isIp4).isPresent()) {
            return reference.ipAddress();
        }
        List<IpAddress> addresses = host.ipAddresses().stream()
                .filter(IpAddress::isIp4).sorted().collect(Collectors.toList());
        if (addresses.isEmpty()) {
            throw refusal("host " + host.id() + " has no IPv4 address known to the network: let it send something by "
                                  + "IPv4, such as a ping, or choose the transport ethernet");
        }
        if (addresses.size() > 1) {
            throw refusal("host " + host.id() + " has several IPv4 addresses: name the one that PTP uses, "
                                  + list(addresses.stream().map(IpAddress::toString).collect(Collectors.toList())));
        }
        return Optional.of(addresses.get(0));
    }

    private static String list(List<String> choices) {
        return String.join(" or ", choices);
    }

    private static InvalidRequestException refusal(String detail) {
        return new InvalidRequestException("", detail);
    }
}
