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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpAddress.Version;
import org.onlab.packet.IpPrefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProbeAddressesTest {

    private static final IpPrefix TARGETS_IPV4 = IpPrefix.valueOf("169.254.64.0/18");
    private static final IpPrefix TARGETS_IPV6 = IpPrefix.valueOf("fe80::de:1:0/114");

    @Test
    void targetsAreNumbered() {
        assertThat(ProbeAddresses.target(Version.INET, 1)).hasToString("169.254.64.1");
        assertThat(ProbeAddresses.target(Version.INET, 300)).hasToString("169.254.65.44");
        assertThat(ProbeAddresses.target(Version.INET, ProbeAddresses.TARGETS)).hasToString("169.254.127.254");
        assertThat(ProbeAddresses.target(Version.INET6, 1)).isEqualTo(IpAddress.valueOf("fe80::de:1:1"));
        assertThat(ProbeAddresses.target(Version.INET6, ProbeAddresses.TARGETS))
                .isEqualTo(IpAddress.valueOf("fe80::de:1:3ffe"));
    }

    @Property
    void targetsAreRoutedAndNobodyElses(@ForAll @IntRange(min = 1, max = ProbeAddresses.TARGETS) int number) {
        for (Version version : Version.values()) {
            IpAddress target = ProbeAddresses.target(version, number);
            assertThat((target.isIp4() ? TARGETS_IPV4 : TARGETS_IPV6).contains(target)).isTrue();
            assertThat(target).isNotEqualTo(ProbeAddresses.source(version));
            assertThat(target.isLinkLocal()).isTrue();
        }
    }

    @Test
    void thereAreNoOtherTargets() {
        for (int number : new int[]{-1, 0, ProbeAddresses.TARGETS + 1, 0x8001}) {
            assertThatThrownBy(() -> ProbeAddresses.target(Version.INET, number))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(Integer.toString(number));
        }
    }

    @Test
    void macAddressesAreLocalAndUnicast() {
        assertThat(ProbeAddresses.AGENT_MAC).isNotEqualTo(ProbeAddresses.GATEWAY_MAC);
        assertThat(ProbeAddresses.AGENT_MAC.toBytes()[0] & 3).isEqualTo(2);
        assertThat(ProbeAddresses.GATEWAY_MAC.toBytes()[0] & 3).isEqualTo(2);
    }
}
