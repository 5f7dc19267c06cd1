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

import java.nio.ByteBuffer;
import java.util.Arrays;

/** ICMP errors for tests, made octet by octet, with checksums computed over the whole. */
public final class IcmpErrors {

    private static final int ETHERNET = 14;

    private IcmpErrors() {
    }

    /**
     * Makes a frame with an error (fragmentation needed or packet too big).
     *
     * @param destination to whom the frame goes
     * @param source      from whom it is
     * @param from        who sends the error
     * @param to          to whom
     * @param quoted      the packet that it quotes
     * @return the frame
     */
    public static byte[] frame(MacAddress destination, MacAddress source, IpAddress from, IpAddress to,
                               byte[] quoted) {
        byte[] message = ByteBuffer.allocate(8 + quoted.length)
                .put((byte) (from.isIp4() ? 3 : 2)).put((byte) (from.isIp4() ? 4 : 0)).putShort((short) 0)
                .putInt(1_280).put(quoted).array();
        ByteBuffer.wrap(message).putShort(2, (short) checksum(from.isIp4() ? new byte[0]
                : pseudoHeader(from, to, 58, message.length), message));
        byte[] packet = packet(from, to, from.isIp4() ? 1 : 58, message);
        return ByteBuffer.allocate(ETHERNET + packet.length).put(destination.toBytes()).put(source.toBytes())
                .putShort((short) (from.isIp4() ? 0x0800 : 0x86dd)).put(packet).array();
    }

    /**
     * Makes a packet of TCP, UDP or SCTP.
     *
     * @param from            its source
     * @param to              its destination
     * @param protocol        6, 17 or 132
     * @param sourcePort      its source port
     * @param destinationPort its destination port
     * @param data            what follows the ports, where TCP and UDP have their checksum, too
     * @return the packet
     */
    public static byte[] packet(IpAddress from, IpAddress to, int protocol, int sourcePort, int destinationPort,
                                byte[] data) {
        byte[] segment = ByteBuffer.allocate(4 + data.length).putShort((short) sourcePort)
                .putShort((short) destinationPort).put(data).array();
        int position = protocol == 6 ? 16 : 6;
        if (protocol != 132 && position + 2 <= segment.length) {
            ByteBuffer buffer = ByteBuffer.wrap(segment);
            buffer.putShort(position, (short) 0);
            int checksum = checksum(pseudoHeader(from, to, protocol, segment.length), segment);
            buffer.putShort(position, (short) (protocol == 17 && checksum == 0 ? 0xffff : checksum));
        }
        return packet(from, to, protocol, segment);
    }

    private static byte[] packet(IpAddress from, IpAddress to, int protocol, byte[] payload) {
        if (from.isIp4()) {
            byte[] packet = ByteBuffer.allocate(20 + payload.length).putInt(0x4500_0000 | 20 + payload.length)
                    .putInt(0x1234_4000).put((byte) 64).put((byte) protocol).putShort((short) 0)
                    .put(from.toOctets()).put(to.toOctets()).put(payload).array();
            ByteBuffer.wrap(packet).putShort(10, (short) checksum(new byte[0], Arrays.copyOf(packet, 20)));
            return packet;
        }
        return ByteBuffer.allocate(40 + payload.length).putInt(0x6000_0000).putShort((short) payload.length)
                .put((byte) protocol).put((byte) 64).put(from.toOctets()).put(to.toOctets()).put(payload).array();
    }

    /** Returns whether the checksums of a frame are right: that of the error, and that of what it quotes as a whole. */
    static boolean hasRightChecksums(byte[] frame) {
        boolean isIpv6 = frame[ETHERNET] >> 4 == 6;
        return isRight(frame, ETHERNET, isIpv6)
                && isRight(frame, ETHERNET + (isIpv6 ? 40 : 20) + 8, isIpv6);
    }

    private static boolean isRight(byte[] frame, int start, boolean isIpv6) {
        int length = isIpv6 ? 16 : 4;
        int addresses = start + (isIpv6 ? 8 : 12);
        int protocol = frame[start + (isIpv6 ? 6 : 9)] & 0xff;
        int payload = start + (isIpv6 ? 40 : 20);
        byte[] message = Arrays.copyOfRange(frame, payload, frame.length);
        IpAddress.Version version = isIpv6 ? IpAddress.Version.INET6 : IpAddress.Version.INET;
        byte[] pseudo = protocol == 1 ? new byte[0] : pseudoHeader(
                IpAddress.valueOf(version, Arrays.copyOfRange(frame, addresses, addresses + length)),
                IpAddress.valueOf(version, Arrays.copyOfRange(frame, addresses + length,
                                                                        addresses + 2 * length)),
                protocol, message.length);
        return protocol == 132 || checksum(pseudo, message) == 0;
    }

    private static byte[] pseudoHeader(IpAddress from, IpAddress to, int protocol, int length) {
        return ByteBuffer.allocate(2 * from.toOctets().length + 8).put(from.toOctets()).put(to.toOctets())
                .putInt(length).putInt(protocol).array();
    }

    private static int checksum(byte[] first, byte[] second) {
        long sum = sum(first) + sum(second);
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (~sum & 0xffff);
    }

    private static long sum(byte[] octets) {
        long sum = 0;
        for (int i = 0; i < octets.length; i++) {
            sum += (octets[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }
}
