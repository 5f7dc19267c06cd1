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

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;

import static org.assertj.core.api.Assertions.assertThat;

class IpCriteriaTest {

    private static final IpPrefix NETWORK = IpPrefix.valueOf("192.0.2.0/24");
    private static final IpPrefix NETWORK_6 = IpPrefix.valueOf("2001:db8::/32");
    private static final IpAddress HOST = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress HOST_6 = IpAddress.valueOf("2001:db8::1");

    @Test
    void matchesPacketsOfIpv4() {
        assertThat(match().add(IpCriteria.version(HOST.version()))
                           .add(IpCriteria.source(NETWORK)).add(IpCriteria.destination(NETWORK)).build())
                .isEqualTo(match().matchEthType(Ethernet.TYPE_IPV4)
                                   .matchIPSrc(NETWORK).matchIPDst(NETWORK).build());
    }

    @Test
    void matchesPacketsOfIpv6() {
        assertThat(match().add(IpCriteria.version(HOST_6.version()))
                           .add(IpCriteria.source(NETWORK_6)).add(IpCriteria.destination(NETWORK_6)).build())
                .isEqualTo(match().matchEthType(Ethernet.TYPE_IPV6)
                                   .matchIPv6Src(NETWORK_6).matchIPv6Dst(NETWORK_6).build());
    }

    @Test
    void matchesAnAddressAsThePrefixOfThisAddressOnly() {
        assertThat(IpCriteria.source(HOST)).isEqualTo(IpCriteria.source(IpPrefix.valueOf("192.0.2.1/32")));
        assertThat(IpCriteria.destination(HOST)).isEqualTo(IpCriteria.destination(IpPrefix.valueOf("192.0.2.1/32")));
        assertThat(IpCriteria.source(HOST_6)).isEqualTo(IpCriteria.source(IpPrefix.valueOf("2001:db8::1/128")));
        assertThat(IpCriteria.destination(HOST_6))
                .isEqualTo(IpCriteria.destination(IpPrefix.valueOf("2001:db8::1/128")));
    }

    private static TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder();
    }
}
