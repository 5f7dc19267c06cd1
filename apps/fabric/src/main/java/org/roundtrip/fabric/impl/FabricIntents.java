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
package org.roundtrip.fabric.impl;

import com.google.common.collect.ImmutableList;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.Intent;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.intent.IntentState;
import org.onosproject.net.intent.Key;
import org.onosproject.net.intent.PathIntent;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The intents of the fabric, each under a key that stays the same. What is asked for again unchanged costs nothing; of
 * what has changed, the intent framework installs the difference.
 *
 * <p>Not thread-safe.
 */
final class FabricIntents {

    private final IntentService intents;
    private final ApplicationId application;
    private final Map<Key, Set<FlowRule>> submitted = new HashMap<>();

    FabricIntents(IntentService intents, ApplicationId application) {
        this.intents = intents;
        this.application = application;
    }

    /**
     * Makes a key.
     *
     * @param name name, the same at every start
     * @return key
     */
    Key key(String name) {
        return Key.of(name, application);
    }

    /**
     * Asks for rules under a key, in place of those asked for before.
     *
     * @param key   key
     * @param rules rules; if there are none, the intent is withdrawn
     * @return whether something had to be asked for
     */
    boolean ask(Key key, Set<FlowRule> rules) {
        if (rules.isEmpty()) {
            return withdraw(key);
        }
        if (isAskedFor(key, rules)) {
            return false;
        }
        intents.submit(new FlowRuleIntent(application, key, rules, ImmutableList.of(),
                                          PathIntent.ProtectionType.PRIMARY, null));
        submitted.put(key, rules);
        return true;
    }

    /**
     * Withdraws all that is not to be kept, also what an earlier life of this component left.
     *
     * @param kept keys of the intents to be kept
     */
    void keepOnly(Set<Key> kept) {
        own().stream().map(Intent::key).filter(key -> !kept.contains(key)).forEach(this::withdraw);
    }

    /**
     * Removes an intent that is withdrawn from ONOS's store.
     *
     * @param intent intent of any application
     */
    void purge(Intent intent) {
        if (intent.appId().equals(application) && !submitted.containsKey(intent.key())) {
            intents.purge(intent);
        }
    }

    /**
     * Forgets what was asked for under a key, so that it is asked for again.
     *
     * @param key key
     */
    void forget(Key key) {
        submitted.remove(key);
    }

    /**
     * Returns what is asked for at present.
     *
     * @return rules of all keys
     */
    Set<FlowRule> rules() {
        return submitted.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    // Rules are equal for ONOS when they match the same frames, whatever they do with them.
    private boolean isAskedFor(Key key, Set<FlowRule> rules) {
        Set<FlowRule> before = submitted.get(key);
        if (before == null || !before.equals(rules)) {
            return false;
        }
        Map<FlowRule, FlowRule> byMatch = before.stream().collect(Collectors.toMap(rule -> rule, rule -> rule));
        return rules.stream().allMatch(rule -> byMatch.get(rule).exactMatch(rule));
    }

    private boolean withdraw(Key key) {
        submitted.remove(key);
        Intent intent = intents.getIntent(key);
        if (intent == null) {
            return false;
        }
        if (intents.getIntentState(key) == IntentState.WITHDRAWN) {
            intents.purge(intent);
        } else {
            intents.withdraw(intent);
        }
        return true;
    }

    private List<Intent> own() {
        Collection<Intent> all = ImmutableList.copyOf(intents.getIntentsByAppId(application));
        return all.stream().filter(intent -> intent.appId().equals(application)).collect(Collectors.toList());
    }
}
