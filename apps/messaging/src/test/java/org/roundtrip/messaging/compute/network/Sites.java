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
package org.roundtrip.messaging.compute.network;

import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.util.List;

/** Two data centres that tell their brokers by address, and routes between them. */
public final class Sites {

    public static final String PATH = "messaging.north.south";

    private Sites() {
    }

    /** The plan while no te-path is there, and no port is known. */
    public static NetworkPlan plan(MessagingConfiguration configuration) {
        return NetworkPlan.of(configuration, GatewayChoice.of(List.of(), port -> false));
    }

    public static DataCentre north() {
        return DataCentre.builder().name("north").addBootstrapServers("10.1.0.20:9092")
                .addGateways("of:00000000000000a1/1").addProxies("10.1.0.10").build();
    }

    public static DataCentre south() {
        return DataCentre.builder().name("south").addBootstrapServers("10.2.0.20:9092", "10.2.0.21:9093")
                .addGateways("of:00000000000000b1/4").addProxies("10.2.0.10").build();
    }

    public static MessageRoute southwards(long bandwidth) {
        return MessageRoute.builder().from("north").to("south").bandwidth(bandwidth).isProtected(bandwidth > 0)
                .build();
    }

    public static MessageRoute northwards(long bandwidth) {
        return MessageRoute.builder().from("south").to("north").bandwidth(bandwidth).build();
    }

    public static MessagingConfiguration with(MessageRoute... routes) {
        return with(List.of(north(), south()), routes);
    }

    public static MessagingConfiguration with(List<DataCentre> dataCentres, MessageRoute... routes) {
        return MessagingConfiguration.builder().version(1).addAllDataCentres(dataCentres).addRoutes(routes).build();
    }
}
