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
import org.onlab.packet.IpPrefix;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the one end of a session that a reference to a clock means, or says why there is none or more than one. Whether
 * a port is one where a clock can be attached is for its te-path to say.
 */
public final class EndpointResolution {

    private static final IpPrefix LINK_LOCAL = IpPrefix.valueOf("fe80::/10");

    private EndpointResolution() {
    }

    /**
     * Returns the endpoint that a reference means.
     *
     * @param reference how the user names the clock
     * @param hosts     the hosts to which the reference fits at present
     * @param transport what carries the messages
     * @return the endpoint
     * @throws InvalidRequestException if it means no endpoint or more than one; names no field
     */
    public static ClockEndpoint resolve(ClockReference reference, Collection<? extends Host> hosts,
                                        PtpTransport transport) {
        return reference.connectPoint().map(port -> ClockEndpoint.builder().connectPoint(port).build())
                .orElseGet(() -> ofHost(reference, only(reference, hosts), transport));
    }

    private static ClockEndpoint ofHost(ClockReference reference, Host host, PtpTransport transport) {
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
        switch (transport) {
            case UDP_IPV4:
                return Optional.of(named(reference, IpAddress::isIp4).orElseGet(
                        () -> onlyAddress(host, "IPv4", addresses(host, IpAddress::isIp4))));
            case UDP_IPV6:
                return Optional.of(named(reference, IpAddress::isIp6).orElseGet(() -> ipv6Address(host)));
            default:
                return Optional.empty();
        }
    }

    private static Optional<IpAddress> named(ClockReference reference, Predicate<IpAddress> isUsable) {
        return reference.ipAddress().filter(isUsable);
    }

    /**
     * A host has a link-local address beside any other. What goes to another host, or to a group of more than the link,
     * has the other one as its source if there is one (RFC 6724, section 5, rule 2).
     */
    private static IpAddress ipv6Address(Host host) {
        List<IpAddress> wide = addresses(host, address -> address.isIp6() && !LINK_LOCAL.contains(address));
        return onlyAddress(host, "IPv6", wide.isEmpty() ? addresses(host, IpAddress::isIp6) : wide);
    }

    private static List<IpAddress> addresses(Host host, Predicate<IpAddress> isUsable) {
        return host.ipAddresses().stream().filter(isUsable).sorted().collect(Collectors.toList());
    }

    private static IpAddress onlyAddress(Host host, String version, List<IpAddress> addresses) {
        if (addresses.isEmpty()) {
            throw refusal("host " + host.id() + " has no " + version + " address known to the network: let it send "
                                  + "something by " + version + ", such as a ping, or choose another transport, such "
                                  + "as ethernet");
        }
        if (addresses.size() > 1) {
            throw refusal("host " + host.id() + " has several " + version + " addresses: name the one that PTP uses, "
                                  + list(addresses.stream().map(IpAddress::toString).collect(Collectors.toList())));
        }
        return addresses.get(0);
    }

    private static String list(List<String> choices) {
        return String.join(" or ", choices);
    }

    private static InvalidRequestException refusal(String detail) {
        return new InvalidRequestException("", detail);
    }
}
