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
package org.roundtrip.tepath.impl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.net.LinkKey;
import org.onosproject.net.config.InvalidFieldException;
import org.roundtrip.tepath.compute.LinkSettings;

import java.io.IOException;
import java.io.UncheckedIOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TeLinkConfigTest {

    @Test
    void readsWhatIsThere() {
        TeLinkConfig config = config("{'bandwidth':9223372036854775807,'delay':1000000000,'teMetric':16777215,"
                + "'affinities':[0,31],'srlgs':[2147483647,0],'maintenance':true}");
        assertThat(config.isValid()).isTrue();
        assertThat(config.settings()).isEqualTo(LinkSettings.builder()
                .bandwidth(Long.MAX_VALUE).delay(1_000_000_000L).teMetric(16_777_215)
                .affinities(0x8000_0001).addSharedRisks(0, Integer.MAX_VALUE).maintenance(true).build());
    }

    @Test
    void saysNothingByItself() {
        TeLinkConfig config = config("{}");
        assertThat(config.isValid()).isTrue();
        assertThat(config.settings()).isEqualTo(LinkSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'bandwidth':-1}                   | bandwidth     | bit/s",
        "{'bandwidth':9223372036854775808}  | bandwidth     | bit/s",
        "{'bandwidth':'10G'}                | bandwidth     | 10G",
        "{'bandwidth':1.5}                  | bandwidth     | whole",
        "{'bandwidth':null}                 | bandwidth     | bit/s",
        "{'delay':-1}                       | delay         | nanoseconds",
        "{'delay':1000000001}               | delay         | 1000000000",
        "{'teMetric':16777216}              | teMetric      | 16777215",
        "{'teMetric':-1}                    | teMetric      | 0 to",
        "{'affinities':3}                   | affinities    | array",
        "{'affinities':[32]}                | affinities[0] | 31",
        "{'affinities':[1,-1]}              | affinities[1] | 0 to",
        "{'affinities':['gold']}            | affinities[0] | gold",
        "{'affinities':[3,3]}               | affinities[1] | twice",
        "{'srlgs':{}}                       | srlgs         | array",
        "{'srlgs':[2147483648]}             | srlgs[0]      | 2147483647",
        "{'srlgs':[7,7]}                    | srlgs[1]      | twice",
        "{'maintenance':'tomorrow'}         | maintenance   | ",
        "{'metric':1}                       | metric        | allowed",
    })
    void namesTheFieldAndWhatWouldBeRight(String json, String field, String hint) {
        InvalidFieldException refusal = catchThrowableOfType(() -> config(json).isValid(),
                                                             InvalidFieldException.class);
        assertThat(refusal).as("refusal of %s", json).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.reason()).contains(hint == null ? "" : hint);
    }

    private static TeLinkConfig config(String json) {
        ObjectMapper mapper = new ObjectMapper();
        TeLinkConfig config = new TeLinkConfig();
        try {
            config.init(LinkKey.linkKey(EmulatedNetwork.port(1, 2), EmulatedNetwork.port(2, 1)), TeLinkConfig.KEY,
                        (ObjectNode) mapper.readTree(json.replace('\'', '"')), mapper, change -> { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }
}
