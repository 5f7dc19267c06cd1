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
package org.roundtrip.messaging.proxy.routing;

import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.compute.Correspondence;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A carrier of messages in a process of its own, which can be killed: {@code CarrierProgram SERVERS-OF-A SERVERS-OF-B
 * PARTITIONS NAME}. It carries from data centre a to data centre b.
 */
public final class CarrierProgram {

    private CarrierProgram() {
    }

    public static void main(String[] arguments) {
        CarrierSettings settings = CarrierSettings.of("a", "b", "b", "roundtrip.public.b", () -> 16 << 20);
        List<String> local = List.of(arguments[0]);
        int partitions = Integer.parseInt(arguments[2]);
        KafkaRouteEnds ends = new KafkaRouteEnds(
                Map.of(), local, Map.of(), List.of(arguments[1]), settings, partitions, arguments[3], "none",
                new KafkaDeadLetters(Map.of(), local, "a", "b"),
                new FormerWay("b", () -> Correspondence.of(MessagingConfiguration.builder().build()),
                              any -> Map.of()));
        RouteCarrier carrier = new RouteCarrier(
                settings, ends, routing -> new Way("roundtrip.private." + routing.queue(), partitions,
                                                   Way.Area.PRIVATE),
                Clock.systemUTC(), System::nanoTime, step -> { });
        Runtime.getRuntime().addShutdownHook(new Thread(carrier::close));
        carrier.run();
    }
}
