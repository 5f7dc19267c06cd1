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

import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.FieldChange;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is different between two configurations, item by item and field by field, as JSON has them.
 */
public final class ConfigurationDifference {

    private ConfigurationDifference() {
    }

    /**
     * Compares two configurations.
     *
     * @param before the one
     * @param after  the other
     * @return what is different about it, ordered by item; nothing if they differ in their versions only, or in the
     *         order of what they have
     */
    public static List<ConfigurationChange> between(MessagingConfiguration before, MessagingConfiguration after) {
        Map<String, Object> old = items(before);
        Map<String, Object> present = items(after);
        List<ConfigurationChange> changes = new ArrayList<>();
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(present.keySet());
        for (String name : names) {
            if (!Objects.equals(old.get(name), present.get(name))) {
                changes.add(change(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(present.get(name))));
            }
        }
        return changes;
    }

    private static Map<String, Object> items(MessagingConfiguration configuration) {
        Map<String, Object> items = new LinkedHashMap<>();
        add(items, configuration.dataCentres(), dataCentre -> "data-centres/" + dataCentre.name());
        add(items, configuration.applications(), application -> "applications/" + application.name());
        add(items, configuration.queues(), queue -> "queues/" + queue.name());
        add(items, configuration.routes(), route -> "routes/" + route.from() + "/" + route.to());
        add(items, configuration.orders(), order -> "orders/" + order.from() + "/" + order.to());
        return items;
    }

    private static <T> void add(Map<String, Object> items, List<T> added, Function<T, String> path) {
        added.forEach(item -> items.put(path.apply(item), item));
    }

    private static ConfigurationChange change(String item, Optional<Object> before, Optional<Object> after) {
        ConfigurationChange.Builder change = ConfigurationChange.builder().item(item);
        if (before.isEmpty()) {
            return change.kind(ConfigurationChange.Kind.ADDED).build();
        }
        if (after.isEmpty()) {
            return change.kind(ConfigurationChange.Kind.REMOVED).build();
        }
        Map<?, ?> old = fields(before.get());
        Map<?, ?> present = fields(after.get());
        Set<String> names = new TreeSet<>();
        old.keySet().forEach(name -> names.add(name.toString()));
        present.keySet().forEach(name -> names.add(name.toString()));
        names.removeIf(name -> Objects.equals(old.get(name), present.get(name)));
        names.forEach(name -> change.addFields(FieldChange.builder().name(name).before(text(old.get(name)))
                                                       .after(text(present.get(name))).build()));
        return change.kind(ConfigurationChange.Kind.CHANGED).build();
    }

    private static Map<?, ?> fields(Object item) {
        return Json.read(Json.write(item), Map.class);
    }

    private static Optional<String> text(Object field) {
        return Optional.ofNullable(field).map(Object::toString);
    }
}
