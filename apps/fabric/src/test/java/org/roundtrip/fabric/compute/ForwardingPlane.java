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
package org.roundtrip.fabric.compute;

import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.LinkKey;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A network that does what rules say, in memory.
 */
final class ForwardingPlane {

    /** More copies than any forwarding without a loop makes in networks of this size. */
    private static final int TOO_MANY = 10_000;

    private final Map<ConnectPoint, ConnectPoint> cables = new HashMap<>();
    private final Collection<FlowRule> rules;

    ForwardingPlane(Collection<LinkKey> links, Collection<FlowRule> rules) {
        links.forEach(link -> cables.put(link.src(), link.dst()));
        this.rules = rules;
    }

    /**
     * Sends a frame into the network.
     *
     * @return the ports by which copies left it, each as often as a copy did
     * @throws AssertionError if the frame goes round
     */
    List<ConnectPoint> send(MacAddress destination, ConnectPoint in) {
        List<ConnectPoint> left = new ArrayList<>();
        Queue<ConnectPoint> arriving = new ArrayDeque<>(List.of(in));
        int copies = 0;
        while (!arriving.isEmpty()) {
            ConnectPoint here = arriving.remove();
            if (++copies > TOO_MANY) {
                throw new AssertionError("a frame to " + destination + " from " + in + " goes round");
            }
            for (PortNumber out : outputs(destination, here)) {
                ConnectPoint port = new ConnectPoint(here.deviceId(), out);
                Optional.ofNullable(cables.get(port)).ifPresentOrElse(arriving::add, () -> left.add(port));
            }
        }
        return left;
    }

    private List<PortNumber> outputs(MacAddress destination, ConnectPoint in) {
        return rules.stream()
                .filter(rule -> rule.deviceId().equals(in.deviceId()))
                .filter(rule -> rule.selector().criteria().stream().allMatch(it -> matches(it, destination, in.port())))
                .max(Comparator.comparing(FlowRule::priority))
                .map(rule -> rule.treatment().allInstructions().stream()
                        .filter(instruction -> instruction.type() == Instruction.Type.OUTPUT)
                        .map(instruction -> ((OutputInstruction) instruction).port())
                        .filter(out -> !out.equals(in.port()))
                        .toList())
                .orElse(List.of());
    }

    private static boolean matches(Criterion criterion, MacAddress destination, PortNumber in) {
        switch (criterion.type()) {
            case IN_PORT:
                return ((PortCriterion) criterion).port().equals(in);
            case ETH_DST:
                return ((EthCriterion) criterion).mac().equals(destination);
            case ETH_DST_MASKED:
                long mask = ((EthCriterion) criterion).mask().toLong();
                return (destination.toLong() & mask) == (((EthCriterion) criterion).mac().toLong() & mask);
            case ETH_TYPE:
                // Frames of these tests are of no type that anything is made of.
                return false;
            default:
                throw new AssertionError("unexpected match " + criterion);
        }
    }
}
