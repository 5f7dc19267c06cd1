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
package org.roundtrip.balancer.compute;

import org.roundtrip.base.flow.RuleSet;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In which order the rules of a virtual server change. The members' switches learn first where requests come from now,
 * and forget last where they came from before: whatever slot an access switch believes a member to have, the member's
 * switch can take the request, and hand it on to the former members.
 * <ol>
 * <li>The members' switches get the new rules beside those that they have.</li>
 * <li>When they have confirmed, the access switches get the new rules in the place of those that they have.</li>
 * <li>When they have confirmed, the members' switches lose what is not needed any more.</li>
 * </ol>
 */
public final class Rollout {

    private Rollout() {
    }

    /**
     * Returns what is sent next. To be asked again whenever something has become of what was sent.
     *
     * @param published what has been sent so far, by keys of {@link RuleSets}; an empty set as long as it is being
     *                  withdrawn
     * @param wanted    what is to be, by keys
     * @param onTheWay  tells whether a key, or what it depends on, waits for a switch
     * @return the sets to be put in the place of those before; an empty one is to be withdrawn
     */
    public static Map<String, RuleSet> next(Map<String, RuleSet> published, Map<String, RuleSet> wanted,
                                            Predicate<String> onTheWay) {
        Map<String, RuleSet> sending = select(published, RuleKey::isAtAccessSwitch);
        Map<String, RuleSet> nextSending = differences(sending, select(wanted, RuleKey::isAtAccessSwitch));
        boolean isSettled = nextSending.isEmpty() && sending.keySet().stream().noneMatch(onTheWay);
        Map<String, RuleSet> receiving = select(published, key -> !RuleKey.isAtAccessSwitch(key));
        Map<String, RuleSet> target = select(wanted, key -> !RuleKey.isAtAccessSwitch(key));
        if (!isSettled) {
            receiving.forEach((key, rules) -> target.merge(key, rules, RuleSet::with));
        }
        Map<String, RuleSet> nextReceiving = differences(receiving, target);
        return !nextReceiving.isEmpty() || target.keySet().stream().anyMatch(onTheWay) ? nextReceiving : nextSending;
    }

    /**
     * Returns what makes some sets others.
     *
     * @param before sets by their keys
     * @param after  other sets by their keys
     * @return the sets that are new or different, and an empty one for each that is gone
     */
    public static Map<String, RuleSet> differences(Map<String, RuleSet> before, Map<String, RuleSet> after) {
        Map<String, RuleSet> changes = new TreeMap<>();
        before.keySet().forEach(key -> changes.put(key, RuleSet.EMPTY));
        changes.putAll(after);
        changes.entrySet().removeIf(change -> change.getValue().equals(before.get(change.getKey())));
        return changes;
    }

    private static Map<String, RuleSet> select(Map<String, RuleSet> sets, Predicate<String> keys) {
        return sets.entrySet().stream().filter(entry -> keys.test(entry.getKey())).collect(
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }
}
