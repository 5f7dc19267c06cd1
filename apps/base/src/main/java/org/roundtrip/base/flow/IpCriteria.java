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
package org.roundtrip.base.flow;

import org.onlab.packet.EthType.EtherType;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;

/**
 * What a rule can match in the header of an IP packet, in the words of its version: OpenFlow has fields of their own
 * for IPv4 and IPv6 (OpenFlow 1.3.5, section 7.2.3.7). A rule that matches any of them must match the {@link #version}
 * as well.
 */
public final class IpCriteria {

    private IpCriteria() {
    }

    /**
     * Matches packets of a version of IP.
     *
     * @param version the version
     * @return the criterion
     */
    public static Criterion version(IpAddress.Version version) {
        EtherType type = version == IpAddress.Version.INET ? EtherType.IPV4 : EtherType.IPV6;
        return Criteria.matchEthType(type.ethType());
    }

    /**
     * Matches packets from an address.
     *
     * @param address the address
     * @return the criterion
     */
    public static Criterion source(IpAddress address) {
        return source(address.toIpPrefix());
    }

    /**
     * Matches packets from the addresses of a prefix.
     *
     * @param prefix the prefix
     * @return the criterion
     */
    public static Criterion source(IpPrefix prefix) {
        return prefix.isIp4() ? Criteria.matchIPSrc(prefix) : Criteria.matchIPv6Src(prefix);
    }

    /**
     * Matches packets to an address.
     *
     * @param address the address
     * @return the criterion
     */
    public static Criterion destination(IpAddress address) {
        return destination(address.toIpPrefix());
    }

    /**
     * Matches packets to the addresses of a prefix.
     *
     * @param prefix the prefix
     * @return the criterion
     */
    public static Criterion destination(IpPrefix prefix) {
        return prefix.isIp4() ? Criteria.matchIPDst(prefix) : Criteria.matchIPv6Dst(prefix);
    }
}
