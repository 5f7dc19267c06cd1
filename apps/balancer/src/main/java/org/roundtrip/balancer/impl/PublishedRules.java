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
package org.roundtrip.balancer.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.IntentService;
import org.roundtrip.base.flow.RuleSet;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.base.intent.RuleUpkeep;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The rules that have been sent to the switches, and what has become of them. Only for the thread of the loop.
 */
final class PublishedRules implements AutoCloseable {

    private static final Set<PublicationState> MOVING =
            EnumSet.of(PublicationState.PUBLISHING, PublicationState.WITHDRAWING);

    private final RuleUpkeep upkeep;
    private final RulePublisher publisher;
    /** What is being withdrawn is there without rules. */
    private final NavigableMap<String, RuleSet> published = new TreeMap<>();

    /**
     * Begins to publish.
     *
     * @param application whose rules they are
     * @param intents     the intent framework
     * @param flowRules   tells what the switches have confirmed
     * @param retry       after which time to try again what a switch has refused
     * @param pause       for how long the rules of a key must be left alone before the framework is told of them
     * @param changed     takes the key of which something has become, on any thread: must not block
     */
    PublishedRules(ApplicationId application, IntentService intents, FlowRuleService flowRules, Duration retry,
                   Duration pause, Consumer<String> changed) {
        upkeep = new RuleUpkeep("roundtrip/balancer-rules", retry,
                                take -> new RulePublisher(application, intents, flowRules, pause, take), changed);
        publisher = upkeep.publisher();
    }

    /** Puts sets in the place of those before. Membership is in a hurry, so the framework is told afterwards. */
    void publish(Map<String, RuleSet> changes) {
        changes.forEach((key, rules) -> {
            published.put(key, rules);
            if (rules.equals(RuleSet.EMPTY)) {
                publisher.withdraw(key, List.of());
            } else {
                publisher.replace(key, List.of(rules));
            }
            // What is on its way tells when it is there.
            if (!MOVING.contains(publisher.state(key))) {
                upkeep.take(key);
            }
        });
    }

    /** Sends once more what switches that are back may have lost, or could not be told. */
    void repair(Predicate<String> keys) {
        published.keySet().stream().filter(keys).forEach(key -> publisher.repair(key, List.of()));
        // At the start it is not known yet what is a stray: rules from before are about to be published again.
        if (published.isEmpty()) {
            upkeep.lookLater();
        } else {
            upkeep.lookSoon();
        }
    }

    /** Tries at once again what was refused, because the reason may have gone. On any thread. */
    void retrySoon() {
        upkeep.retrySoon();
    }

    /** Withdraws what this node has not sent itself, as from before it led. */
    void withdrawOthers(Predicate<String> keys) {
        publisher.withdrawAll(key -> !published.containsKey(key) && keys.test(key));
    }

    /** Returns what has been sent under the keys that begin with a prefix; no rules where they are being withdrawn. */
    Map<String, RuleSet> published(String prefix) {
        Map<String, RuleSet> sets = published.subMap(prefix, prefix + Character.MAX_VALUE);
        sets.entrySet().removeIf(entry -> entry.getValue().equals(RuleSet.EMPTY)
                && publisher.state(entry.getKey()) == PublicationState.ABSENT);
        return Collections.unmodifiableMap(sets);
    }

    /** Returns whether nothing is left under the keys that begin with a prefix, but in switches that can't be told. */
    boolean isGone(String prefix, Predicate<String> isReachable) {
        return published(prefix).entrySet().stream().allMatch(entry -> entry.getValue().equals(RuleSet.EMPTY)
                && !isReachable.test(entry.getKey())
                && publisher.state(entry.getKey()) == PublicationState.WITHDRAWAL_UNCONFIRMED);
    }

    PublicationState state(String key) {
        return publisher.state(key);
    }

    /** What is in the switches stays there. */
    @Override
    public void close() {
        upkeep.close();
    }
}
