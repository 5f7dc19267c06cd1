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

import org.onlab.packet.Data;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPacket;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.TransportProtocol;

import java.nio.ByteBuffer;

/**
 * Packets by which switches are asked what they know of a connection. A switch that takes one from the controller gives
 * it back with the answer in an address of its frame, and never sends it anywhere else; no state of the connection
 * changes. The last eight octets tell answers apart.
 */
public final class ProbePackets {

    /** A longer packet, so that nobody fills its frame up. */
    private static final int PAYLOAD = 32;

    private static final byte HOPS = 64;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int SCTP_HEADER = 12;
    private static final byte TCP_HEADER_WORDS = 5 << 4;
    private static final int TCP_ACKNOWLEDGEMENT = 0x10;
    private static final int TCP_FLAGS = 13;
    private static final int ERROR_REST = 4;
    private static final byte TIME_EXCEEDED = 11;
    private static final byte TIME_EXCEEDED_6 = 3;
    private static final long MARK = 0xffff_ffffL;

    private ProbePackets() {
    }

    /**
     * Returns a packet by which a member's switch is asked whether it knows the connection: an ICMP error about a reply
     * (RFC 792, RFC 4443), as the access switch would send it there.
     *
     * @param connection the connection
     * @param place      a member at the switch
     * @param token      what tells the answer from others
     * @return the frame
     */
    public static ByteBuffer forMark(ServedConnection connection, MemberPlace place, long token) {
        ExplanationQuery query = connection.query();
        byte[] reply = packet(query.vip(), query.client(), (byte) query.protocol().number(),
                              new Data(segment(query.protocol(), connection.port(), query.clientPort(), token)))
                .serialize();
        Data quotation = new Data(ByteBuffer.allocate(ERROR_REST + reply.length).putInt(0).put(reply).array());
        return frame(place.mac(), query.vip().isIp4()
                ? packet(query.client(), place.member().address(), IPv4.PROTOCOL_ICMP,
                         new ICMP().setIcmpType(TIME_EXCEEDED).setPayload(quotation))
                : packet(query.client(), place.member().address(), IPv6.PROTOCOL_ICMP6,
                         new ICMP6().setIcmpType(TIME_EXCEEDED_6).setPayload(quotation)), VipMac.of(query.vip()));
    }

    /**
     * Returns what tells an answer from others.
     *
     * @param frame a frame
     * @return its last eight octets
     * @throws IndexOutOfBoundsException if it has not as many
     */
    public static long token(ByteBuffer frame) {
        return frame.getLong(frame.limit() - Long.BYTES);
    }

    /**
     * Returns the answer of a member's switch.
     *
     * @param frame the frame that it has sent
     * @return the mark of the connection, 0 if the switch does not know it
     */
    public static long mark(ByteBuffer frame) {
        return frame.getInt(MacAddress.MAC_ADDRESS_LENGTH - Integer.BYTES) & MARK;
    }

    private static ByteBuffer frame(MacAddress destination, IPacket packet, MacAddress source) {
        Ethernet frame = new Ethernet();
        frame.setDestinationMACAddress(destination).setSourceMACAddress(source)
                .setEtherType(packet instanceof IPv4 ? Ethernet.TYPE_IPV4 : Ethernet.TYPE_IPV6).setPayload(packet);
        return ByteBuffer.wrap(frame.serialize()).asReadOnlyBuffer();
    }

    private static IPacket packet(IpAddress source, IpAddress destination, byte protocol, IPacket payload) {
        return source.isIp4()
                ? new IPv4().setSourceAddress(source.getIp4Address().toInt())
                        .setDestinationAddress(destination.getIp4Address().toInt()).setTtl(HOPS)
                        .setProtocol(protocol).setPayload(payload)
                : new IPv6().setSourceAddress(source.toOctets()).setDestinationAddress(destination.toOctets())
                        .setHopLimit(HOPS).setNextHeader(protocol).setPayload(payload);
    }

    /** No switch looks behind the ports, but for the length that a header says. */
    private static byte[] segment(TransportProtocol protocol, int source, int destination, long token) {
        int header = header(protocol);
        ByteBuffer segment = ByteBuffer.allocate(header + PAYLOAD).putShort((short) source)
                .putShort((short) destination);
        if (protocol == TransportProtocol.UDP) {
            segment.putShort((short) segment.capacity());
        } else if (protocol == TransportProtocol.TCP) {
            segment.put(TCP_FLAGS - 1, TCP_HEADER_WORDS).put(TCP_FLAGS, (byte) TCP_ACKNOWLEDGEMENT);
        }
        return segment.putLong(segment.capacity() - Long.BYTES, token).array();
    }

    private static int header(TransportProtocol protocol) {
        switch (protocol) {
            case TCP:
                return TCP_HEADER;
            case UDP:
                return UDP_HEADER;
            default:
                return SCTP_HEADER;
        }
    }
}
