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
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationEditsTest {

    private static final MessagingConfiguration SHOP = MessagingExamples.shop();

    @Test
    void putsInThePlaceOfWhatIsThereAndBehindAllElse() {
        DataCentre moved = DataCentre.builder().name("north").addBootstrapServers("other:1").build();
        assertThat(ConfigurationEdits.put(SHOP, moved).dataCentres()).containsExactly(moved, SHOP.dataCentres().get(1));
        Application audit = Application.builder().name("audit").dataCentre("north").build();
        assertThat(ConfigurationEdits.put(SHOP, audit).applications()).hasSize(3).endsWith(audit);
        MessageQueue wider = MessageQueue.builder().from(SHOP.queues().get(1)).partitions(9).build();
        assertThat(ConfigurationEdits.put(SHOP, wider).queues()).containsExactly(SHOP.queues().get(0), wider);
        MessageRoute dear = MessageRoute.builder().from("south").to("north").cost(9).build();
        assertThat(ConfigurationEdits.put(SHOP, dear).routes()).containsExactly(SHOP.routes().get(0), dear);
        assertThat(ConfigurationEdits.put(SHOP, dear).version()).isEqualTo(SHOP.version());
    }

    @Test
    void putsNothingNewTwice() {
        assertThat(ConfigurationEdits.put(SHOP, MessagingExamples.north())).isEqualTo(SHOP);
        assertThat(ConfigurationEdits.put(SHOP, MessagingExamples.route())).isEqualTo(SHOP);
        assertThat(ConfigurationEdits.pause(SHOP, "north", "south", false)).isEqualTo(SHOP);
    }

    @Test
    void removesARouteWithItsOrders() {
        MessagingConfiguration without = ConfigurationEdits.removeRoute(SHOP, "north", "south");
        assertThat(without.routes()).containsExactly(SHOP.routes().get(1));
        assertThat(without.orders()).isEmpty();
    }

    @Test
    void removesNothingThatIsNotThere() {
        assertThatThrownBy(() -> ConfigurationEdits.removeDataCentre(SHOP, "east"))
                .isInstanceOf(NotFoundException.class).hasMessage("name: there is no data centre 'east'");
        assertThatThrownBy(() -> ConfigurationEdits.removeApplication(SHOP, "x")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ConfigurationEdits.removeQueue(SHOP, "x")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ConfigurationEdits.removeRoute(SHOP, "north", "east"))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ConfigurationEdits.pause(SHOP, "north", "east", true))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void numbersAnOrderByTheVersionThatItMakes() {
        MessagingConfiguration ordered = ConfigurationEdits.order(SHOP, "north", "south", RouteOrder.Move.SKIP,
                                                                  MessagingExamples.NOON);
        assertThat(ordered.orders()).containsExactly(
                RouteOrder.builder().from("north").to("south").number(8).move(RouteOrder.Move.SKIP)
                        .since(MessagingExamples.NOON).build());
    }

    @Test
    void keepsOrdersWhenTheWholeIsReplaced() {
        MessagingConfiguration without = MessagingConfiguration.builder().from(SHOP).orders(List.of()).version(3)
                .build();
        assertThat(ConfigurationEdits.replace(SHOP, without)).isEqualTo(SHOP);
        assertThat(ConfigurationEdits.replace(SHOP, SHOP)).isEqualTo(SHOP);
        MessagingConfiguration less = MessagingConfiguration.builder().from(without)
                .routes(SHOP.routes().subList(1, 2)).build();
        assertThat(ConfigurationEdits.replace(SHOP, less).orders()).isEmpty();
        MessagingConfiguration forged = MessagingConfiguration.builder().from(SHOP).addOrders(
                RouteOrder.builder().from("south").to("north").number(1).move(RouteOrder.Move.SKIP)
                        .since(MessagingExamples.NOON).build()).build();
        assertThatThrownBy(() -> ConfigurationEdits.replace(SHOP, forged)).isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("orders: ");
    }
}
