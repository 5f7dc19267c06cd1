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
package org.roundtrip.tepath.compute.audit;

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in words what a rule is for and what it does.
 */
final class RuleWords {

    private static final Set<Criterion.Type> IMPLIED_BY_A_LABEL =
            Set.of(Criterion.Type.ETH_TYPE, Criterion.Type.MPLS_BOS);

    private RuleWords() {
    }

    /** Returns which rule it is, such as {@code the rule for label 100001 at port 2}. */
    static String name(FlowRule rule) {
        return "the rule for " + match(rule);
    }

    /** Returns which rule it is among those that others have made. */
    static String rank(FlowRule rule) {
        return name(rule) + " with priority " + rule.priority();
    }

    private static String match(FlowRule rule) {
        boolean labelled = rule.selector().getCriterion(Criterion.Type.MPLS_LABEL) != null;
        String fields = rule.selector().criteria().stream()
                .filter(criterion -> criterion.type() != Criterion.Type.IN_PORT)
                .filter(criterion -> !labelled || !IMPLIED_BY_A_LABEL.contains(criterion.type()))
                .map(RuleWords::field).collect(Collectors.joining(", "));
        PortCriterion port = (PortCriterion) rule.selector().getCriterion(Criterion.Type.IN_PORT);
        return (fields.isEmpty() ? "all packets" : fields) + (port == null ? "" : " at port " + port.port());
    }

    private static String field(Criterion criterion) {
        return criterion instanceof MplsCriterion ? "label " + ((MplsCriterion) criterion).label().toInt()
                : criterion.toString();
    }

    /** Returns what a rule does, such as {@code label 100002, port 3}. */
    static String effect(TrafficTreatment treatment) {
        List<Instruction> instructions = instructions(treatment).collect(Collectors.toList());
        String effect = instructions.stream().map(RuleWords::word).collect(Collectors.joining(", "));
        return effect.isEmpty() ? "drop" : effect;
    }

    private static String word(Instruction instruction) {
        if (instruction instanceof Instructions.OutputInstruction) {
            return "port " + ((Instructions.OutputInstruction) instruction).port();
        }
        if (instruction instanceof L2ModificationInstruction) {
            switch (((L2ModificationInstruction) instruction).subtype()) {
                case MPLS_PUSH:
                    return "push";
                case MPLS_LABEL:
                    return "label " + ((L2ModificationInstruction.ModMplsLabelInstruction) instruction).label().toInt();
                case MPLS_POP:
                    return "pop, then EtherType "
                            + ((L2ModificationInstruction.ModMplsHeaderInstruction) instruction).ethernetType();
                default:
                    break;
            }
        }
        return instruction.toString();
    }

    /** Returns whether two treatments do the same; one that has nothing to do can be written in two ways. */
    static boolean isSame(TrafficTreatment one, TrafficTreatment other) {
        return one.equals(other) || (actions(one.immediate()).equals(actions(other.immediate()))
                && actions(one.deferred()).equals(actions(other.deferred()))
                && one.clearedDeferred() == other.clearedDeferred()
                && Objects.equals(one.tableTransition(), other.tableTransition())
                && Objects.equals(one.writeMetadata(), other.writeMetadata())
                && one.meters().equals(other.meters()));
    }

    private static Stream<Instruction> instructions(TrafficTreatment treatment) {
        Stream<Instruction> actions = Stream.of(treatment.immediate(), treatment.deferred())
                .flatMap(list -> actions(list).stream());
        return treatment.tableTransition() == null ? actions
                : Stream.concat(actions, Stream.of(treatment.tableTransition()));
    }

    private static List<Instruction> actions(List<Instruction> instructions) {
        return instructions.stream().filter(instruction -> instruction.type() != Instruction.Type.NOACTION)
                .collect(Collectors.toList());
    }
}
