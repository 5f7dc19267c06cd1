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
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The rules that have been sent to the switches, and what has become of them. Only for the thread of the loop.
 */
final class PublishedRules implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublishedRules.class);

    /** At once, and twice more after the pause between retries: what goes wrong in the store, goes wrong at once. */
    private static final int LOOKS_AFTER_REPAIR = 3;

    private static final Set<PublicationState> MOVING =
            EnumSet.of(PublicationState.PUBLISHING, PublicationState.WITHDRAWING);
    private static final Set<PublicationState> IN_TROUBLE =
            EnumSet.of(PublicationState.UNCONFIRMED, PublicationState.WITHDRAWAL_UNCONFIRMED);

    private final RulePublisher publisher;
    private final ReconcileLoop retries;
    private final Duration retry;
    private final Consumer<String> changed;
    /** What is being withdrawn is there without rules. */
    private final NavigableMap<String, RuleSet> published = new TreeMap<>();
    /** Keys whose rules a switch has not confirmed; on any thread. */
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();

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
        this.retry = retry;
        this.changed = changed;
        retries = new ReconcileLoop("roundtrip/balancer-rules", this::retry);
        publisher = new RulePublisher(application, intents, flowRules, pause, this::take);
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
                take(key);
            }
        });
    }

    /** Sends once more what switches that are back may have lost, or could not be told. */
    void repair(Predicate<String> keys) {
        published.keySet().stream().filter(keys).forEach(key -> publisher.repair(key, List.of()));
        looks.set(LOOKS_AFTER_REPAIR);
        if (!published.isEmpty()) {
            retries.trigger();
        }
        // At the start it is not known yet what is a stray: rules from before are about to be published again.
        retries.triggerAfter(retry);
    }

    /** Tries at once again what was refused, because the reason may have gone. On any thread. */
    void retrySoon() {
        // The looks after a repair stay as far apart as they were.
        looks.updateAndGet(left -> left == 0 ? 0 : left + 1);
        retries.trigger();
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

    private void retry() {
        Set<String> doubtful = Set.copyOf(troubled);
        publisher.retry();
        if (looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            log.debug("{} rules that nobody wants are removed", publisher.removeStrays());
            log.debug("Rules that are missing are sent again: {}", publisher.restoreMissing());
            retries.triggerAfter(retry);
        }
        // What the publisher itself finds to be confirmed, no event tells.
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
        changed.accept(key);
    }

    /** What is in the switches stays there. */
    @Override
    public void close() {
        publisher.close();
        retries.close();
    }
}
