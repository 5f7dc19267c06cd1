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
import org.roundtrip.base.ConflictException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.ResidualAsymmetry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration file of {@code ptp4l} (linuxptp 3.1 and later) at either end of a session.
 */
public final class Ptp4lConfiguration {

    /** How many announce intervals a client waits for the next message, by default (IEEE 1588-2019, annex I.3). */
    private static final int ANNOUNCE_RECEIPT_TIMEOUT = 3;

    /** The announce interval that clocks have by default, as a power of 2 in seconds (IEEE 1588-2019, annex I.3). */
    private static final int DEFAULT_ANNOUNCE_INTERVAL = 1;

    /** The shortest announce interval of telecom profiles (ITU-T G.8275.1 and G.8275.2), as a power of 2 in seconds. */
    private static final int SHORTEST_ANNOUNCE_INTERVAL = -3;

    /** For how many seconds a client asks for messages: the default of ITU-T G.8265.1 and G.8275.2. */
    private static final int UNICAST_DURATION = 300;

    private static final double MILLIS_PER_SECOND = 1_000;

    /** Whose configuration it is. */
    public enum Role {
        /** The clock that gives the time. */
        SERVER,
        /** The clock that takes the time. */
        CLIENT
    }

    private Ptp4lConfiguration() {
    }

    /**
     * Returns a configuration file. It is the same for all servers that serve a client in turn.
     *
     * @param session the session
     * @param role    for which of its clocks
     * @param all     all sessions there are, with this one or without, in any number
     * @return the text of the file, in lines of at most 120 characters
     * @throws ConflictException if the client is to ask a server whose address is not known
     */
    public static String of(ClockSession session, Role role, Collection<ClockSession> all) {
        List<String> lines = new ArrayList<>(introduction(session, role));
        lines.add("[global]");
        lines.addAll(agreement(session.request()));
        lines.addAll(role == Role.SERVER ? server(session.request()) : client(session, all));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> introduction(ClockSession session, Role role) {
        ClockEndpoint end = role == Role.SERVER ? session.serverEndpoint() : session.clientEndpoint();
        List<String> lines = new ArrayList<>();
        lines.add("# The " + (role == Role.SERVER ? "server" : "client") + " of the clock session "
                          + session.request().name() + ". Start it with: ptp4l -f FILE -i INTERFACE");
        lines.add("#");
        lines.add("# Check first:");
        lines.add("# - The interface is the one at " + end.connectPoint() + ", untagged.");
        addresses(end).ifPresent(addresses -> lines.add("# - It has " + addresses + "."));
        lines.add("# - Its network card has hardware timestamps (ethtool -T INTERFACE). If not, add: time_stamping"
                          + " software");
        lines.add("# - The other clock has the same transport, domain, delay mechanism and announce interval.");
        lines.add("");
        return lines;
    }

    private static Optional<String> addresses(ClockEndpoint end) {
        return Stream.of(end.mac().map(mac -> "the MAC address " + mac), end.ip().map(ip -> "the IP address " + ip))
                .flatMap(Optional::stream).reduce((mac, ip) -> mac + " and " + ip);
    }

    private static List<String> agreement(ClockSessionRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("network_transport " + transport(request.transport()));
        lines.add("domainNumber " + request.domain());
        lines.add("# Peer delay messages measure one link and are not carried through tunnels.");
        lines.add("delay_mechanism E2E");
        lines.addAll(announcing(request.tunnel().resumeDelay()));
        if (request.delivery() == PtpDelivery.UNICAST) {
            lines.add("# The session has unicast messages only; what is multicast does not go through its tunnel.");
            lines.add("inhibit_multicast_service 1");
        }
        return lines;
    }

    private static List<String> announcing(int resumeDelay) {
        int interval = announceInterval(resumeDelay);
        double timeout = (ANNOUNCE_RECEIPT_TIMEOUT + 1) * Math.pow(2, interval);
        List<String> lines = new ArrayList<>();
        lines.add("# Without Announce messages, the client gives its server up after (announceReceiptTimeout + 1) *");
        lines.add("# 2^logAnnounceInterval = " + seconds(timeout) + " s at most, and forgets what it has measured.");
        if (resumeDelay == 0) {
            lines.add("# The session has no resume-delay: after a change of its way, the client takes until its");
            lines.add("# filters hold delays of the new way only.");
        } else if (timeout > resumeDelay / MILLIS_PER_SECOND) {
            lines.add("# That is too long for the resume-delay of the session, " + resumeDelay + " ms: set it to "
                              + (long) (timeout * MILLIS_PER_SECOND) + " ms or more.");
        } else {
            lines.add("# The resume-delay of the session must not be shorter than that; it is " + resumeDelay + " ms.");
        }
        lines.add("logAnnounceInterval " + interval);
        lines.add("announceReceiptTimeout " + ANNOUNCE_RECEIPT_TIMEOUT);
        return lines;
    }

    /** The longest announce interval with which a client loses its server while its tunnel holds PTP back. */
    private static int announceInterval(int resumeDelay) {
        int interval = DEFAULT_ANNOUNCE_INTERVAL;
        while (resumeDelay > 0 && interval > SHORTEST_ANNOUNCE_INTERVAL
                && (ANNOUNCE_RECEIPT_TIMEOUT + 1) * Math.pow(2, interval) * MILLIS_PER_SECOND > resumeDelay) {
            interval--;
        }
        return interval;
    }

    private static String seconds(double seconds) {
        return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    }

    private static List<String> server(ClockSessionRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("# linuxptp 4 and later calls it serverOnly and takes this name, too.");
        lines.add("masterOnly 1");
        if (request.delivery() == PtpDelivery.UNICAST) {
            lines.add("# Clients ask for their messages.");
            lines.add("unicast_listen 1");
        }
        return lines;
    }

    private static List<String> client(ClockSession session, Collection<ClockSession> all) {
        List<String> lines = new ArrayList<>();
        lines.add("# linuxptp 4 and later calls it clientOnly and takes this name, too.");
        lines.add("slaveOnly 1");
        lines.addAll(session.asymmetry().map(Ptp4lConfiguration::asymmetry).orElse(List.of()));
        if (session.request().delivery() == PtpDelivery.UNICAST) {
            lines.add("# Seconds: asks for messages for so long, and again before that ends.");
            lines.add("unicast_req_duration " + UNICAST_DURATION);
            lines.add("unicast_master_table 1");
            lines.add("");
            lines.add("[unicast_master_table]");
            lines.add("table_id 1");
            lines.add("# Asks again every second until a server answers.");
            lines.add("logQueryInterval 0");
            lines.addAll(servers(session, all));
        }
        return lines;
    }

    private static List<String> asymmetry(ResidualAsymmetry asymmetry) {
        return List.of(
                "# Nanoseconds: the links of the present way take " + asymmetry.forwardDelay() + " ns to the client"
                        + " and " + asymmetry.reverseDelay() + " ns back, as configured.",
                "# On another way it is another value: clock-session-show has it.",
                "delayAsymmetry " + asymmetry.delayAsymmetry());
    }

    /** All servers of the client: whichever is served is the only one that it hears. */
    private static List<String> servers(ClockSession session, Collection<ClockSession> all) {
        List<ClockSession> others = all.stream()
                .filter(other -> !other.request().name().equals(session.request().name()))
                .filter(other -> isOfSameClient(session, other))
                .sorted(Comparator.comparingInt((ClockSession other) -> other.request().priority())
                                .thenComparing(other -> other.request().name()))
                .collect(Collectors.toList());
        List<String> lines = new ArrayList<>(List.of(entry(session).orElseThrow(() -> new ConflictException(
                "server", "the network does not know the address of " + session.request().server()
                + ", which the client must ask: name the server by its host or its address"))));
        for (ClockSession other : others) {
            entry(other).filter(line -> !lines.contains(line)).ifPresent(line -> {
                lines.add("# The server of the session " + other.request().name() + ", priority "
                                  + other.request().priority() + ".");
                lines.add(line);
            });
        }
        return lines;
    }

    private static boolean isOfSameClient(ClockSession session, ClockSession other) {
        return other.clientEndpoint().equals(session.clientEndpoint())
                && other.request().transport() == session.request().transport()
                && other.request().delivery() == session.request().delivery()
                && other.request().domain() == session.request().domain();
    }

    private static Optional<String> entry(ClockSession session) {
        ClockReference named = session.request().server();
        ClockEndpoint end = session.serverEndpoint();
        PtpTransport transport = session.request().transport();
        Optional<String> address = transport == PtpTransport.ETHERNET
                ? end.mac().map(MacAddress::toString)
                : named.ipAddress().or(end::ip).map(IpAddress::toString);
        return address.map(found -> transport(transport) + " " + found);
    }

    private static String transport(PtpTransport transport) {
        switch (transport) {
            case UDP_IPV4:
                return "UDPv4";
            case UDP_IPV6:
                return "UDPv6";
            default:
                return "L2";
        }
    }
}
