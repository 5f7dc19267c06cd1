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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An untagged Ethernet frame with one whole UDP datagram (RFC 768) over IPv4 (RFC 791) or IPv6 (RFC 8200), and frames
 * made from it. What is made has the right lengths and checksums whatever the original had.
 * <p>
 * Reads octets itself, because what is to be judged is what was sent: lengths that do not fit together must be seen,
 * not be put right. Checksums are not looked at: a station beside a virtual switch may leave them to hardware that is
 * not there. Immutable and thread-safe.
 */
public final class UdpFrame {

    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    /** The flag "more fragments" and the fragment offset (RFC 791, section 3.1). */
    private static final int FRAGMENT = 0x3fff;
    private static final int BOTTOM_OF_STACK = 0x100;
    /** Octets that end a PTP message over UDP/IPv6, so that clocks on the way can correct the checksum (annex D). */
    private static final int IPV6_TRAILER = 2;
    private static final byte TTL = 64;

    private final byte[] ethernet;
    private final byte[] ip;
    private final byte[] udp;
    private final byte[] message;

    private UdpFrame(byte[] ethernet, byte[] ip, byte[] udp, byte[] message) {
        this.ethernet = ethernet;
        this.ip = ip;
        this.udp = udp;
        this.message = message;
    }

    /**
     * Reads a frame.
     *
     * @param frame the octets from the destination MAC address on, without the frame check sequence; padding at the end
     *              is left out
     * @return the frame, or empty if it is anything else: tagged, a fragment, with IPv6 extension headers, not whole,
     *         or with lengths that do not fit together
     */
    public static Optional<UdpFrame> read(byte[] frame) {
        if (frame.length < ETHERNET_HEADER) {
            return Optional.empty();
        }
        short type = ByteBuffer.wrap(frame).getShort(ETHERNET_HEADER - 2);
        ByteBuffer packet = ByteBuffer.wrap(frame, ETHERNET_HEADER, frame.length - ETHERNET_HEADER).slice();
        Optional<ByteBuffer> datagram = type == Ethernet.TYPE_IPV4 ? overIpv4(packet)
                : type == Ethernet.TYPE_IPV6 ? overIpv6(packet) : Optional.empty();
        return datagram.filter(UdpFrame::isWhole).map(udp -> {
            int ipHeader = udp.arrayOffset() - ETHERNET_HEADER;
            int message = udp.arrayOffset() + UDP_HEADER;
            return new UdpFrame(Arrays.copyOf(frame, ETHERNET_HEADER),
                                Arrays.copyOfRange(frame, ETHERNET_HEADER, ETHERNET_HEADER + ipHeader),
                                Arrays.copyOfRange(frame, udp.arrayOffset(), message),
                                Arrays.copyOfRange(frame, message, udp.arrayOffset() + udp.getShort(4)));
        });
    }

    /**
     * Returns an empty frame, for messages to be put into. Its datagram comes from the port to which it goes.
     *
     * @param sourceMac      the station that sends it
     * @param destinationMac the next station on its way
     * @param source         the address of the sender
     * @param destination    the address of the receiver, of the same version of IP
     * @param port           the UDP port of both
     * @return the frame
     */
    public static UdpFrame of(MacAddress sourceMac, MacAddress destinationMac, IpAddress source, IpAddress destination,
                              int port) {
        boolean ipv4 = source.isIp4();
        byte[] ethernet = ByteBuffer.allocate(ETHERNET_HEADER).put(destinationMac.toBytes()).put(sourceMac.toBytes())
                .putShort(ipv4 ? Ethernet.TYPE_IPV4 : Ethernet.TYPE_IPV6).array();
        ByteBuffer ip = ByteBuffer.allocate(ipv4 ? IPV4_HEADER : IPV6_HEADER)
                .put((byte) (ipv4 ? 4 << 4 | IPV4_HEADER / 4 : 6 << 4));
        ip.put(ipv4 ? 8 : 7, TTL).put(ipv4 ? 9 : 6, IPv4.PROTOCOL_UDP).position(ipv4 ? 12 : 8);
        ip.put(source.toOctets()).put(destination.toOctets());
        byte[] udp = ByteBuffer.allocate(UDP_HEADER).putShort((short) port).putShort((short) port).array();
        return new UdpFrame(ethernet, ip.array(), udp, new byte[0]);
    }

    private static Optional<ByteBuffer> overIpv4(ByteBuffer packet) {
        if (packet.limit() < IPV4_HEADER) {
            return Optional.empty();
        }
        int header = (packet.get(0) & 0xf) * 4;
        int total = packet.getShort(2) & 0xffff;
        boolean whole = packet.get(0) >> 4 == 4 && header >= IPV4_HEADER && total >= header && total <= packet.limit();
        boolean datagram = packet.get(9) == IPv4.PROTOCOL_UDP && (packet.getShort(6) & FRAGMENT) == 0;
        return whole && datagram ? Optional.of(part(packet, header, total)) : Optional.empty();
    }

    private static Optional<ByteBuffer> overIpv6(ByteBuffer packet) {
        if (packet.limit() < IPV6_HEADER || (packet.get(0) >> 4 & 0xf) != 6 || packet.get(6) != IPv6.PROTOCOL_UDP) {
            return Optional.empty();
        }
        int total = IPV6_HEADER + (packet.getShort(4) & 0xffff);
        return total <= packet.limit() ? Optional.of(part(packet, IPV6_HEADER, total)) : Optional.empty();
    }

    private static ByteBuffer part(ByteBuffer packet, int from, int to) {
        ByteBuffer part = packet.duplicate();
        part.position(from).limit(to);
        return part.slice();
    }

    /** Nothing that we take is as long as 32 KiB, so a length that is negative as a short is wrong. */
    private static boolean isWhole(ByteBuffer datagram) {
        return datagram.limit() >= UDP_HEADER && datagram.getShort(4) >= UDP_HEADER
                && datagram.getShort(4) <= datagram.limit();
    }

    /**
     * Returns from which station the frame comes.
     *
     * @return the source MAC address
     */
    public MacAddress sourceMac() {
        return MacAddress.valueOf(Arrays.copyOfRange(ethernet, 6, 12));
    }

    /**
     * Returns to which station the frame goes.
     *
     * @return the destination MAC address
     */
    public MacAddress destinationMac() {
        return MacAddress.valueOf(Arrays.copyOf(ethernet, 6));
    }

    /**
     * Returns from where the datagram comes.
     *
     * @return the source IP address
     */
    public IpAddress source() {
        return address(0);
    }

    /**
     * Returns where the datagram goes.
     *
     * @return the destination IP address
     */
    public IpAddress destination() {
        return address(1);
    }

    /**
     * Returns to which port the datagram goes.
     *
     * @return the UDP destination port
     */
    public int destinationPort() {
        return ByteBuffer.wrap(udp).getShort(2) & 0xffff;
    }

    /**
     * Returns what the datagram carries.
     *
     * @return a copy of its octets
     */
    public byte[] message() {
        return message.clone();
    }

    /**
     * Returns this frame with another message, as its sender would have sent it.
     *
     * @param carried the message
     * @return the frame
     */
    public byte[] with(byte[] carried) {
        return join(ethernet, packet(ip, udp, carried));
    }

    /**
     * Returns this frame with another message, as the first switch of a tunnel sends it (RFC 3032): with a label, whose
     * TTL is that of the packet.
     *
     * @param carried the message
     * @param label   the label, 0 to 1048575
     * @return the frame
     */
    public byte[] labelled(byte[] carried, int label) {
        byte[] header = ethernet.clone();
        ByteBuffer.wrap(header).putShort(ETHERNET_HEADER - 2, Ethernet.MPLS_UNICAST);
        int ttl = ip[isIpv4() ? 8 : 7] & 0xff;
        byte[] entry = ByteBuffer.allocate(4).putInt(label << 12 | BOTTOM_OF_STACK | ttl).array();
        return join(header, entry, packet(ip, udp, carried));
    }

    private boolean isIpv4() {
        return ip[0] >> 4 == 4;
    }

    private IpAddress address(int which) {
        return isIpv4() ? Ip4Address.valueOf(Arrays.copyOfRange(ip, 12 + 4 * which, 16 + 4 * which))
                : Ip6Address.valueOf(Arrays.copyOfRange(ip, 8 + 16 * which, 24 + 16 * which));
    }

    private static byte[] packet(byte[] ipHeader, byte[] ports, byte[] carried) {
        boolean ipv4 = ipHeader[0] >> 4 == 4;
        byte[] body = ipv4 ? carried : Arrays.copyOf(carried, carried.length + IPV6_TRAILER);
        short length = (short) (UDP_HEADER + body.length);
        byte[] header = ipHeader.clone();
        ByteBuffer.wrap(header).putShort(ipv4 ? 2 : 4, (short) (ipv4 ? header.length + length : length));
        if (ipv4) {
            ByteBuffer.wrap(header).putShort(10, (short) 0).putShort(10, InternetChecksum.of(header));
        }
        byte[] udpHeader = Arrays.copyOf(ports, UDP_HEADER);
        ByteBuffer.wrap(udpHeader).putShort(4, length).putShort(6, (short) 0);
        byte[] addresses = Arrays.copyOfRange(header, ipv4 ? 12 : 8, ipv4 ? IPV4_HEADER : IPV6_HEADER);
        byte[] rest = {0, IPv4.PROTOCOL_UDP, (byte) (length >> 8), (byte) length};
        short checksum = InternetChecksum.of(addresses, rest, udpHeader, body);
        // RFC 768: a sum of zero is sent as all ones, because zero says that there is none.
        ByteBuffer.wrap(udpHeader).putShort(6, checksum == 0 ? (short) 0xffff : checksum);
        return join(header, udpHeader, body);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
