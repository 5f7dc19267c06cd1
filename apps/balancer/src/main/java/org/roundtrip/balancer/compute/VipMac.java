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

import com.google.common.hash.Hashing;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

import java.nio.ByteBuffer;

/**
 * The MAC addresses of virtual IP addresses. They follow from the IP address alone, so that neighbours need not forget
 * what they know when access switches change.
 * <p>
 * An address is locally administered (IEEE 802-2014, section 8.4): 0e:04 and the four octets of an IPv4 address, or
 * 0e:06 and four octets of the hash of an IPv6 address, which may be the same for two of them.
 */
public final class VipMac {

    private static final short IPV4_PREFIX = 0x0e04;
    private static final short IPV6_PREFIX = 0x0e06;

    private VipMac() {
    }

    /**
     * Returns the MAC address of a virtual IP address.
     *
     * @param vip the virtual IP address
     * @return its MAC address
     */
    public static MacAddress of(IpAddress vip) {
        byte[] octets = vip.toOctets();
        ByteBuffer mac = ByteBuffer.allocate(MacAddress.MAC_ADDRESS_LENGTH);
        if (vip.isIp4()) {
            mac.putShort(IPV4_PREFIX).put(octets);
        } else {
            mac.putShort(IPV6_PREFIX).putInt((int) Hashing.sipHash24().hashBytes(octets).asLong());
        }
        return MacAddress.valueOf(mac.array());
    }
}
