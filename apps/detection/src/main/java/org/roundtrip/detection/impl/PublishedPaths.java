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
package org.roundtrip.detection.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.IntentService;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.base.intent.RuleUpkeep;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The rules that let agents probe, as they were sent to the switches, and what has become of them. Only for the thread
 * of the loop.
 */
final class PublishedPaths implements AutoCloseable {

    private final RuleUpkeep upkeep;
    private final RulePublisher publisher;
    private final Consumer<String> changed;
    /** Keys by agents; those that are being withdrawn are there until they are gone. */
    private final Map<String, Set<String>> published = new HashMap<>();
    /** Agents by keys; read on any thread. */
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Begins to publish.
     *
     * @param application whose rules they are
     * @param intents     the intent framework
     * @param flowRules   tells what the switches have confirmed
     * @param retry       after which time to try again what a switch has refused
     * @param changed     takes the agent for which something has become of its rules, on any thread: must not block
     */
    PublishedPaths(ApplicationId application, IntentService intents, FlowRuleService flowRules, Duration retry,
                   Consumer<String> changed) {
        this.changed = changed;
        upkeep = new RuleUpkeep("roundtrip/detection-rules", retry,
                                take -> new RulePublisher(application, intents, flowRules, take), this::tell);
        publisher = upkeep.publisher();
    }

    /**
     * Publishes the rules of an agent in the place of all that it had.
     *
     * @param agent the agent
     * @param rules sets of rules by their keys; none if it is gone
     */
    void keep(String agent, Map<String, List<FlowRule>> rules) {
        Set<String> before = Set.copyOf(published.getOrDefault(agent, Set.of()));
        rules.forEach((key, set) -> {
            owners.put(key, agent);
            publisher.publish(key, set);
        });
        Set<String> keys = new HashSet<>(rules.keySet());
        // Another agent may have the switch now.
        before.stream().filter(key -> !rules.containsKey(key) && agent.equals(owners.get(key))).forEach(key -> {
            // What is gone already the publisher would claim again first, and tell of it when it is gone once more.
            if (publisher.state(key) != PublicationState.ABSENT) {
                publisher.withdraw(key, List.of());
            }
            if (isGone(key)) {
                owners.remove(key);
            } else {
                keys.add(key);
            }
        });
        if (keys.isEmpty()) {
            published.remove(agent);
        } else {
            published.put(agent, keys);
        }
    }

    /** Returns the agents that have rules. */
    Set<String> agents() {
        return Set.copyOf(published.keySet());
    }

    /** Withdraws what is there from before this node led and what it does not need. */
    void withdrawStrays() {
        publisher.withdrawAll(key -> !owners.containsKey(key));
    }

    boolean areConfirmed(Collection<String> keys) {
        return keys.stream().allMatch(key -> publisher.state(key) == PublicationState.PUBLISHED);
    }

    /** Returns whether nothing is left of a set, as far as can be known. */
    boolean isGone(String key) {
        PublicationState state = publisher.state(key);
        return state == PublicationState.ABSENT || state == PublicationState.WITHDRAWAL_UNCONFIRMED;
    }

    /** Tries at once again what was refused, because the reason may have gone. */
    void retrySoon() {
        upkeep.retrySoon();
    }

    /** Looks again at what the switches have, as when one is back. Only when all is published that is needed. */
    void lookSoon() {
        upkeep.lookSoon();
    }

    private void tell(String key) {
        Optional.ofNullable(owners.get(key)).ifPresent(changed);
    }

    /** What is in the switches stays there. */
    @Override
    public void close() {
        upkeep.close();
    }
}
