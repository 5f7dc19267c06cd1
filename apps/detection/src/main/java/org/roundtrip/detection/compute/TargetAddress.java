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
package org.roundtrip.detection.compute;

import org.onlab.packet.IpAddress;

import java.nio.ByteBuffer;

/**
 * The addresses to which agents send probes. They are link-local (RFC 3927, RFC 4291), and mean something between an
 * agent and the switch of its node only.
 */
public final class TargetAddress {

    /** The highest number of a target. */
    public static final int LAST = 32_766;

    /** 169.254.128.0/17, of which neither the first nor the last address is a target. */
    private static final int IPV4 = 0xa9fe8000;
    /** fe80::de:1:0/112. */
    private static final byte[] IPV6 = IpAddress.valueOf("fe80::de:1:0").toOctets();

    private TargetAddress() {
    }

    /**
     * Returns the address of a target.
     *
     * @param version the version of IP
     * @param number  1 to {@link #LAST}
     * @return a link-local address
     * @throws IllegalArgumentException if there is no such number
     */
    public static IpAddress of(IpAddress.Version version, int number) {
        if (number < 1 || number > LAST) {
            throw new IllegalArgumentException("A target has a number from 1 to " + LAST + ", not " + number);
        }
        if (version == IpAddress.Version.INET) {
            return IpAddress.valueOf(IPV4 + number);
        }
        byte[] octets = IPV6.clone();
        ByteBuffer.wrap(octets).putShort(octets.length - Short.BYTES, (short) number);
        return IpAddress.valueOf(IpAddress.Version.INET6, octets);
    }
}
