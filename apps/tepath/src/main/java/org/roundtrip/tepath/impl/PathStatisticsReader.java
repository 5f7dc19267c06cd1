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
package org.roundtrip.tepath.impl;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.tepath.DirectionStatistics;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.RuleCompiler;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what paths have carried from the counters of their rules: those at the ends count what is admitted, those that
 * take the label off what is delivered.
 * <p>
 * Asks the flow rule service, which may ask another node of the cluster. Thread-safe.
 */
final class PathStatisticsReader {

    private final RuleCompiler compiler;
    private final FlowRuleService flowRules;

    PathStatisticsReader(RuleCompiler compiler, FlowRuleService flowRules) {
        this.compiler = compiler;
        this.flowRules = flowRules;
    }

    /**
     * Reads the counters of a path.
     *
     * @param request what was asked for
     * @param active  the way that its traffic takes, or empty if it takes none: what is dropped is not admitted
     * @param others  its other ways whose rules are in the switches, on which it may have delivered before
     * @return the counters
     */
    PathStatistics read(TePathRequest request, Optional<Placement> active, Collection<Placement> others) {
        List<FlowRule> admitting = active.map(placement -> compiler.admission(request, placement)).orElse(List.of());
        List<FlowRule> transit = Stream.concat(active.stream(), others.stream())
                .flatMap(placement -> compiler.transit(request, placement).stream()).collect(Collectors.toList());
        return PathStatistics.of(
                direction(admitting, transit, request.source(), request.destination()),
                direction(admitting, transit, request.destination(), request.source()));
    }

    private DirectionStatistics direction(List<FlowRule> admitting, List<FlowRule> transit, ConnectPoint ingress,
                                          ConnectPoint egress) {
        // In the place of a rule that admits there may be one that drops, and counts what it drops.
        List<FlowEntry> admitted = entries(admitting.stream().filter(rule -> rule.deviceId().equals(ingress.deviceId())
                && rule.selector().criteria().contains(Criteria.matchInPort(ingress.port())))).stream()
                .filter(PathStatisticsReader::isForwarding).collect(Collectors.toList());
        // Without a label to take off, a switch delivers what it admits.
        List<FlowEntry> delivered = transit.isEmpty() ? admitted
                : entries(transit.stream().filter(rule -> rule.deviceId().equals(egress.deviceId())
                && rule.treatment().allInstructions().contains(Instructions.createOutput(egress.port()))));
        return DirectionStatistics.builder()
                .admittedPackets(sum(admitted, FlowEntry::packets)).admittedBytes(sum(admitted, FlowEntry::bytes))
                .deliveredPackets(sum(delivered, FlowEntry::packets)).deliveredBytes(sum(delivered, FlowEntry::bytes))
                .build();
    }

    private static boolean isForwarding(FlowEntry entry) {
        return entry.treatment().allInstructions().stream()
                .anyMatch(instruction -> instruction.type() == Instruction.Type.OUTPUT);
    }

    private List<FlowEntry> entries(Stream<FlowRule> rules) {
        return rules.map(flowRules::getFlowEntry).filter(Objects::nonNull).collect(Collectors.toList());
    }

    private static long sum(List<FlowEntry> entries, ToLongFunction<FlowEntry> counter) {
        return entries.stream().mapToLong(counter).sum();
    }
}
