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

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.roundtrip.base.flow.IcmpFields;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A frame with an ICMP error (RFC 792, RFC 4443) that quotes a packet with ports. Only what has to be changed of it is
 * read, and it is changed octet by octet, so that all else stays as it was sent. Frames with VLAN tags and IPv6 packets
 * with extension headers before ICMPv6 are not read. Immutable, thread-safe.
 */
public final class QuotedPacket {

    private static final int ETHERNET_HEADER = 14;
    private static final int ICMP_HEADER = 8;
    private static final int ICMP_CHECKSUM = 2;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int EXTENSION_UNIT = 8;
    private static final int PORTS = 4;
    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int TCP = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP = 17;
    private static final int UDP_CHECKSUM = 6;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int ALL_BITS = 0xffff;

    private final byte[] frame;
    private final IpHeader outer;
    private final IpHeader inner;

    private QuotedPacket(byte[] frame, IpHeader outer, IpHeader inner) {
        this.frame = frame;
        this.outer = outer;
        this.inner = inner;
    }

    /** Where an IP header is, and what it says. */
    private static final class IpHeader {
        private final boolean isIpv6;
        private final int start;
        private final int protocol;
        private final int payload;
        private final int end;

        IpHeader(boolean isIpv6, int start, int protocol, int payload, int end) {
            this.isIpv6 = isIpv6;
            this.start = start;
            this.protocol = protocol;
            this.payload = payload;
            this.end = end;
        }

        IpAddress address(byte[] frame, boolean isSource) {
            int length = isIpv6 ? IpAddress.INET6_BYTE_LENGTH : IpAddress.INET_BYTE_LENGTH;
            int first = start + (isIpv6 ? 8 : 12) + (isSource ? 0 : length);
            return IpAddress.valueOf(isIpv6 ? IpAddress.Version.INET6 : IpAddress.Version.INET,
                                     Arrays.copyOfRange(frame, first, first + length));
        }
    }

    /**
     * Reads a frame.
     *
     * @param frame the octets from the destination MAC address on, without checksum
     * @return the frame; empty if it is no whole ICMP error or does not quote the ports of a packet
     */
    public static Optional<QuotedPacket> of(byte[] frame) {
        if (frame.length < ETHERNET_HEADER) {
            return Optional.empty();
        }
        return header(frame, ETHERNET_HEADER, frame.length, unsigned(frame, 12))
                .filter(outer -> outer.end <= frame.length && isError(frame, outer))
                .flatMap(outer -> header(frame, outer.payload + ICMP_HEADER, outer.end, unsigned(frame, 12))
                        .flatMap(inner -> behindExtensions(frame, inner, outer.end))
                        .filter(inner -> inner.payload + PORTS <= outer.end)
                        .map(inner -> new QuotedPacket(frame.clone(), outer, inner)));
    }

    private static boolean isError(byte[] frame, IpHeader outer) {
        IcmpFields icmp = outer.isIpv6 ? IcmpFields.IPV6 : IcmpFields.IPV4;
        return outer.payload + ICMP_HEADER <= outer.end && icmp.isError(outer.protocol, frame[outer.payload] & 0xff);
    }

    private static Optional<IpHeader> header(byte[] frame, int start, int limit, int etherType) {
        boolean isIpv6 = etherType == 0x86dd;
        if (!isIpv6 && etherType != 0x0800 || start + (isIpv6 ? IPV6_HEADER : IPV4_HEADER) > limit) {
            return Optional.empty();
        }
        int version = frame[start] >> 4 & 0xf;
        if (isIpv6) {
            return version == 6 ? Optional.of(new IpHeader(true, start, frame[start + 6] & 0xff, start + IPV6_HEADER,
                                                           start + IPV6_HEADER + unsigned(frame, start + 4)))
                    : Optional.empty();
        }
        int length = (frame[start] & 0xf) * 4;
        boolean isFirstFragment = (unsigned(frame, start + 6) & 0x1fff) == 0;
        int end = start + unsigned(frame, start + 2);
        return version == 4 && length >= IPV4_HEADER && start + length <= limit && start + length <= end
                && isFirstFragment
                ? Optional.of(new IpHeader(false, start, frame[start + 9] & 0xff, start + length, end))
                : Optional.empty();
    }

    /** Only the first fragment has ports. */
    private static Optional<IpHeader> behindExtensions(byte[] frame, IpHeader header, int limit) {
        int protocol = header.protocol;
        int payload = header.payload;
        while (header.isIpv6 && isExtension(protocol)) {
            if (payload + EXTENSION_UNIT > limit
                    || protocol == FRAGMENT && (unsigned(frame, payload + 2) & 0xfff8) != 0) {
                return Optional.empty();
            }
            int units = protocol == FRAGMENT ? 1 : 1 + (frame[payload + 1] & 0xff);
            protocol = frame[payload] & 0xff;
            payload += units * EXTENSION_UNIT;
        }
        return Optional.of(new IpHeader(header.isIpv6, header.start, protocol, payload, header.end));
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP || protocol == ROUTING || protocol == FRAGMENT
                || protocol == DESTINATION_OPTIONS;
    }

    /**
     * Returns to whom the frame is sent.
     *
     * @return a MAC address
     */
    public MacAddress destinationMac() {
        return MacAddress.valueOf(Arrays.copyOfRange(frame, 0, MacAddress.MAC_ADDRESS_LENGTH));
    }

    /**
     * Returns who sends the frame.
     *
     * @return a MAC address
     */
    public MacAddress sourceMac() {
        return MacAddress.valueOf(Arrays.copyOfRange(frame, MacAddress.MAC_ADDRESS_LENGTH,
                                                     2 * MacAddress.MAC_ADDRESS_LENGTH));
    }

    /**
     * Returns who sends the error.
     *
     * @return an address
     */
    public IpAddress source() {
        return outer.address(frame, true);
    }

    /**
     * Returns to whom the error is sent.
     *
     * @return an address
     */
    public IpAddress destination() {
        return outer.address(frame, false);
    }

    /**
     * Returns from whom the packet was that the error is about.
     *
     * @return an address
     */
    public IpAddress quotedSource() {
        return inner.address(frame, true);
    }

    /**
     * Returns for whom the packet was that the error is about.
     *
     * @return an address
     */
    public IpAddress quotedDestination() {
        return inner.address(frame, false);
    }

    /**
     * Returns the protocol of the packet that the error is about.
     *
     * @return a number of IP
     */
    public int quotedProtocol() {
        return inner.protocol;
    }

    /**
     * Returns from which port the packet was that the error is about.
     *
     * @return a port
     */
    public int quotedSourcePort() {
        return unsigned(frame, inner.payload + SOURCE_PORT);
    }

    /**
     * Returns for which port the packet was that the error is about.
     *
     * @return a port
     */
    public int quotedDestinationPort() {
        return unsigned(frame, inner.payload + DESTINATION_PORT);
    }

    /**
     * Changes the port from which the packet was that the error is about.
     *
     * @param port the port
     * @return the frame with that port and the checksums that follow from it
     */
    public QuotedPacket withQuotedSourcePort(int port) {
        return withPort(SOURCE_PORT, port);
    }

    /**
     * Changes the port for which the packet was that the error is about.
     *
     * @param port the port
     * @return the frame with that port and the checksums that follow from it
     */
    public QuotedPacket withQuotedDestinationPort(int port) {
        return withPort(DESTINATION_PORT, port);
    }

    /**
     * Changes to whom the frame is sent.
     *
     * @param mac a MAC address
     * @return the frame with that destination
     */
    public QuotedPacket withDestinationMac(MacAddress mac) {
        byte[] changed = frame.clone();
        System.arraycopy(mac.toBytes(), 0, changed, 0, MacAddress.MAC_ADDRESS_LENGTH);
        return new QuotedPacket(changed, outer, inner);
    }

    /**
     * Returns the frame.
     *
     * @return its octets
     */
    public byte[] frame() {
        return frame.clone();
    }

    /** The checksum of the error covers what it quotes, also the checksum that is quoted. */
    private QuotedPacket withPort(int offset, int port) {
        byte[] changed = frame.clone();
        int before = unsigned(frame, inner.payload + offset);
        put(changed, inner.payload + offset, port);
        int checksum = updated(unsigned(frame, outer.payload + ICMP_CHECKSUM), before, port);
        int quoted = inner.payload + quotedChecksum();
        if (quoted > inner.payload && quoted + 2 <= outer.end) {
            int old = unsigned(frame, quoted);
            boolean isAbsent = inner.protocol == UDP && old == 0;
            int renewed = isAbsent ? 0 : updated(old, before, port);
            // RFC 768: a computed checksum of zero is sent as all ones, since zero means none.
            int sent = inner.protocol == UDP && !isAbsent && renewed == 0 ? ALL_BITS : renewed;
            put(changed, quoted, sent);
            checksum = updated(checksum, old, sent);
        }
        put(changed, outer.payload + ICMP_CHECKSUM, checksum);
        return new QuotedPacket(changed, outer, inner);
    }

    /** Returns where the checksum of the transport protocol is, or 0 if ports don't count for it. */
    private int quotedChecksum() {
        return inner.protocol == TCP ? TCP_CHECKSUM : inner.protocol == UDP ? UDP_CHECKSUM : 0;
    }

    /** RFC 1624, equation 3. */
    private static int updated(int checksum, int before, int after) {
        int sum = (~checksum & ALL_BITS) + (~before & ALL_BITS) + after;
        sum = (sum & ALL_BITS) + (sum >>> 16);
        sum = (sum & ALL_BITS) + (sum >>> 16);
        return ~sum & ALL_BITS;
    }

    private static int unsigned(byte[] frame, int offset) {
        return Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(offset));
    }

    private static void put(byte[] frame, int offset, int value) {
        ByteBuffer.wrap(frame).putShort(offset, (short) value);
    }
}
