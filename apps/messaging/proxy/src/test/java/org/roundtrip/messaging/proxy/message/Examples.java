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
package org.roundtrip.messaging.proxy.message;

import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A shop, a payment and an audit in the north, a ledger in the south.
 */
public final class Examples {

    private Examples() {
    }

    /**
     * Returns the configuration.
     *
     * @param north the storage server in the north
     * @return one in which the shop sends to the payment, local, and to the ledger, remote
     */
    public static MessagingConfiguration.Builder configuration(List<String> north) {
        MessagingConfiguration.Builder configuration = MessagingConfiguration.builder();
        configuration.version(7)
                .addDataCentres(dataCentre("north", north), dataCentre("south", List.of("192.0.2.1:9092")))
                .addApplications(application("shop", "north"), application("payment", "north"),
                                 application("audit", "north"),
                                 application("ledger", "south"))
                .addQueues(queue("payments", "payment"), queue("audits", "audit"), queue("bookings", "ledger"))
                .addRoutes(route().build());
        return configuration;
    }

    private static DataCentre dataCentre(String name, List<String> servers) {
        DataCentre.Builder dataCentre = DataCentre.builder();
        return dataCentre.name(name).bootstrapServers(servers).partitions(2).build();
    }

    /** Its token is "token of NAME". */
    private static Application application(String name, String dataCentre) {
        Application.Builder application = Application.builder();
        return application.name(name).dataCentre(dataCentre).addTokens(digest("token of " + name)).build();
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(
                    token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageQueue queue(String name, String processor) {
        MessageQueue.Builder queue = MessageQueue.builder();
        return queue.name(name).addSenders("shop").processor(processor).partitions(2).build();
    }

    static MessageRoute.Builder route() {
        MessageRoute.Builder route = MessageRoute.builder();
        route.from("north").to("south").timeToLive(Duration.ofHours(1));
        return route;
    }
}
