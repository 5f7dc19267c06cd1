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
package org.roundtrip.messaging.configuration;

import java.util.List;

/** Configurations for tests. */
public final class Configurations {

    private Configurations() {
    }

    /** Two data centres, a shop in the one and its billing in the other, each way direct. */
    public static MessagingConfiguration shop() {
        return MessagingConfiguration.builder()
                .version(7)
                .addDataCentres(dataCentre("north"), dataCentre("south"))
                .addApplications(application("shop", "north"), application("billing", "south"))
                .addQueues(queue("orders", "billing", "shop"), queue("receipts", "shop", "billing"))
                .addRoutes(route("north", "south", 10), route("south", "north", 10))
                .build();
    }

    /** Returns a data centre with a server of its own and without a network. */
    public static DataCentre dataCentre(String name) {
        return DataCentre.builder().name(name).addBootstrapServers("kafka." + name + ":9092").build();
    }

    /** Returns an application that can't connect. */
    public static Application application(String name, String dataCentre) {
        return Application.builder().name(name).dataCentre(dataCentre).build();
    }

    /** Returns a queue with topics of its own name. */
    public static MessageQueue queue(String name, String processor, String... senders) {
        return MessageQueue.builder().name(name).processor(processor).senders(List.of(senders)).build();
    }

    /** Returns a route without a network. */
    public static MessageRoute route(String from, String to, int cost) {
        return MessageRoute.builder().from(from).to(to).cost(cost).build();
    }
}
