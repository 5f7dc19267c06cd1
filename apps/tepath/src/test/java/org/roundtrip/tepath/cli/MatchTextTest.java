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
package org.roundtrip.tepath.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.roundtrip.base.RequestException;
import org.roundtrip.tepath.TrafficMatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MatchTextTest {

    @Test
    void readsMatches() {
        assertThat(MatchText.parse("forward-traffic[0]", "ip-protocol=17,destination-port=319,ip-source=10.0.0.0/8,"
                + "eth-source=00:00:00:00:00:01")).isEqualTo(
                        TrafficMatch.builder().ipProtocol(17).destinationPort(319)
                                .ipSource(IpPrefix.valueOf("10.0.0.0/8"))
                                .ethSource(MacAddress.valueOf("00:00:00:00:00:01")).build());
        assertThat(MatchText.parse("forward-traffic[0]", "any")).isEqualTo(TrafficMatch.builder().build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ip-protocol                    | forward-traffic[2]             | FIELD=VALUE",
        "=17                            | forward-traffic[2]             | FIELD=VALUE",
        "ip-protocol=17,                | forward-traffic[2]             | FIELD=VALUE",
        "ip-protocol=17,ip-protocol=6   | forward-traffic[2]             | twice",
        "ip-protocol=udp                | forward-traffic[2].ip-protocol | whole number",
        "ip-protocol=300                | forward-traffic[2].ip-protocol | 255",
        "colour=red                     | forward-traffic[2].colour      | unknown",
        "destination-port=319           | forward-traffic[2].ip-protocol | UDP",
    })
    void refusesWhatIsNoMatch(String text, String field, String hint) {
        RequestException refusal = catchThrowableOfType(() -> MatchText.parse("forward-traffic[2]", text),
                                                        RequestException.class);
        assertThat(refusal.errors().get(0).field()).isEqualTo(field);
        assertThat(refusal.errors().get(0).detail()).contains(hint);
    }
}
