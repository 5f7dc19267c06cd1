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

import org.onlab.packet.MacAddress;

import java.nio.ByteBuffer;

/**
 * The destination MAC addresses of packets that a member's switch gives to the controller: they say whose connection a
 * packet belongs to, which a switch knows by the mark of the connection and OpenFlow 1.3 has no
 * field for.
 * <p>
 * An address is locally administered (IEEE 802-2014, section 8.4): 0a:00, two octets of the virtual server's number,
 * and two of the member's. The latter is never 0, so zeros mean that the connection is not known.
 */
public final class MarkMac {

    /** The address of a packet whose connection is not known, into whose last four octets a mark may be moved. */
    public static final MacAddress UNKNOWN = of(0);

    private static final short PREFIX = 0x0a00;
    private static final int MEMBER_BITS = 16;
    private static final int MEMBER_MASK = 0xffff;

    private MarkMac() {
    }

    /** Returns the address that says a mark, of which only the last 32 bits are used. */
    static MacAddress of(long mark) {
        return MacAddress.valueOf(ByteBuffer.allocate(MacAddress.MAC_ADDRESS_LENGTH)
                                          .putShort(PREFIX).putInt((int) mark).array());
    }

    /** Returns the mark of the connections of a member. */
    static long mark(int server, int member) {
        return (long) server << MEMBER_BITS | member;
    }

    /**
     * Returns whether an address says whose a connection is.
     *
     * @param mac an address
     * @return true if {@link #server} and {@link #member} mean something
     */
    public static boolean isKnown(MacAddress mac) {
        return ByteBuffer.wrap(mac.toBytes()).getShort() == PREFIX && member(mac) != 0;
    }

    /**
     * Returns the virtual server.
     *
     * @param mac an address
     * @return {@link ServerPlan#number}
     */
    public static int server(MacAddress mac) {
        return mark(mac) >>> MEMBER_BITS;
    }

    /**
     * Returns the member.
     *
     * @param mac an address
     * @return {@link MemberPlace#number}, or 0 if the connection is not known
     */
    public static int member(MacAddress mac) {
        return mark(mac) & MEMBER_MASK;
    }

    private static int mark(MacAddress mac) {
        return ByteBuffer.wrap(mac.toBytes()).getInt(Short.BYTES);
    }
}
