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
package org.roundtrip.detection.agent.compute;

import org.roundtrip.detection.agent.compute.EchoMessage.Version;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An error of ICMP (RFC 792) or ICMPv6 (RFC 4443, section 3.1): a datagram of UDP did not reach whom it was for.
 *
 * @param sourcePort      from which port the datagram was sent
 * @param destinationPort to which port
 * @param outcome         what the error says
 */
public record UnreachableDatagram(int sourcePort, int destinationPort, Outcome outcome) {

    private static final int UDP = 17;
    private static final int PORTS = 4;
    private static final int PROTOCOL_IN_IPV4 = 9;
    private static final int NEXT_HEADER_IN_IPV6 = 6;

    /**
     * Reads what a raw socket has received.
     *
     * @param version  the version
     * @param received an IPv4 packet, or an ICMPv6 message without its IPv6 header
     * @return the error, or empty if it is something else
     */
    public static Optional<UnreachableDatagram> read(Version version, ByteBuffer received) {
        boolean v4 = version == Version.V4;
        int message = v4 ? EchoMessage.headerLength(received, 0) : 0;
        int quoted = message + EchoMessage.HEADER;
        if (received.limit() <= quoted + PROTOCOL_IN_IPV4
                || (received.get(message) & 0xff) != version.unreachable()
                || received.get(quoted + (v4 ? PROTOCOL_IN_IPV4 : NEXT_HEADER_IN_IPV6)) != UDP) {
            return Optional.empty();
        }
        int ports = quoted + (v4 ? EchoMessage.headerLength(received, quoted) : EchoMessage.IPV6_HEADER);
        if (received.limit() < ports + PORTS) {
            return Optional.empty();
        }
        return Optional.of(new UnreachableDatagram(received.getShort(ports) & 0xffff,
                received.getShort(ports + Short.BYTES) & 0xffff, outcome(version, received.get(message + 1) & 0xff)));
    }

    /** Codes of RFC 792 and RFC 1812, section 5.2.7.1, and of RFC 4443, section 3.1. */
    private static Outcome outcome(Version version, int code) {
        return switch (version == Version.V4 ? "4/" + code : "6/" + code) {
            case "4/3", "6/4" -> Outcome.bad("connection refused");
            case "4/9", "4/10", "4/13", "6/1" -> Outcome.bad("administratively prohibited");
            default -> Outcome.bad("host unreachable (ICMP code " + code + ")");
        };
    }
}
