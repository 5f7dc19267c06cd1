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
package org.roundtrip.messaging.proxy.launcher;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaPropertiesTest {

    @Test
    void whatIsGivenForAllHoldsEverywhereButWhereADataCentreHasItsOwn() {
        KafkaProperties properties = new KafkaProperties(Map.of(
                "security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "south.security.protocol", "SSL"));

        assertThat(properties.of("north")).containsExactlyInAnyOrderEntriesOf(Map.of(
                "security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
        assertThat(properties.of("south")).isEqualTo(Map.of("security.protocol", "SSL", "sasl.mechanism", "PLAIN"));
    }

    @Test
    void dataCentresMayHaveDotsInTheirNames() {
        KafkaProperties properties = new KafkaProperties(Map.of("eu.south.ssl.key.password", "secret"));

        assertThat(properties.of("eu.south")).isEqualTo(Map.of("ssl.key.password", "secret"));
        assertThat(properties.of("eu")).isEmpty();
        assertThat(properties.of("south")).isEmpty();
    }

    @Test
    void aSettingOfKafkaIsNeverTakenForOneOfADataCentre() {
        // "keystore.location" is no setting, and "ssl" would be a strange data centre.
        KafkaProperties properties = new KafkaProperties(Map.of("ssl.keystore.location", "/keys",
                                                                "sasl.client.callback.handler.class", "Handler"));

        assertThat(properties.of("ssl")).containsKeys("ssl.keystore.location", "sasl.client.callback.handler.class")
                .hasSize(2);
    }

    @Test
    void whatKafkaDoesNotKnowGoesToPluginsOfItsClients() {
        KafkaProperties properties = new KafkaProperties(Map.of("config.providers.file.class", "Provider"));

        assertThat(properties.of("north")).isEqualTo(Map.of("config.providers.file.class", "Provider"));
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new KafkaProperties(Map.of("sasl.jaas.config", "secret"))).hasToString("kafka.{sasl.jaas.config}");
    }
}
