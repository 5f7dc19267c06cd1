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
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The rules that let agents probe, as they were sent to the switches, and what has become of them. Only for the thread
 * of the loop.
 */
final class PublishedPaths implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublishedPaths.class);

    /**
     * At once, and twice more after the pause between retries. The rules for the answers of a member match the same
     * whatever its target is: what is still to be withdrawn of a former target, because its switch was away, takes the
     * new rule along in a moment that nobody is told of.
     */
    private static final int LOOKS = 3;

    private static final Set<PublicationState> IN_TROUBLE =
            EnumSet.of(PublicationState.UNCONFIRMED, PublicationState.WITHDRAWAL_UNCONFIRMED);

    private final RulePublisher publisher;
    private final ReconcileLoop retries;
    private final Duration retry;
    private final Consumer<String> changed;
    /** Keys by agents; those that are being withdrawn are there until they are gone. */
    private final Map<String, Set<String>> published = new HashMap<>();
    /** Agents by keys; read on any thread. */
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    /** Keys whose rules a switch has not confirmed; on any thread. */
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    /** How often to look whether something is missing. */
    private final AtomicInteger looks = new AtomicInteger();

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
        this.retry = retry;
        this.changed = changed;
        retries = new ReconcileLoop("roundtrip/detection-rules", this::retry);
        publisher = new RulePublisher(application, intents, flowRules, this::take);
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

    /** Has the publisher look again, as when a switch is back. */
    void retrySoon() {
        looks.set(LOOKS);
        retries.trigger();
    }

    private void retry() {
        Set<String> doubtful = Set.copyOf(troubled);
        publisher.retry();
        if (!doubtful.isEmpty()) {
            looks.set(LOOKS);
        }
        if (looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            log.debug("Rules that are missing are sent again: {}", publisher.restoreMissing());
            retries.triggerAfter(retry);
        }
        doubtful.forEach(this::take);
    }

    /** Takes note that something has become of a set. */
    private void take(String key) {
        if (IN_TROUBLE.contains(publisher.state(key))) {
            troubled.add(key);
        } else {
            troubled.remove(key);
        }
        if (!troubled.isEmpty()) {
            retries.triggerAfter(retry);
        }
        String agent = owners.get(key);
        if (agent != null) {
            changed.accept(agent);
        }
    }

    /** What is in the switches stays there. */
    @Override
    public void close() {
        publisher.close();
        retries.close();
    }
}
