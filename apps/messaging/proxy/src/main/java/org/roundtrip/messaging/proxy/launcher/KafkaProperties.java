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

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Settings for the clients of storage servers: those of all, such as {@code security.protocol}, and those of one data
 * centre, such as {@code south.security.protocol}, which replace the former there.
 * <p>
 * Names of data centres may hold dots, as names of settings do: what follows the first dot that leaves a name that
 * Kafka knows is the setting. A name that Kafka knows as a whole is never taken apart.
 * <p>
 * Immutable and thread-safe.
 *
 * @param properties by their names as they were given
 */
record KafkaProperties(Map<String, String> properties) {

    private static final Set<String> KNOWN = known();

    KafkaProperties {
        properties = Map.copyOf(properties);
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(AdminClientConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        return Set.copyOf(known);
    }

    /**
     * Returns the settings of one storage server.
     *
     * @param dataCentre the name of its data centre
     * @return those of all, with its own in their places
     */
    Map<String, String> of(String dataCentre) {
        Map<String, String> settings = new HashMap<>();
        properties.forEach((name, value) -> {
            if (!isOfOne(name)) {
                settings.put(name, value);
            }
        });
        String prefix = dataCentre + ".";
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix) && !KNOWN.contains(name) && KNOWN.contains(name.substring(prefix.length()))) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        return settings;
    }

    private static boolean isOfOne(String name) {
        return !KNOWN.contains(name) && IntStream.range(0, name.length()).filter(i -> name.charAt(i) == '.')
                .anyMatch(dot -> KNOWN.contains(name.substring(dot + 1)));
    }

    @Override
    public String toString() {
        // Not the values: some of them are secret.
        return properties.keySet().stream().sorted().collect(Collectors.joining(", ", "kafka.{", "}"));
    }
}
