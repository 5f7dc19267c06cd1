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
import org.onlab.packet.MacAddress;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.List;

/**
 * The PTP messages that one clock of a pair sends to the other, and nothing else.
 * <p>
 * Peer delay messages have multicast addresses of their own, 224.0.0.107 and 01-80-C2-00-00-0E, that never leave a link
 * (IEEE 1588-2019, annexes C and E). They measure the link to the next device, not the way to the other clock, and have
 * no place in a tunnel.
 */
public final class PtpTraffic {

    /** The UDP destination port of event messages, which are time stamped (IEEE 1588-2019, annex C). */
    public static final int EVENT_PORT = 319;

    /** The UDP destination port of general messages (IEEE 1588-2019, annex C). */
    public static final int GENERAL_PORT = 320;

    /** The multicast address of all messages but peer delay over UDP/IPv4, PTP-primary (IEEE 1588-2019, annex C). */
    public static final IpAddress PRIMARY_IPV4 = IpAddress.valueOf("224.0.1.129");

    /** The multicast address of all messages but peer delay over Ethernet (IEEE 1588-2019, annex E). */
    public static final MacAddress PRIMARY_ETHERNET = MacAddress.valueOf("01:1B:19:00:00:00");

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
     *
     * @param from      the clock that sends
     * @param to        the clock that receives
     * @param transport what carries the messages
     * @param delivery  to which addresses the clocks send
     * @return any of these, without overlap; those to the other clock's own address first
     */
    public static List<TrafficMatch> between(ClockEndpoint from, ClockEndpoint to, PtpTransport transport,
                                             PtpDelivery delivery) {
        switch (transport) {
            case UDP_IPV4:
            case UDP_IPV6:
                return overUdp(address(from), address(to), delivery);
            case ETHERNET:
                return overEthernet(mac(from), mac(to), delivery);
            default:
                throw new IllegalArgumentException(transport.toString());
        }
    }

    private static List<TrafficMatch> overUdp(IpAddress from, IpAddress to, PtpDelivery delivery) {
        List<TrafficMatch> matches = new ArrayList<>();
        for (IpAddress destination : withMulticast(to, PRIMARY_IPV4, delivery)) {
            for (int port : List.of(EVENT_PORT, GENERAL_PORT)) {
                matches.add(TrafficMatch.builder()
                                    .ipSource(from.toIpPrefix())
                                    .ipDestination(destination.toIpPrefix())
                                    .ipProtocol(UDP)
                                    .destinationPort(port)
                                    .build());
            }
        }
        return matches;
    }

    private static List<TrafficMatch> overEthernet(MacAddress from, MacAddress to, PtpDelivery delivery) {
        List<TrafficMatch> matches = new ArrayList<>();
        for (MacAddress destination : withMulticast(to, PRIMARY_ETHERNET, delivery)) {
            matches.add(TrafficMatch.builder().ethSource(from).ethDestination(destination).build());
        }
        return matches;
    }

    private static <A> List<A> withMulticast(A unicast, A multicast, PtpDelivery delivery) {
        return delivery == PtpDelivery.MULTICAST ? List.of(unicast, multicast) : List.of(unicast);
    }

    private static IpAddress address(ClockEndpoint endpoint) {
        return endpoint.ip().orElseThrow(
                () -> new IllegalArgumentException(endpoint.connectPoint() + " has no IPv4 address"));
    }

    private static MacAddress mac(ClockEndpoint endpoint) {
        return endpoint.mac().orElseThrow(
                () -> new IllegalArgumentException(endpoint.connectPoint() + " has no MAC address"));
    }

    /**
     * Returns whether a match is of messages to everybody.
     *
     * @param match one of those that {@link #between} returns
     * @return false if it is of messages to the other clock
     */
    public static boolean isMulticast(TrafficMatch match) {
        return match.ipDestination().filter(PRIMARY_IPV4.toIpPrefix()::equals).isPresent()
                || match.ethDestination().filter(PRIMARY_ETHERNET::equals).isPresent();
    }
}
