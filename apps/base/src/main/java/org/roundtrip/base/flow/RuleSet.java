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
package org.roundtrip.base.flow;

import org.onosproject.net.flow.FlowRule;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Flow rules of which no two match the same, in the order in which they were given. Two sets are equal if their rules
 * match and do the same, while two rules are equal already if they match the same. Immutable, thread-safe.
 * <p>
 * ONOS computes the hash of a rule anew whenever it is asked for, which takes longer than all that is done with the
 * rule here. A set computes it once, and hands it on to the sets that are made of it: these take time in proportion to
 * the rules, but little of it.
 */
public final class RuleSet extends AbstractCollection<FlowRule> {

    /** No rules. */
    public static final RuleSet EMPTY = new RuleSet(Map.of());

    private final Map<Match, FlowRule> rules;

    private RuleSet(Map<Match, FlowRule> rules) {
        // There may be many sets of one rule each.
        this.rules = rules.size() < 2 ? Map.copyOf(rules) : rules;
    }

    /**
     * Returns a set.
     *
     * @param rules its rules
     * @return the set, without those that match the same as an earlier one
     */
    public static RuleSet of(Collection<? extends FlowRule> rules) {
        if (rules instanceof RuleSet) {
            return (RuleSet) rules;
        }
        Map<Match, FlowRule> matches = new LinkedHashMap<>();
        rules.forEach(rule -> matches.putIfAbsent(new Match(rule), rule));
        return new RuleSet(matches);
    }

    /**
     * Returns a set of rules that match each something else.
     *
     * @param rules its rules
     * @return the set
     * @throws IllegalArgumentException if two of them match the same
     */
    public static RuleSet distinct(Collection<? extends FlowRule> rules) {
        RuleSet set = of(rules);
        if (set.size() < rules.size()) {
            Map<Match, FlowRule> matches = new LinkedHashMap<>();
            rules.forEach(rule -> Optional.ofNullable(matches.put(new Match(rule), rule)).ifPresent(one -> {
                throw new IllegalArgumentException("Two rules match the same; one does " + one.treatment()
                        + ", the other " + rule.treatment());
            }));
        }
        return set;
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
     * Returns the rules of several sets.
     *
     * @param sets the sets
     * @return their rules, without those that match the same as one of an earlier set
     */
    public static RuleSet union(Collection<RuleSet> sets) {
        Map<Match, FlowRule> all = new LinkedHashMap<>();
        sets.forEach(set -> set.rules.forEach(all::putIfAbsent));
        return new RuleSet(all);
    }

    /**
     * Returns this set with the rules of another one that match what no rule of this one does.
     *
     * @param other another set
     * @return the rules of both
     */
    public RuleSet with(RuleSet other) {
        if (other.isEmpty() || equals(other)) {
            return this;
        }
        Map<Match, FlowRule> both = new LinkedHashMap<>(rules);
        other.rules.forEach(both::putIfAbsent);
        return both.size() == rules.size() ? this : new RuleSet(both);
    }

    /**
     * Returns this set without the rules that match the same as one of another set.
     *
     * @param other another set
     * @return the rules of this one only
     */
    public RuleSet without(RuleSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        Map<Match, FlowRule> left = new LinkedHashMap<>(rules);
        left.keySet().removeAll(other.rules.keySet());
        return left.size() == rules.size() ? this : new RuleSet(left);
    }

    /**
     * Returns the rules of this set that are not in another one, or do something else there.
     *
     * @param before another set
     * @return what a switch that has the other set must be told, beside what it must forget
     */
    public RuleSet changedFrom(RuleSet before) {
        if (this == before) {
            return EMPTY;
        }
        Map<Match, FlowRule> changed = new LinkedHashMap<>();
        rules.forEach((match, rule) -> {
            if (!isSame(rule, before.rules.get(match))) {
                changed.put(match, rule);
            }
        });
        return new RuleSet(changed);
    }

    /**
     * Returns the rule of this set that matches the same as another one.
     *
     * @param rule any rule
     * @return the rule of this set
     */
    public Optional<FlowRule> matching(FlowRule rule) {
        return Optional.ofNullable(rules.get(new Match(rule)));
    }

    /**
     * Returns whether a rule of this set matches the same as another one.
     *
     * @param rule anything
     * @return true if so
     */
    @Override
    public boolean contains(Object rule) {
        return rule instanceof FlowRule && matching((FlowRule) rule).isPresent();
    }

    @Override
    public Iterator<FlowRule> iterator() {
        return Collections.unmodifiableCollection(rules.values()).iterator();
    }

    @Override
    public int size() {
        return rules.size();
    }

    /**
     * Returns whether another set is equal. Sets that were compiled alike have their rules in the same order, and share
     * those that are the same, so that hardly any rule has to be looked at.
     *
     * @param other anything
     * @return true if its rules match and do the same
     */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof RuleSet && rules.size() == ((RuleSet) other).rules.size()
                && (isInOrderOf((RuleSet) other) || changedFrom((RuleSet) other).isEmpty());
    }

    private boolean isInOrderOf(RuleSet other) {
        Iterator<FlowRule> others = other.iterator();
        for (FlowRule rule : this) {
            FlowRule next = others.next();
            if (!rule.equals(next) || !isSame(rule, next)) {
                return false;
            }
        }
        return true;
    }

    /** Two rules that match the same. */
    private static boolean isSame(FlowRule rule, FlowRule other) {
        return rule == other || other != null && Objects.equals(rule.treatment(), other.treatment());
    }

    @Override
    public int hashCode() {
        return rules.keySet().hashCode();
    }

    @Override
    public String toString() {
        return rules.values().toString();
    }

    /** What a rule matches, with its hash. */
    private static final class Match {

        private final FlowRule rule;
        private final int hash;

        private Match(FlowRule rule) {
            this.rule = rule;
            this.hash = rule.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Match && hash == ((Match) other).hash
                    && rule.equals(((Match) other).rule);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
