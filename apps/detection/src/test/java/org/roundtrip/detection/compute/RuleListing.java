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
package org.roundtrip.detection.compute;

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Rules as a person reads them, below their keys. */
final class RuleListing {

    private RuleListing() {
    }

    static String of(SortedMap<String, List<FlowRule>> rules) {
        StringBuilder text = new StringBuilder();
        rules.forEach((key, ofKey) -> {
            text.append(key).append('\n');
            ofKey.forEach(rule -> text.append(text(rule)).append('\n'));
        });
        return text.toString();
    }

    private static String text(FlowRule rule) {
        return "  switch " + Long.parseLong(rule.deviceId().toString().substring(3), 16) + " table " + rule.table()
                + " priority " + rule.priority() + ": " + RulePurpose.of(rule).words()
                + "\n    " + join(rule.selector().criteria().stream().map(Criterion::toString).sorted()
                                          .collect(Collectors.toList()))
                + "\n    -> " + join(rule.treatment().allInstructions().stream().map(Instruction::toString)
                                             .collect(Collectors.toList()));
    }

    private static String join(Collection<String> parts) {
        return String.join(", ", parts);
    }
}
