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

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Echo messages of ICMP (RFC 792) and ICMPv6 (RFC 4443, section 4), and errors that quote them.
 *
 * <p>A request carries a key of the process and the number of the probe. Identifier and sequence number are too short
 * to tell thousands of probes of several processes apart.
 */
public final class EchoMessage {

    static final int HEADER = 8;
    private static final int LENGTH = HEADER + 2 * Long.BYTES;
    static final int IPV6_HEADER = 40;

    private EchoMessage() {
    }

    /** The two versions of ICMP. */
    public enum Version {
        /** ICMP. */
        V4(8, 0, 3, 11),
        /** ICMPv6. */
        V6(128, 129, 1, 3);

        private final int request;
        private final int reply;
        private final int unreachable;
        private final int timeExceeded;

        Version(int request, int reply, int unreachable, int timeExceeded) {
            this.request = request;
            this.reply = reply;
            this.unreachable = unreachable;
            this.timeExceeded = timeExceeded;
        }

        /**
         * Returns the types of the messages that an agent listens to.
         *
         * @return echo reply, destination unreachable, time exceeded
         */
        public int[] answers() {
            return new int[] {reply, unreachable, timeExceeded};
        }

        /**
         * Returns the type of the message that something can't be reached.
         *
         * @return destination unreachable
         */
        public int unreachable() {
            return unreachable;
        }
    }

    /**
     * What has come back.
     *
     * @param probe   the number of the probe
     * @param outcome what it says
     */
    public record Answer(long probe, Outcome outcome) {
    }

    /**
     * Returns an echo request. The checksum is that of ICMP; for ICMPv6 the kernel puts in another.
     *
     * @param version the version
     * @param key     what tells this process from others
     * @param probe   the number of the probe
     * @return the message
     */
    public static byte[] request(Version version, long key, long probe) {
        ByteBuffer message = ByteBuffer.allocate(LENGTH)
                .put((byte) version.request).put((byte) 0).putShort((short) 0)
                .putShort((short) key).putShort((short) probe)
                .putLong(key).putLong(probe);
        message.putShort(2, checksum(message.array()));
        return message.array();
    }

    /**
     * Reads what a raw socket has received.
     *
     * @param version  the version
     * @param key      what tells this process from others
     * @param received an IPv4 packet, or an ICMPv6 message without its IPv6 header
     * @return the answer to a request of this process, or empty if it is something else
     */
    public static Optional<Answer> read(Version version, long key, ByteBuffer received) {
        int message = version == Version.V4 ? headerLength(received, 0) : 0;
        if (received.limit() < message + HEADER) {
            return Optional.empty();
        }
        int type = received.get(message) & 0xff;
        if (type == version.reply) {
            return probe(key, received, message).map(probe -> new Answer(probe, Outcome.good("echo reply")));
        }
        if (type == version.unreachable || type == version.timeExceeded) {
            int quoted = message + HEADER;
            int request = quoted + (version == Version.V4 ? headerLength(received, quoted) : IPV6_HEADER);
            String reason = type == version.unreachable
                    ? "host unreachable (ICMP code " + (received.get(message + 1) & 0xff) + ")" : "time exceeded";
            return received.limit() > request && (received.get(request) & 0xff) == version.request
                    ? probe(key, received, request).map(probe -> new Answer(probe, Outcome.bad(reason)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Long> probe(long key, ByteBuffer received, int message) {
        return received.limit() >= message + LENGTH && received.getLong(message + HEADER) == key
                ? Optional.of(received.getLong(message + HEADER + Long.BYTES)) : Optional.empty();
    }

    /** Returns the length of an IPv4 header (RFC 791, section 3.1), or more than there is. */
    static int headerLength(ByteBuffer received, int at) {
        return received.limit() > at ? (received.get(at) & 0x0f) * 4 : received.limit();
    }

    /** Returns the Internet checksum (RFC 1071). */
    private static short checksum(byte[] message) {
        ByteBuffer words = ByteBuffer.wrap(message);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum += sum >>> 16;
        return (short) ~sum;
    }
}
