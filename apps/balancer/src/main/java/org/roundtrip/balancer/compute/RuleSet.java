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

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rules of which no two match the same. Two sets are equal if their rules match and do the same, while two rules are
 * equal already if they match the same. Immutable.
 */
public final class RuleSet {

    /** No rules. */
    public static final RuleSet EMPTY = of(List.of());

    private final Map<FlowRule, TrafficTreatment> treatments;

    private RuleSet(Map<FlowRule, TrafficTreatment> treatments) {
        this.treatments = treatments;
    }

    /**
     * Returns a set.
     *
     * @param rules its rules
     * @return the set, without those that match the same as an earlier one
     */
    public static RuleSet of(Collection<FlowRule> rules) {
        Map<FlowRule, TrafficTreatment> treatments = new LinkedHashMap<>();
        rules.forEach(rule -> treatments.putIfAbsent(rule, rule.treatment()));
        return new RuleSet(treatments);
    }

    /**
     * Returns sets that have any rules.
     *
     * @param rules rules by their keys
     * @return the sets by their keys
     */
    public static Map<String, RuleSet> of(Map<String, ? extends Collection<FlowRule>> rules) {
        return rules.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).collect(Collectors.toMap(
                Map.Entry::getKey, entry -> of(entry.getValue()), (one, other) -> one, TreeMap::new));
    }

    /**
     * Returns this set with the rules of another one that match what no rule of this one does.
     *
     * @param other another set
     * @return the rules of both
     */
    public RuleSet with(RuleSet other) {
        if (equals(other)) {
            return this;
        }
        Map<FlowRule, TrafficTreatment> both = new LinkedHashMap<>(treatments);
        other.treatments.forEach(both::putIfAbsent);
        return both.size() == treatments.size() ? this : new RuleSet(both);
    }

    /**
     * Returns sets that are the same objects as before where they are equal, so that they need not be compared again.
     *
     * @param sets   sets by their keys
     * @param before sets by their keys
     * @return the sets
     */
    public static Map<String, RuleSet> sharing(Map<String, RuleSet> sets, Map<String, RuleSet> before) {
        Map<String, RuleSet> shared = new TreeMap<>(sets);
        shared.replaceAll((key, set) -> set.equals(before.get(key)) ? before.get(key) : set);
        return shared;
    }

    /**
     * Returns the rules.
     *
     * @return the rules
     */
    public Collection<FlowRule> rules() {
        return treatments.keySet();
    }

    /**
     * Returns whether another set is equal. Sets that were compiled alike have their rules in the same order, so that
     * no rule has to be looked up: its hash would take longer than all else.
     *
     * @param other anything
     * @return true if its rules match and do the same
     */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof RuleSet && treatments.size() == ((RuleSet) other).treatments.size()
                && (isInOrderOf((RuleSet) other) || treatments.equals(((RuleSet) other).treatments));
    }

    private boolean isInOrderOf(RuleSet other) {
        Iterator<Map.Entry<FlowRule, TrafficTreatment>> others = other.treatments.entrySet().iterator();
        for (Map.Entry<FlowRule, TrafficTreatment> entry : treatments.entrySet()) {
            Map.Entry<FlowRule, TrafficTreatment> next = others.next();
            if (!entry.getKey().equals(next.getKey()) || !entry.getValue().equals(next.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return treatments.hashCode();
    }

    @Override
    public String toString() {
        return treatments.keySet().toString();
    }
}
