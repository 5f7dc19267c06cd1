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

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A set of rules that remembers of which parts it was made: when it is made anew, only the parts are compiled that are
 * others than before. To make a rule takes ten times as long as to look it up. Immutable.
 */
public final class CompiledRules {

    private static final CompiledRules NONE = new CompiledRules(new Object(), Map.of(), RuleSet.EMPTY);

    private final Object common;
    private final Map<Object, RuleSet> parts;
    private final RuleSet rules;

    private CompiledRules(Object common, Map<Object, RuleSet> parts, RuleSet rules) {
        this.common = common;
        this.parts = parts;
        this.rules = rules;
    }

    /**
     * Compiles sets of rules.
     *
     * @param recipes how they are made, by their keys
     * @param before  what was compiled before, by the keys of then
     * @return the sets that have any rules, by their keys: those that {@link RuleRecipe#rules} makes, and the same
     *         objects as before where nothing has changed
     */
    static Map<String, CompiledRules> of(Map<String, RuleRecipe> recipes, Map<String, CompiledRules> before) {
        Map<String, CompiledRules> compiled = new TreeMap<>();
        recipes.forEach((key, recipe) -> {
            CompiledRules next = before.getOrDefault(key, NONE).next(recipe);
            if (!next.rules.isEmpty()) {
                compiled.put(key, next);
            }
        });
        return compiled;
    }

    private CompiledRules next(RuleRecipe recipe) {
        Map<Object, RuleSet> known = common.equals(recipe.common()) ? parts : Map.of();
        Map<Object, RuleSet> next = new HashMap<>();
        // The order of the rules is that of the recipe, so that sets which are made alike compare fast.
        RuleSet all = RuleSet.union(recipe.parts().stream().map(part -> {
            RuleSet rules = known.get(part.origin());
            RuleSet same = rules == null ? RuleSet.of(part.rules()) : rules;
            next.put(part.origin(), same);
            return same;
        }).collect(Collectors.toList()));
        return new CompiledRules(recipe.common(), next, all.equals(rules) ? rules : all);
    }

    /**
     * Returns the rules.
     *
     * @return the set
     */
    public RuleSet rules() {
        return rules;
    }
}
