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
package org.roundtrip.openflow.testing;

import org.onlab.packet.ARP;
import org.onlab.packet.BasePacket;
import org.onlab.packet.Data;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TCP;
import org.onlab.packet.UDP;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborSolicitation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Frames as hosts and routers send them. What switches don't look at is the same in all. */
public final class Frames {

    /** The flag of TCP that opens a connection. */
    public static final int SYN = 0x02;
    /** The flag of TCP that acknowledges. */
    public static final int ACK = 0x10;
    /** The time to live, or hop limit, of all packets. */
    public static final byte TTL = 61;

    private static final int SCTP = 132;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private Frames() {
    }

    /** A segment of TCP without data. */
    public static Ethernet tcp(MacAddress from, MacAddress to, IpAddress source, int sourcePort, IpAddress destination,
                               int destinationPort, int flags) {
        return ip(from, to, source, destination, IPv4.PROTOCOL_TCP, new TCP().setSourcePort(sourcePort)
                .setDestinationPort(destinationPort).setFlags((short) flags).setDataOffset((byte) 5)
                .setWindowSize((short) 1000).setSequence(1));
    }

    /** A datagram with a text. */
    public static Ethernet udp(MacAddress from, MacAddress to, IpAddress source, int sourcePort, IpAddress destination,
                               int destinationPort, String text) {
        UDP udp = new UDP().setSourcePort(sourcePort).setDestinationPort(destinationPort);
        udp.setPayload(new Data(text.getBytes(StandardCharsets.US_ASCII)));
        return ip(from, to, source, destination, IPv4.PROTOCOL_UDP, udp);
    }

    /** An echo request or reply, or an ICMP error that quotes a packet as far as its ports and a bit more. */
    public static Ethernet icmp(MacAddress from, MacAddress to, IpAddress source, IpAddress destination, int type,
                                int code, byte[] rest) {
        if (source.isIp4()) {
            ICMP icmp = new ICMP().setIcmpType((byte) type).setIcmpCode((byte) code);
            icmp.setPayload(new Data(rest));
            return ip(from, to, source, destination, IPv4.PROTOCOL_ICMP, icmp);
        }
        ICMP6 icmp = new ICMP6().setIcmpType((byte) type).setIcmpCode((byte) code);
        icmp.setPayload(new Data(rest));
        return ip(from, to, source, destination, IPv6.PROTOCOL_ICMP6, icmp);
    }

    /** What follows the checksum of an error: an MTU, and the packet without its frame as it was sent. */
    public static byte[] quote(int mtu, Ethernet packet) {
        byte[] quoted = packet.serialize();
        byte[] rest = new byte[4 + Math.min(quoted.length - 14, 60)];
        rest[2] = (byte) (mtu >> 8);
        rest[3] = (byte) mtu;
        System.arraycopy(quoted, 14, rest, 4, rest.length - 4);
        return rest;
    }

    /** The first chunk of an association (RFC 9260, section 3.3.2), as far as switches read it. */
    public static Ethernet sctp(MacAddress from, MacAddress to, IpAddress source, int sourcePort, IpAddress destination,
                                int destinationPort) {
        return ip(from, to, source, destination, SCTP, new Data(ByteBuffer.allocate(32)
                .putShort((short) sourcePort).putShort((short) destinationPort).putInt(0).putInt(0)
                .put(new byte[]{1, 0, 0, 20}).array()));
    }

    /** A packet of the version of its addresses. */
    public static Ethernet ip(MacAddress from, MacAddress to, IpAddress source, IpAddress destination, int protocol,
                              BasePacket payload) {
        Ethernet frame = frame(from, to, source.isIp4() ? Ethernet.TYPE_IPV4 : Ethernet.TYPE_IPV6);
        if (source.isIp4()) {
            IPv4 ip = new IPv4().setSourceAddress(source.getIp4Address().toInt())
                    .setDestinationAddress(destination.getIp4Address().toInt()).setTtl(TTL)
                    .setProtocol((byte) protocol);
            ip.setPayload(payload);
            payload.setParent(ip);
            frame.setPayload(ip);
        } else {
            IPv6 ip = new IPv6().setSourceAddress(source.toOctets()).setDestinationAddress(destination.toOctets())
                    .setHopLimit(TTL).setNextHeader((byte) protocol);
            ip.setPayload(payload);
            payload.setParent(ip);
            frame.setPayload(ip);
        }
        return copy(frame);
    }

    /** A question (1) or an answer (2) of ARP. */
    public static Ethernet arp(int operation, MacAddress from, MacAddress to, Ip4Address sender, Ip4Address target) {
        Ethernet frame = frame(from, to, Ethernet.TYPE_ARP);
        frame.setPayload(new ARP().setHardwareType(ARP.HW_TYPE_ETHERNET).setProtocolType(ARP.PROTO_TYPE_IP)
                                 .setHardwareAddressLength((byte) 6).setProtocolAddressLength((byte) 4)
                                 .setOpCode((short) operation).setSenderHardwareAddress(from.toBytes())
                                 .setSenderProtocolAddress(sender.toOctets())
                                 .setTargetHardwareAddress(new byte[6])
                                 .setTargetProtocolAddress(target.toOctets()));
        return copy(frame);
    }

    /** A neighbor solicitation. */
    public static Ethernet solicitation(MacAddress from, IpAddress source, Ip6Address target) {
        NeighborSolicitation message = new NeighborSolicitation().setTargetAddress(target.toOctets());
        message.addOption((byte) 1, from.toBytes());
        return neighbor(from, source, ICMP6.NEIGHBOR_SOLICITATION, message);
    }

    /** A neighbor advertisement. */
    public static Ethernet advertisement(MacAddress from, IpAddress source, Ip6Address target) {
        NeighborAdvertisement message = new NeighborAdvertisement().setTargetAddress(target.toOctets())
                .setOverrideFlag((byte) 1);
        message.addOption((byte) 2, from.toBytes());
        return neighbor(from, source, ICMP6.NEIGHBOR_ADVERTISEMENT, message);
    }

    private static Ethernet neighbor(MacAddress from, IpAddress source, byte type, BasePacket message) {
        ICMP6 icmp = new ICMP6().setIcmpType(type).setIcmpCode((byte) 0);
        icmp.setPayload(message);
        Ethernet frame = ip(from, MacAddress.valueOf("33:33:ff:00:00:01"), source,
                            Ip6Address.valueOf("ff02::1:ff00:1"), IPv6.PROTOCOL_ICMP6, icmp);
        ((IPv6) frame.getPayload()).setHopLimit((byte) 255);
        return copy(frame);
    }

    /** The two fragments of a packet of IPv4, of which the first one has so many octets behind the header. */
    public static List<Ethernet> fragments(Ethernet packet, int first) {
        byte[] all = packet.serialize();
        byte[] payload = Arrays.copyOfRange(all, 14 + IPV4_HEADER, all.length);
        return List.of(fragment(packet, Arrays.copyOf(payload, first), 0, true),
                                 fragment(packet, Arrays.copyOfRange(payload, first, payload.length), first / 8,
                                          false));
    }

    private static Ethernet fragment(Ethernet packet, byte[] payload, int offset, boolean hasMore) {
        Ethernet frame = packet.duplicate();
        IPv4 ip = (IPv4) frame.getPayload();
        ip.setIdentification((short) 4711).setFragmentOffset((short) offset).setFlags((byte) (hasMore ? 1 : 0));
        ip.resetChecksum();
        ip.setPayload(new Data(payload));
        return frame;
    }

    private static Ethernet frame(MacAddress from, MacAddress to, short type) {
        Ethernet frame = new Ethernet();
        frame.setSourceMACAddress(from).setDestinationMACAddress(to).setEtherType(type);
        return frame;
    }

    /** Checksums and lengths are made when a packet is written. */
    public static Ethernet copy(Ethernet frame) {
        return read(frame.serialize());
    }

    /** Reads a frame. */
    public static Ethernet read(byte[] octets) {
        try {
            return Ethernet.deserializer().deserialize(octets, 0, octets.length);
        } catch (DeserializationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the Internet checksum over the IPv4 header, which is 0 if it is right. */
    public static int headerChecksum(byte[] octets) {
        return checksum(octets, 14, IPV4_HEADER, 0);
    }

    /** Returns the Internet checksum over a segment or message and its pseudo header, which is 0 if it is right. */
    public static int payloadChecksum(byte[] octets) {
        boolean isIpv4 = octets[12] == 0x08;
        int header = isIpv4 ? IPV4_HEADER : IPV6_HEADER;
        int length = isIpv4 ? unsigned(octets, 16) - IPV4_HEADER : unsigned(octets, 18);
        int protocol = octets[isIpv4 ? 23 : 20] & 0xff;
        int pseudo = 0;
        if (protocol != IPv4.PROTOCOL_ICMP) {
            pseudo = protocol + length;
            for (int i = isIpv4 ? 26 : 22; i < 14 + header; i += 2) {
                pseudo += unsigned(octets, i);
            }
        }
        return checksum(octets, 14 + header, length, pseudo);
    }

    private static int checksum(byte[] octets, int from, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            sum += i + 1 < length ? unsigned(octets, from + i) : (octets[from + i] & 0xff) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    private static int unsigned(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }
}
