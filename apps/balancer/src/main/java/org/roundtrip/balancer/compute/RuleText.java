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

import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.TunnelIdCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules as people read them.
 */
final class RuleText {

    private RuleText() {
    }

    /** Returns what packets must be like. */
    static String match(TrafficSelector selector) {
        return selector.criteria().isEmpty() ? "everything"
                : selector.criteria().stream().map(RuleText::text).collect(Collectors.joining(", "));
    }

    /** Returns what is done with them, in its order. */
    static String action(TrafficTreatment treatment) {
        String action = Stream.of(treatment.immediate().stream(), treatment.deferred().stream(),
                                  Stream.ofNullable(treatment.tableTransition()))
                .flatMap(instructions -> instructions.map(Instruction.class::cast))
                .filter(instruction -> instruction.type() != Instruction.Type.NOACTION)
                .map(RuleText::text).collect(Collectors.joining(", "));
        return action.isEmpty() ? "drop" : action;
    }

    private static String text(Criterion criterion) {
        if (criterion instanceof TunnelIdCriterion) {
            // ONOS writes it in hexadecimal digits, which look like decimal ones.
            return criterion.type() + ":" + ((TunnelIdCriterion) criterion).tunnelId();
        }
        return criterion instanceof ExtensionCriterion
                ? ((ExtensionCriterion) criterion).extensionSelector().toString() : criterion.toString();
    }

    private static String text(Instruction instruction) {
        return instruction instanceof Instructions.ExtensionInstructionWrapper
                ? ((Instructions.ExtensionInstructionWrapper) instruction).extensionInstruction().toString()
                : instruction.toString();
    }
}
