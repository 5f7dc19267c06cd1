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
package org.roundtrip.clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.IpAddress;
import org.onosproject.net.HostId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClockReferenceTest {

    @Test
    void readsHostIds() {
        ClockReference reference = ClockReference.valueOf("00:00:00:00:00:0A/None");

        assertThat(reference.hostId()).contains(HostId.hostId("00:00:00:00:00:0A/None"));
        assertThat(reference.ipAddress()).isEmpty();
        assertThat(reference).isEqualTo(ClockReference.of(HostId.hostId("00:00:00:00:00:0a/None")))
                .hasSameHashCodeAs(ClockReference.of(HostId.hostId("00:00:00:00:00:0a/None")));
    }

    @Test
    void readsAddresses() {
        assertThat(ClockReference.valueOf("10.0.0.1").ipAddress()).contains(IpAddress.valueOf("10.0.0.1"));
        assertThat(ClockReference.valueOf("2001:db8::1").ipAddress()).contains(IpAddress.valueOf("2001:db8::1"));
        assertThat(ClockReference.valueOf("10.0.0.1").hostId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:01/None", "00:00:00:00:00:01/10", "10.0.0.1", "2001:db8::1",
            "of:0000000000000001/3"})
    void isWrittenAsItIsRead(String text) {
        ClockReference reference = ClockReference.valueOf(text);

        assertThat(Json.write(reference)).isEqualTo('"' + text + '"');
        assertThat(Json.read(Json.write(reference), ClockReference.class)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "h1", "10.0.0", "10.0.0.256", "10.0.0.1/24", "010.0.0.1.2", ":", ":::", "1::2::3",
            "00:00:00:00:00:01", "00:00:00:00:00:01/", "00:00:00:00:00:01/4096", "00:00:00:00:00:01/none",
            "00:00:00:00:00:01xNone", "00:00:00:00:00:0g/None",
            "00:00:00:00:00:01/None/None", "of:0000000000000001/x", "of:0000000000000001/"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> ClockReference.valueOf(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("00:00:00:00:00:01/None")
                .hasMessageContaining("10.0.0.1");
    }
}
