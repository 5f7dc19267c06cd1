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
package org.roundtrip.messaging.compute;

import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.FieldChange;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationDifferenceTest {

    private static final MessagingConfiguration SHOP = MessagingExamples.shop();

    @Test
    void namesWhatIsNewAndWhatIsGone() {
        MessagingConfiguration nothing = MessagingConfiguration.builder().version(0).build();
        assertThat(ConfigurationDifference.between(nothing, SHOP)).extracting(ConfigurationChange::item)
                .containsExactly("applications/billing", "applications/shop", "data-centres/north",
                                 "data-centres/south", "orders/north/south", "queues/orders", "queues/receipts",
                                 "routes/north/south", "routes/south/north");
        assertThat(ConfigurationDifference.between(nothing, SHOP))
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(ConfigurationChange.Kind.ADDED));
        assertThat(ConfigurationDifference.between(SHOP, nothing)).hasSize(9)
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(ConfigurationChange.Kind.REMOVED));
    }

    @Test
    void namesTheFieldsThatDiffer() {
        DataCentre moved = DataCentre.builder().from(MessagingExamples.north())
                .bootstrapServers(List.of("other:1", "another:2")).partitions(4).publicTopic(Optional.empty())
                .build();
        assertThat(ConfigurationDifference.between(SHOP, ConfigurationEdits.put(SHOP, moved))).containsExactly(
                ConfigurationChange.builder().item("data-centres/north").kind(ConfigurationChange.Kind.CHANGED)
                        .addFields(FieldChange.builder().name("bootstrap-servers")
                                           .before("[kafka-1.north.example.net:9092, [2001:db8::1]:9092]")
                                           .after("[other:1, another:2]").build(),
                                   FieldChange.builder().name("partitions").before("3").after("4").build(),
                                   FieldChange.builder().name("public-topic").before("for.north").build())
                        .build());
    }

    @Test
    void findsNothingInVersionsAndOrder() {
        MessagingConfiguration turned = MessagingConfiguration.builder().from(SHOP).version(8)
                .routes(List.of(SHOP.routes().get(1), SHOP.routes().get(0))).build();
        assertThat(ConfigurationDifference.between(SHOP, turned)).isEmpty();
    }
}
