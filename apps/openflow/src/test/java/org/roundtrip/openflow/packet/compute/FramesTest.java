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
package org.roundtrip.openflow.packet.compute;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class FramesTest {

    private static final int[] ETHER_TYPES = {0x0800, 0x0806, 0x86dd, 0x88cc, 0x8942, 0x8100, 0x88a8, 0x8847, 0x88f7};

    @Example
    void frameIsParsed() {
        Ethernet request = ARP.buildArpRequest(new byte[]{2, 0, 0, 0, 0, 1}, new byte[]{10, 0, 0, 1},
                                               new byte[]{10, 0, 0, 2}, Ethernet.VLAN_UNTAGGED);
        assertThat(Frames.parse(request.serialize()).orElseThrow().getPayload()).isInstanceOf(ARP.class);
    }

    @Property(tries = 2_000)
    void anyBytesAreAFrameOrNot(@ForAll @Size(max = 200) byte[] frame) {
        assertThatCode(() -> Frames.parse(frame)).doesNotThrowAnyException();
    }

    @Property(tries = 2_000)
    void anyPayloadOfAKnownTypeIsAFrameOrNot(@ForAll @Size(min = 14, max = 200) byte[] bytes, @ForAll byte choice) {
        byte[] frame = Arrays.copyOf(bytes, bytes.length);
        int type = ETHER_TYPES[Byte.toUnsignedInt(choice) % ETHER_TYPES.length];
        frame[12] = (byte) (type >> 8);
        frame[13] = (byte) type;
        assertThatCode(() -> Frames.parse(frame)).doesNotThrowAnyException();
    }
}
