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
package org.roundtrip.clock.compute.message;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.clock.UnicastMessageType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IdentitiesTest {

    @Property
    void clockIdentityIsReadAsItIsWritten(@ForAll long octets) {
        ClockIdentity identity = ClockIdentity.of(octets);
        assertThat(ClockIdentity.valueOf(identity.toString())).isEqualTo(identity);
    }

    @Test
    void clockIdentityIsWrittenAsClocksDo() {
        assertThat(ClockIdentity.of(0x001122FFFE334455L)).hasToString("001122.fffe.334455");
        assertThat(PortIdentity.ALL).hasToString("ffffff.ffff.ffffff-65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "001122.fffe.33445", "001122fffe334455", "001122.fffe.33445g", "-01122.fffe.334455"})
    void wrongClockIdentityIsRefused(String text) {
        assertThatThrownBy(() -> ClockIdentity.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void portNumberThatTheWireHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> PortIdentity.of(ClockIdentity.ALL, 65_536))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortIdentity.of(ClockIdentity.ALL, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyMessagesThatCrossNetworksCanBeAskedFor() {
        for (UnicastMessageType type : UnicastMessageType.values()) {
            assertThat(MessageTypes.unicast(MessageTypes.number(type))).contains(type);
        }
        assertThat(MessageTypes.unicast(MessageTypes.PDELAY_RESP)).isEmpty();
        assertThat(MessageTypes.unicast(MessageTypes.SIGNALLING)).isEmpty();
    }
}
