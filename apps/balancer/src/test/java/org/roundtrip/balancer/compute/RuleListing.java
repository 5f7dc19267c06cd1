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
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules as a person reads them. Of the 256 slots, a list shows the first two of each kind. */
final class RuleListing {

    private static final Set<RulePurpose> OF_SLOTS =
            EnumSet.of(RulePurpose.SLOT_HALF, RulePurpose.SLOT, RulePurpose.HAND_OVER, RulePurpose.NO_SUCCESSOR);
    private static final int SHOWN = 2;

    private RuleListing() {
    }

    static String of(List<FlowRule> rules) {
        StringBuilder text = new StringBuilder();
        Map<String, Integer> shown = new TreeMap<>();
        for (FlowRule rule : rules) {
            if (!OF_SLOTS.contains(RulePurpose.of(rule))
                    || shown.merge(rule.deviceId() + " " + rule.table(), 1, Integer::sum) <= SHOWN) {
                text.append(text(rule)).append('\n');
            }
        }
        return text.toString();
    }

    private static String text(FlowRule rule) {
        return "switch " + Long.parseLong(rule.deviceId().toString().substring(3), 16) + " table " + rule.table()
                + " priority " + rule.priority() + ": " + RulePurpose.of(rule).words()
                + "\n    " + join(rule.selector().criteria().stream()
                .map(Criterion::toString).sorted().collect(Collectors.toList()))
                + "\n    -> " + join(Stream.concat(rule.treatment().allInstructions().stream(),
                                                   rule.treatment().tableTransition() == null ? Stream.empty()
                                                           : Stream.of(rule.treatment().tableTransition()))
                                             .map(Instruction::toString).collect(Collectors.toList()));
    }

    private static String join(Collection<String> parts) {
        return parts.stream().map(part -> part.replaceAll("EXTENSION:of:0+[0-9]+/", "")).collect(
                Collectors.joining(", "));
    }
}
