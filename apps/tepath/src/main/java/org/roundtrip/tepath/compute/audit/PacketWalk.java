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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.TePort;
import org.roundtrip.tepath.compute.TeTopology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows packets through the network by the rules that the switches report, as the switches would (OpenFlow 1.3.5,
 * section 5): in each table the matching rule with the highest priority decides, its actions are applied in order, and
 * what is left in the action set is done at the end of the pipeline.
 * <p>
 * Packets are followed in kinds, not one by one. Where a rule takes some of a kind only, the walk says so and goes on
 * with the others.
 * <p>
 * Immutable and thread-safe if its tables are. A walk takes time proportional to the number of rules of the switches on
 * it.
 */
public final class PacketWalk {

    /** A packet that begins with the largest TTL dies here (RFC 3443, section 2). */
    private static final int LONGEST = 255;

    private final TeTopology topology;
    private final SwitchTables tables;

    /**
     * Creates a walk.
     *
     * @param topology which port leads where
     * @param tables   what the switches report
     */
    public PacketWalk(TeTopology topology, SwitchTables tables) {
        this.topology = topology;
        this.tables = tables;
    }

    /**
     * Follows packets.
     *
     * @param device the switch where they enter
     * @param packet the packets, at a port of that switch
     * @return what becomes of them
     */
    public Walk follow(DeviceId device, Packet packet) {
        return new Run().follow(device, packet);
    }

    /** One walk. */
    private final class Run {

        private final List<Hop> hops = new ArrayList<>();
        private final Set<List<Object>> seen = new HashSet<>();
        private Optional<String> oddity = Optional.empty();
        private int oddityAfter = Integer.MAX_VALUE;

        Walk follow(DeviceId device, Packet packet) {
            ConnectPoint at = new ConnectPoint(device, packet.port());
            Packet present = packet;
            Optional<Integer> payload = packet.label().isPresent() ? Optional.empty() : packet.ethType();
            while (true) {
                if (!seen.add(List.of(at, present.content()))) {
                    return lost(at.deviceId() + ": " + present + " goes round in a loop");
                }
                if (hops.size() == LONGEST) {
                    return lost(at.deviceId() + ": " + present + " is still on its way after " + LONGEST
                                        + " switches");
                }
                Optional<Packet> out = forward(at.deviceId(), present);
                if (out.isEmpty()) {
                    return end(Optional.empty());
                }
                ConnectPoint left = new ConnectPoint(at.deviceId(), out.get().port());
                List<ConnectPoint> peers = topology.peers(left);
                if (peers.isEmpty()) {
                    return leave(left, out.get(), payload);
                }
                List<ConnectPoint> reached = peers.stream()
                        .filter(peer -> topology.hasLink(LinkDirection.of(left, peer))).collect(Collectors.toList());
                if (reached.size() != 1) {
                    return lost(reached.isEmpty() ? "the link " + left + " - " + text(peers) + " is lost"
                                        : "the port " + left + " is linked to more than one port: " + text(reached));
                }
                at = reached.get(0);
                present = out.get().at(at.port());
            }
        }

        private Walk leave(ConnectPoint exit, Packet packet, Optional<Integer> payload) {
            Optional<TePort> port = topology.port(exit);
            if (port.isEmpty()) {
                return lost(exit.deviceId() + " has no port " + exit.port() + ", where its rules send a packet");
            }
            packet.label().ifPresent(label -> odd(exit.deviceId() + ": " + packet.at(exit.port())
                    + " leaves the network with the label"));
            payload.filter(type -> !packet.ethType().equals(payload)).ifPresent(type -> odd(String.format(
                    "%s: a packet that came with EtherType 0x%04x leaves with another", exit, type)));
            return end(Optional.of(exit));
        }

        private Walk lost(String what) {
            odd(what);
            return end(Optional.empty());
        }

        private Walk end(Optional<ConnectPoint> exit) {
            return ImmutableWalk.of(hops, exit, oddity, oddityAfter);
        }

        private void odd(String what) {
            if (oddity.isEmpty()) {
                oddity = Optional.of(what);
                oddityAfter = hops.size();
            }
        }

        /** Takes a packet through the tables of a switch; empty if it does not leave by a port. */
        private Optional<Packet> forward(DeviceId device, Packet packet) {
            Optional<Collection<FlowRule>> rules = tables.rules(device);
            String subject = device + ": " + packet;
            if (rules.isEmpty()) {
                odd(subject + ": what becomes of it is not known, because the switch can't be asked");
                return Optional.empty();
            }
            Passage passage = new Passage(packet);
            Optional<Integer> table = Optional.of(0);
            while (table.isPresent()) {
                Optional<FlowRule> rule = decisive(subject, rules.get(), table.get(), passage.packet);
                if (rule.isEmpty()) {
                    odd(subject + " is dropped: no rule matches");
                    return Optional.empty();
                }
                passage.apply(rule.get());
                table = Optional.ofNullable(rule.get().treatment().tableTransition())
                        .map(Instructions.TableTypeTransition::tableId);
            }
            passage.finish();
            passage.strange.ifPresent(what -> odd(subject + " " + what + ", which no path does"));
            return output(device, packet, subject, passage);
        }

        private Optional<Packet> output(DeviceId device, Packet packet, String subject, Passage passage) {
            if (passage.outputs.isEmpty()) {
                odd(subject + " is dropped by " + RuleWords.rank(passage.last));
                return Optional.empty();
            }
            if (passage.outputs.size() > 1) {
                odd(subject + " is copied to ports " + passage.outputs.stream()
                        .map(copy -> copy.port().toString()).collect(Collectors.joining(", ")));
            }
            Packet out = passage.outputs.get(0);
            if (PortNumber.IN_PORT.equals(out.port())) {
                out = out.at(packet.port());
            } else if (out.port().isLogical()) {
                odd(subject + " is sent to " + out.port() + " by " + RuleWords.rank(passage.last));
                return Optional.empty();
            }
            hops.add(Hop.builder().device(device).inPort(packet.port()).labelIn(packet.label())
                             .outPort(out.port()).labelOut(out.label()).build());
            return Optional.of(out);
        }

        private Optional<FlowRule> decisive(String subject, Collection<FlowRule> rules, int table, Packet packet) {
            List<FlowRule> matching = new ArrayList<>();
            for (FlowRule rule : rules) {
                if (rule.tableId() == table && isInEffect(rule)
                        && packet.coverage(rule.selector()) != Coverage.NONE) {
                    matching.add(rule);
                }
            }
            matching.sort(Comparator.comparingInt(FlowRule::priority).reversed()
                                  .thenComparing(rule -> packet.coverage(rule.selector()), Comparator.reverseOrder())
                                  .thenComparing(RuleWords::name));
            Optional<FlowRule> rule = matching.stream()
                    .filter(candidate -> packet.coverage(candidate.selector()) == Coverage.ALL).findFirst();
            int rank = rule.map(FlowRule::priority).orElse(Integer.MIN_VALUE);
            matching.stream().filter(other -> rule.filter(other::equals).isEmpty() && other.priority() >= rank)
                    .findFirst().ifPresent(other -> odd(subject + " is taken, or some of its kind are, by "
                            + RuleWords.rank(other)));
            return rule;
        }
    }

    /** Returns whether a switch holds a rule, as far as is known. */
    static boolean isInEffect(FlowRule rule) {
        return !(rule instanceof FlowEntry) || ((FlowEntry) rule).state() == FlowEntry.FlowEntryState.ADDED;
    }

    private static String text(List<ConnectPoint> ports) {
        return ports.stream().map(ConnectPoint::toString).collect(Collectors.joining(", "));
    }

    /** What a packet has become in a switch so far. */
    private static final class Passage {

        private final List<Packet> outputs = new ArrayList<>();
        private final List<Instruction> actionSet = new ArrayList<>();
        private Packet packet;
        private FlowRule last;
        private Optional<String> strange = Optional.empty();

        Passage(Packet packet) {
            this.packet = packet;
        }

        void apply(FlowRule rule) {
            last = rule;
            rule.treatment().immediate().forEach(this::apply);
            if (rule.treatment().clearedDeferred()) {
                actionSet.clear();
            }
            actionSet.addAll(rule.treatment().deferred());
        }

        void finish() {
            actionSet.forEach(this::apply);
        }

        private void apply(Instruction instruction) {
            switch (instruction.type()) {
                case NOACTION:
                    break;
                case OUTPUT:
                    outputs.add(packet.at(((Instructions.OutputInstruction) instruction).port()));
                    break;
                case L2MODIFICATION:
                    modify((L2ModificationInstruction) instruction);
                    break;
                default:
                    change(instruction);
                    break;
            }
        }

        private void modify(L2ModificationInstruction instruction) {
            switch (instruction.subtype()) {
                case MPLS_PUSH:
                    packet = packet.pushed();
                    break;
                case MPLS_LABEL:
                    packet = packet.relabelled(
                            ((L2ModificationInstruction.ModMplsLabelInstruction) instruction).label().toInt());
                    break;
                case MPLS_POP:
                    packet = packet.popped(((L2ModificationInstruction.ModMplsHeaderInstruction) instruction)
                                                   .ethernetType().toShort() & 0xffff);
                    break;
                default:
                    change(instruction);
                    break;
            }
        }

        private void change(Instruction instruction) {
            packet = packet.changed();
            strange = strange.or(() -> Optional.of("is treated by " + instruction));
        }
    }
}
