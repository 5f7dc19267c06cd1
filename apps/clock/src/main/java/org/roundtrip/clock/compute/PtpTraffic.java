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
import org.onlab.packet.MacAddress;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The PTP messages that one clock of a pair sends to the other, and nothing else.
 * <p>
 * Peer delay messages have multicast addresses of their own, 224.0.0.107, FF02::6B and 01-80-C2-00-00-0E, that never
 * leave a link (IEEE 1588-2019, annexes C to E). They measure the link to the next device, not the way to the other
 * clock, and have no place in a tunnel.
 */
public final class PtpTraffic {

    /** The UDP destination port of event messages, which are time stamped (IEEE 1588-2019, annex C). */
    public static final int EVENT_PORT = 319;

    /** The UDP destination port of general messages (IEEE 1588-2019, annex C). */
    public static final int GENERAL_PORT = 320;

    /** The EtherType of messages over Ethernet (IEEE 1588-2019, annex E). */
    public static final short ETHER_TYPE = (short) 0x88f7;

    /** The multicast address of all messages but peer delay over UDP/IPv4, PTP-primary (IEEE 1588-2019, annex C). */
    public static final IpAddress PRIMARY_IPV4 = IpAddress.valueOf("224.0.1.129");

    /** The multicast address of all messages but peer delay over Ethernet (IEEE 1588-2019, annex E). */
    public static final MacAddress PRIMARY_ETHERNET = MacAddress.valueOf("01:1B:19:00:00:00");

    /**
     * The multicast addresses of all messages but peer delay over UDP/IPv6, FF0x::181 (IEEE 1588-2019, annex D): x is
     * the scope, link-local, site-local, organisation-local or global (RFC 4291, section 2.7). {@code ptp4l} takes the
     * global one unless its option {@code udp6_scope} says otherwise. The other scopes are not in use, or never leave
     * an interface.
     */
    public static final List<IpAddress> PRIMARY_IPV6 = List.of(
            IpAddress.valueOf("ff02::181"), IpAddress.valueOf("ff05::181"), IpAddress.valueOf("ff08::181"),
            IpAddress.valueOf("ff0e::181"));

    private static final int UDP = 17;

    private PtpTraffic() {
    }

    /**
     * Returns what a path carries that carries PTP.
     *
     * @param transport what carries the messages
     * @return the payload
     */
    public static Payload payload(PtpTransport transport) {
        switch (transport) {
            case UDP_IPV4:
                return Payload.IPV4;
            case UDP_IPV6:
                return Payload.IPV6;
            case ETHERNET:
                return Payload.PTP;
            default:
                throw new IllegalArgumentException(transport.toString());
        }
    }

    /**
     * Returns the messages of one direction.
     * <p>
     * An end that is a port has no address that is known. What it sends is whatever enters there; what is sent to it
     * is, by unicast, all PTP that the other end sends, and by multicast only
     * what goes to the multicast addresses of PTP, so that others can have a part in it.
     *
     * @param from      the clock that sends
     * @param to        the clock that receives
     * @param transport what carries the messages
     * @param delivery  to which addresses the clocks send
     * @param copy      which copy of its multicast is for the other clock: the tunnel id that the copy has inside the
     *                  switch; empty if the multicast is not copied
     * @return any of these, without overlap; those to the other clock's own address first
     */
    public static List<TrafficMatch> between(ClockEndpoint from, ClockEndpoint to, PtpTransport transport,
                                             PtpDelivery delivery, Optional<Long> copy) {
        List<TrafficMatch> matches = new ArrayList<>();
        unicast(to, transport, delivery).forEach(
                match -> matches.addAll(messages(transport, from(from, transport, match))));
        if (delivery == PtpDelivery.MULTICAST) {
            multicast(transport).forEach(match -> matches.addAll(
                    messages(transport, TrafficMatch.builder().from(from(from, transport, match)).tunnelId(copy)
                            .build())));
        }
        return matches;
    }

    private static List<TrafficMatch> unicast(ClockEndpoint to, PtpTransport transport, PtpDelivery delivery) {
        Optional<TrafficMatch> known = transport == PtpTransport.ETHERNET
                ? to.mac().map(mac -> TrafficMatch.builder().ethDestination(mac).build())
                : to.ip().map(ip -> TrafficMatch.builder().ipDestination(ip.toIpPrefix()).build());
        if (known.isPresent()) {
            return List.of(known.get());
        }
        return delivery == PtpDelivery.UNICAST ? List.of(TrafficMatch.builder().build()) : List.of();
    }

    private static List<TrafficMatch> multicast(PtpTransport transport) {
        switch (transport) {
            case UDP_IPV4:
                return List.of(TrafficMatch.builder().ipDestination(PRIMARY_IPV4.toIpPrefix()).build());
            case UDP_IPV6:
                return PRIMARY_IPV6.stream()
                        .map(group -> TrafficMatch.builder().ipDestination(group.toIpPrefix()).build())
                        .collect(Collectors.toList());
            case ETHERNET:
                return List.of(TrafficMatch.builder().ethDestination(PRIMARY_ETHERNET).build());
            default:
                throw new IllegalArgumentException(transport.toString());
        }
    }

    private static TrafficMatch from(ClockEndpoint from, PtpTransport transport, TrafficMatch match) {
        TrafficMatch.Builder sent = TrafficMatch.builder().from(match);
        return transport == PtpTransport.ETHERNET ? sent.ethSource(from.mac()).build()
                : sent.ipSource(from.ip().map(IpAddress::toIpPrefix)).build();
    }

    private static List<TrafficMatch> messages(PtpTransport transport, TrafficMatch match) {
        if (transport == PtpTransport.ETHERNET) {
            return List.of(match);
        }
        return Stream.of(EVENT_PORT, GENERAL_PORT)
                .map(port -> TrafficMatch.builder().from(match).ipProtocol(UDP).destinationPort(port).build())
                .collect(Collectors.toList());
    }

    /**
     * Returns whether a match is of messages to everybody.
     *
     * @param match one of those that {@link #between} returns
     * @return false if it is of messages to the other clock
     */
    public static boolean isMulticast(TrafficMatch match) {
        return match.ipDestination().filter(PtpTraffic::isGroup).isPresent()
                || match.ethDestination().filter(PRIMARY_ETHERNET::equals).isPresent();
    }

    private static boolean isGroup(IpPrefix destination) {
        return destination.equals(PRIMARY_IPV4.toIpPrefix())
                || PRIMARY_IPV6.stream().map(IpAddress::toIpPrefix).anyMatch(destination::equals);
    }
}
