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
package org.roundtrip.openflow.compute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.net.PortNumber;
import org.projectfloodlight.openflow.types.OFPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortNumbersTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65534, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ff00L, -8, -5, -3, -2, -1})
    void allNumbersComeBack(long number) {
        PortNumber port = PortNumber.portNumber(number);

        assertThat(PortNumbers.decode(PortNumbers.encode(port))).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"IN_PORT, fffffff8", "NORMAL, fffffffa", "FLOOD, fffffffb", "ALL, fffffffc", "CONTROLLER, fffffffd",
            "LOCAL, fffffffe"})
    void reservedNumbersAreLogicalPorts(String name, String number) {
        PortNumber port = PortNumbers.decode(OFPort.of((int) Long.parseLong(number, 16)));

        assertThat(port.isLogical()).isTrue();
        assertThat(port).hasToString(name);
    }

    @Test
    void numbersThatOpenFlowLacksAreNamed() {
        assertThatThrownBy(() -> PortNumbers.encode(PortNumber.portNumber(1L << 32)))
                .isInstanceOf(RuleEncodingException.class).hasMessageContaining("4294967296");
        assertThatThrownBy(() -> PortNumbers.encode(PortNumber.portNumber(-9)))
                .isInstanceOf(RuleEncodingException.class);
        assertThatThrownBy(() -> PortNumbers.encode(PortNumber.portNumber(0xffff_fff7L)))
                .isInstanceOf(RuleEncodingException.class);
    }
}
