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

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

import static org.assertj.core.api.Assertions.assertThat;

/** MAC addresses that mean something. */
class MeaningfulMacTest {

    @Test
    void aVipHasItsOctetsInItsAddress() {
        assertThat(VipMac.of(IpAddress.valueOf("198.51.100.1"))).isEqualTo(MacAddress.valueOf("0e:04:c6:33:64:01"));
    }

    @Test
    void vipsOfIpv6HaveAddressesThatNeverChange() {
        assertThat(VipMac.of(IpAddress.valueOf("2001:db8:1::1"))).isEqualTo(MacAddress.valueOf("0e:06:b7:cc:b8:b2"));
        assertThat(VipMac.of(IpAddress.valueOf("2001:db8:1::2")))
                .isNotEqualTo(VipMac.of(IpAddress.valueOf("2001:db8:1::1")));
    }

    @Test
    void aMarkIsReadAsItWasWritten() {
        MacAddress mac = MarkMac.of(MarkMac.mark(0xfffe, 0x8001));

        assertThat(mac).isEqualTo(MacAddress.valueOf("0a:00:ff:fe:80:01"));
        assertThat(MarkMac.isKnown(mac)).isTrue();
        assertThat(MarkMac.server(mac)).isEqualTo(0xfffe);
        assertThat(MarkMac.member(mac)).isEqualTo(0x8001);
    }

    @Test
    void otherAddressesAreNoMarks() {
        assertThat(MarkMac.isKnown(MarkMac.UNKNOWN)).isFalse();
        assertThat(MarkMac.isKnown(MacAddress.valueOf("0e:04:c6:33:64:01"))).isFalse();
    }
}
