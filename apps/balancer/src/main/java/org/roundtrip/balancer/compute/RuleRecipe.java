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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How a set of rules is made, in parts of which each follows from a value, and from what is common to all of them. Two
 * parts with equal values and an equal common value have the same rules. Immutable once it is built up.
 */
final class RuleRecipe {

    private final Object common;
    private final List<Part> parts = new ArrayList<>();

    /**
     * Creates a recipe without parts.
     *
     * @param common what the rules of all parts follow from
     */
    RuleRecipe(Object common) {
        this.common = common;
    }

    /**
     * Adds a part.
     *
     * @param origin what its rules follow from beside what is common to all; no other part has an equal one
     * @param rules  makes the rules
     * @return this recipe
     */
    RuleRecipe add(Object origin, Supplier<? extends Collection<FlowRule>> rules) {
        parts.add(new Part(origin, rules));
        return this;
    }

    Object common() {
        return common;
    }

    List<Part> parts() {
        return parts;
    }

    /** Makes all the rules. Members with one interface send the same replies, for which one rule is enough. */
    List<FlowRule> rules() {
        return parts.stream().flatMap(part -> part.rules().stream()).distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /** Rules that follow from a value. */
    static final class Part {

        private final Object origin;
        private final Supplier<? extends Collection<FlowRule>> rules;

        private Part(Object origin, Supplier<? extends Collection<FlowRule>> rules) {
            this.origin = origin;
            this.rules = rules;
        }

        Object origin() {
            return origin;
        }

        Collection<FlowRule> rules() {
            return rules.get();
        }
    }
}
