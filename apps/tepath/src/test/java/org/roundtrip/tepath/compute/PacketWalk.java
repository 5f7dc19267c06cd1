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
package org.roundtrip.tepath.compute;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.MplsBosCriterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Follows a packet through the rules in the switches as a switch would: the one rule that matches decides, and a packet
 * that two rules of one priority match is an error.
 */
final class PacketWalk {

    private static final int MPLS = 0x8847;
    private static final int LONGEST = 100;

    private final TeTopology topology;
    private final Collection<FlowRule> rules;
    private final Deque<Integer> labels = new ArrayDeque<>();
    private int ethType;
    private final int udpPort;

    PacketWalk(TeTopology topology, Collection<FlowRule> rules, int ethType, int udpPort) {
        this.topology = topology;
        this.rules = rules;
        this.ethType = ethType;
        this.udpPort = udpPort;
    }

    /** Returns all ports that the packet passes, from the one where it enters to where it leaves or is lost. */
    List<ConnectPoint> from(ConnectPoint entry) {
        List<ConnectPoint> passed = new ArrayList<>(List.of(entry));
        ConnectPoint at = entry;
        while (passed.size() < LONGEST) {
            Optional<ConnectPoint> out = forward(at);
            if (out.isEmpty()) {
                return passed;
            }
            passed.add(out.get());
            ConnectPoint leaving = out.get();
            Optional<LinkDirection> link = topology.links(leaving.deviceId()).stream()
                    .filter(candidate -> candidate.src().equals(leaving)).findFirst();
            if (link.isEmpty()) {
                return passed;
            }
            at = link.get().dst();
            passed.add(at);
        }
        throw new AssertionError("A loop: " + passed);
    }

    boolean isAsItWas(int originalEthType) {
        return labels.isEmpty() && ethType == originalEthType;
    }

    private Optional<ConnectPoint> forward(ConnectPoint at) {
        List<FlowRule> matching = rules.stream()
                .filter(rule -> rule.deviceId().equals(at.deviceId()) && rule.selector().criteria().stream()
                        .allMatch(criterion -> matches(criterion, at)))
                .collect(Collectors.toList());
        if (matching.size() > 1) {
            throw new AssertionError("More than one rule matches at " + at + ": " + matching);
        }
        return matching.stream().flatMap(rule -> rule.treatment().allInstructions().stream())
                .map(this::apply).flatMap(Optional::stream).findFirst()
                .map(port -> new ConnectPoint(at.deviceId(), port));
    }

    private boolean matches(Criterion criterion, ConnectPoint at) {
        switch (criterion.type()) {
            case IN_PORT:
                return ((PortCriterion) criterion).port().equals(at.port());
            case ETH_TYPE:
                return (((EthTypeCriterion) criterion).ethType().toShort() & 0xffff) == ethType;
            case MPLS_LABEL:
                return !labels.isEmpty() && ((MplsCriterion) criterion).label().toInt() == labels.peek();
            case MPLS_BOS:
                return ((MplsBosCriterion) criterion).mplsBos() == (labels.size() == 1);
            case IP_PROTO:
                return ((IPProtocolCriterion) criterion).protocol() == 17 && labels.isEmpty();
            case UDP_DST:
                return ((UdpPortCriterion) criterion).udpPort().toInt() == udpPort && labels.isEmpty();
            default:
                throw new AssertionError("No test needs " + criterion);
        }
    }

    private Optional<PortNumber> apply(Instruction instruction) {
        if (instruction instanceof Instructions.OutputInstruction) {
            return Optional.of(((Instructions.OutputInstruction) instruction).port());
        }
        if (instruction instanceof L2ModificationInstruction) {
            modify((L2ModificationInstruction) instruction);
        }
        return Optional.empty();
    }

    private void modify(L2ModificationInstruction instruction) {
        switch (instruction.subtype()) {
            case MPLS_PUSH:
                labels.push(0);
                ethType = MPLS;
                break;
            case MPLS_LABEL:
                labels.pop();
                labels.push(((L2ModificationInstruction.ModMplsLabelInstruction) instruction).label().toInt());
                break;
            case MPLS_POP:
                labels.pop();
                ethType = ((L2ModificationInstruction.ModMplsHeaderInstruction) instruction).ethernetType().toShort()
                        & 0xffff;
                break;
            default:
                throw new AssertionError("No path needs " + instruction);
        }
    }
}
