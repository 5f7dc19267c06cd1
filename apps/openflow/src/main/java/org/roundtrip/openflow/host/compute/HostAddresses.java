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
package org.roundtrip.openflow.host.compute;

import com.google.common.collect.ImmutableList;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

import java.util.List;

/**
 * Which addresses a station of its own can have.
 */
public final class HostAddresses {

    // As text, this prefix would be taken for one of IPv4.
    private static final IpPrefix IPV4_MAPPED = IpPrefix.valueOf(
            IpAddress.Version.INET6, new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96);

    /**
     * What never is the address of one station: RFC 1122, section 3.2.1.3 (this network, loopback); RFC 3927
     * (self-assigned for want of a better one); RFC 5771 (multicast); RFC 1112 (reserved, with the broadcast address);
     * RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2 and 2.7 (unspecified, loopback, IPv4-mapped, multicast).
     */
    private static final List<IpPrefix> NOT_OF_A_HOST = ImmutableList.of(
            IpPrefix.valueOf("0.0.0.0/8"), IpPrefix.valueOf("127.0.0.0/8"), IpPrefix.valueOf("169.254.0.0/16"),
            IpPrefix.valueOf("224.0.0.0/4"), IpPrefix.valueOf("240.0.0.0/4"),
            IpPrefix.valueOf("::/127"), IPV4_MAPPED, IpPrefix.valueOf("ff00::/8"));

    private HostAddresses() {
    }

    /**
     * Returns whether a station can have this IP address.
     *
     * @param address any address
     * @return false for unspecified, loopback, self-assigned IPv4, multicast, broadcast and reserved addresses
     */
    public static boolean isOfHost(IpAddress address) {
        return NOT_OF_A_HOST.stream()
                .filter(prefix -> prefix.version() == address.version())
                .noneMatch(prefix -> prefix.contains(address));
    }

    /**
     * Returns whether a station can have this MAC address.
     *
     * @param address any address
     * @return false for group addresses, zero, and those that ONOS itself sends from
     */
    public static boolean isOfHost(MacAddress address) {
        return !address.isMulticast() && !address.isBroadcast() && !address.equals(MacAddress.ZERO)
                && !address.isOnos();
    }
}
