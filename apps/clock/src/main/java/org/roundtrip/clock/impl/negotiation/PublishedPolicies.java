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
package org.roundtrip.clock.impl.negotiation;

import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyEvent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The policies as others see them, which costs no waiting. Reading is thread-safe; one thread publishes.
 */
final class PublishedPolicies {

    private final Consumer<ClockPolicyEvent> events;
    private volatile Map<String, ClockPolicy> policies = Map.of();

    PublishedPolicies(Consumer<ClockPolicyEvent> events) {
        this.events = events;
    }

    Optional<ClockPolicy> get(String name) {
        return Optional.ofNullable(policies.get(name));
    }

    List<ClockPolicy> all() {
        return List.copyOf(policies.values());
    }

    /**
     * Puts policies in the place of those before, and tells what has changed.
     *
     * @param next all policies that there are, by name
     */
    void publish(Map<String, ClockPolicy> next) {
        Map<String, ClockPolicy> previous = policies;
        policies = Collections.unmodifiableMap(new TreeMap<>(next));
        next.forEach((name, policy) -> {
            if (!policy.equals(previous.get(name))) {
                events.accept(new ClockPolicyEvent(ClockPolicyEvent.Type.PUT, policy));
            }
        });
        previous.forEach((name, policy) -> {
            if (!next.containsKey(name)) {
                events.accept(new ClockPolicyEvent(ClockPolicyEvent.Type.REMOVED, policy));
            }
        });
    }
}
