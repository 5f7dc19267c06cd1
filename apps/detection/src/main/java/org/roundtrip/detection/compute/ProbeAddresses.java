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

import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.roundtrip.detection.protocol.ReservedSource;

import java.nio.ByteBuffer;

/**
 * The addresses of probes between an agent and the switch of its service node, which is the only one to see them.
 * <p>
 * An agent sends from its {@linkplain #source source} to a {@linkplain #target target}: there is one for each address
 * of a service at each network interface of a member, which the switch rewrites. The agent's host routes all targets to
 * a gateway that does not exist and whose MAC address it knows, so nobody asks for the address of a target.
 */
public final class ProbeAddresses {

    /** How many targets an agent may have in each version of IP. */
    public static final int TARGETS = 0x3ffe;

    /** The MAC address of the interface by which an agent probes, the same at every agent. */
    public static final MacAddress AGENT_MAC = MacAddress.valueOf("0e:de:00:00:00:01");

    /** The MAC address to which an agent sends all probes. */
    public static final MacAddress GATEWAY_MAC = MacAddress.valueOf("0e:de:00:00:00:02");

    private static final IpAddress SOURCE_IPV4 = IpAddress.valueOf(ReservedSource.IPV4);
    private static final IpAddress SOURCE_IPV6 = IpAddress.valueOf(ReservedSource.IPV6);

    /** Of 169.254.64.0/18: the half above it has the metadata service of clouds and the routers of OpenStack. */
    private static final byte[] TARGET_IPV4 = Ip4Address.valueOf("169.254.64.0").toOctets();
    private static final byte[] TARGET_IPV6 = Ip6Address.valueOf("fe80::de:1:0").toOctets();

    private ProbeAddresses() {
    }

    /**
     * Returns from where probes are sent.
     *
     * @param version the version of IP
     * @return {@link ReservedSource#IPV4} or {@link ReservedSource#IPV6}
     */
    public static IpAddress source(IpAddress.Version version) {
        return version == IpAddress.Version.INET ? SOURCE_IPV4 : SOURCE_IPV6;
    }

    /**
     * Returns a target.
     *
     * @param version the version of IP
     * @param number  which one, 1 to {@link #TARGETS}
     * @return an address of 169.254.64.0/18 or fe80::de:1:0/114
     * @throws IllegalArgumentException if there is none of this number
     */
    public static IpAddress target(IpAddress.Version version, int number) {
        if (number < 1 || number > TARGETS) {
            throw new IllegalArgumentException("no target " + number);
        }
        byte[] octets = (version == IpAddress.Version.INET ? TARGET_IPV4 : TARGET_IPV6).clone();
        int last = octets.length - Short.BYTES;
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return IpAddress.valueOf(version, buffer.putShort(last, (short) (buffer.getShort(last) | number)).array());
    }
}
