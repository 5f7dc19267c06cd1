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
package org.roundtrip.clock.compute;

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instruction;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Flow rules as lines that can be read. */
public final class RuleText {

    private RuleText() {
    }

    public static List<String> of(Collection<FlowRule> rules) {
        return rules.stream().map(RuleText::of).sorted().collect(Collectors.toList());
    }

    private static String of(FlowRule rule) {
        String device = rule.deviceId().toString().replaceFirst("of:0*", "");
        return "switch " + device + " table " + rule.tableId() + " " + rule.priority() + " "
                + rule.selector().criteria().stream().map(Object::toString).sorted().collect(Collectors.joining(" "))
                + " -> " + rule.treatment().immediate().stream().map(RuleText::of).collect(Collectors.joining(" "));
    }

    private static String of(Instruction instruction) {
        return instruction.type() == Instruction.Type.EXTENSION ? "RESUBMIT" : instruction.toString();
    }
}
