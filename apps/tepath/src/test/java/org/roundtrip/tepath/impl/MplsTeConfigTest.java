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
import org.onosproject.net.config.InvalidFieldException;
import org.roundtrip.tepath.compute.LabelRange;

import java.io.IOException;
import java.io.UncheckedIOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MplsTeConfigTest {

    @Test
    void readsWhatIsThere() {
        MplsTeConfig config = config(
                "{'mpls':true,'te':true,'labelRange':{'min':16,'max':1048575},'maintenance':true}");
        assertThat(config.isValid()).isTrue();
        assertThat(config.mpls()).isTrue();
        assertThat(config.te()).isTrue();
        assertThat(config.labelRange()).isEqualTo(LabelRange.of(16, 1_048_575));
        assertThat(config.maintenance()).isTrue();
    }

    @Test
    void grantsNothingByItself() {
        MplsTeConfig config = config("{}");
        assertThat(config.isValid()).isTrue();
        assertThat(config.mpls()).isFalse();
        assertThat(config.te()).isFalse();
        assertThat(config.labelRange()).isEqualTo(LabelRange.STANDARD);
        assertThat(config.maintenance()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'mpls':'perhaps'}",
        "{'te':1}",
        "{'maintenance':'tomorrow'}",
        "{'colour':'red'}",
        "{'labelRange':7}",
        "{'labelRange':{}}",
        "{'labelRange':{'min':16}}",
        "{'labelRange':{'min':15,'max':20}}",
        "{'labelRange':{'min':16,'max':1048576}}",
        "{'labelRange':{'min':20,'max':16}}",
        "{'labelRange':{'min':16.5,'max':20}}",
        "{'labelRange':{'min':16,'max':20,'step':1}}",
    })
    void refusesWhatIsNoCapability(String json) {
        assertThatThrownBy(() -> config(json).isValid()).isInstanceOf(InvalidFieldException.class);
    }

    private static MplsTeConfig config(String json) {
        ObjectMapper mapper = new ObjectMapper();
        MplsTeConfig config = new MplsTeConfig();
        try {
            config.init(EmulatedNetwork.device(1), MplsTeConfig.KEY,
                        (ObjectNode) mapper.readTree(json.replace('\'', '"')), mapper, change -> { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }
}
