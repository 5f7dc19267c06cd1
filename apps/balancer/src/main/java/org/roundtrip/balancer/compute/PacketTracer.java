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

import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows packets through the network by the rules of its switches, as the switches do (OpenFlow 1.3.5, section 5, and
 * ovs-actions(7)): in each table the matching rule with the highest priority decides, its actions are done in their
 * order, a resubmission comes back behind itself.
 * <p>
 * Immutable and thread-safe. A walk looks at each rule of a table once for each time that the packet comes there.
 */
public final class PacketTracer {

    /** A packet that meets more rules goes round: the longest chain of members of a slot is far shorter. */
    private static final int MOST_RULES = 2_048;

    private final Map<DeviceId, Map<Integer, List<TracedRule>>> tables = new HashMap<>();
    private final Map<ConnectPoint, ConnectPoint> peers = new HashMap<>();
    private final Map<MacAddress, ConnectPoint> stations;

    /**
     * Creates a tracer.
     *
     * @param rules    the rules of all switches
     * @param links    the links between switches
     * @param stations where stations are attached, for frames that no rule forwards yet
     */
    public PacketTracer(Collection<TracedRule> rules, Set<SwitchLink> links, Map<MacAddress, ConnectPoint> stations) {
        for (TracedRule rule : rules) {
            FlowRule described = rule.described();
            tables.computeIfAbsent(described.deviceId(), absent -> new HashMap<>())
                    .computeIfAbsent(described.tableId(), absent -> new ArrayList<>()).add(rule);
        }
        tables.values().forEach(ofSwitch -> ofSwitch.values().forEach(
                table -> table.sort(Comparator.comparingInt(rule -> -rule.described().priority()))));
        links.forEach(link -> peers.put(link.source(), link.destination()));
        this.stations = Map.copyOf(stations);
    }

    /**
     * Follows a packet.
     *
     * @param device the switch where it begins
     * @param packet the packet as that switch gets it
     * @param facts  what switches know of its connection
     * @return its way
     */
    public PacketTrace follow(DeviceId device, TracedPacket packet, ConnectionFacts facts) {
        return new Walk(facts).follow(device, packet);
    }

    /** One walk. */
    private final class Walk {

        private final ConnectionFacts facts;
        private final Set<List<Object>> seen = new HashSet<>();
        private final List<TracedRule> rules = new ArrayList<>();
        private Optional<Integer> slot = Optional.empty();

        Walk(ConnectionFacts facts) {
            this.facts = facts;
        }

        PacketTrace follow(DeviceId first, TracedPacket packet) {
            DeviceId device = first;
            TracedPacket present = packet;
            while (seen.add(List.of(device, present)) && rules.size() < MOST_RULES) {
                Passage passage = new Passage(device, present);
                passage.lookUp(Pipeline.CLASSIFICATION);
                passage.finish();
                if (passage.end.isPresent()) {
                    return end(passage.end.get(), passage).build();
                }
                Optional<ConnectPoint> out = passage.out();
                if (out.isEmpty()) {
                    return end(passage.fate(), passage).build();
                }
                Optional<ConnectPoint> in = next(out.get(), device);
                if (in.isEmpty()) {
                    return end(TraceEnd.LEFT, passage).exit(out.get()).build();
                }
                device = in.get().deviceId();
                present = passage.packet.arrivedAt(Optional.of(in.get().port()).filter(port -> !passage.isLost()));
            }
            return end(TraceEnd.LOOP, new Passage(device, present)).build();
        }

        /** A frame that no rule forwards yet is found again where its station is. */
        private Optional<ConnectPoint> next(ConnectPoint out, DeviceId device) {
            return out.deviceId().equals(device) ? Optional.ofNullable(peers.get(out)) : Optional.of(out);
        }

        private PacketTrace.Builder end(TraceEnd end, Passage passage) {
            PacketTrace.Builder trace = PacketTrace.builder();
            trace.rules(rules).slot(slot).end(end).device(passage.device).packet(passage.packet);
            return trace;
        }

        /** A packet in one switch. */
        private final class Passage implements PacketPassage {

            private final DeviceId device;
            private final Optional<PortNumber> arrival;
            private final List<Instruction> actionSet = new ArrayList<>();
            private TracedPacket packet;
            private Optional<TraceEnd> end = Optional.empty();
            private Optional<PortNumber> output = Optional.empty();
            private boolean missed;
            private boolean punted;

            Passage(DeviceId device, TracedPacket packet) {
                this.device = device;
                this.packet = packet;
                arrival = packet.inPort();
            }

            @Override
            public TracedPacket packet() {
                return packet;
            }

            @Override
            public void change(TracedPacket changed) {
                packet = changed;
            }

            @Override
            public void track() {
                packet = packet.withMark(facts.marks().getOrDefault(device, 0L));
            }

            @Override
            public void lookUp(int table) {
                if (rules.size() >= MOST_RULES) {
                    end = Optional.of(TraceEnd.LOOP);
                    return;
                }
                if (table == Pipeline.SLOTS) {
                    slot = SlotChoice.slot(packet.tunnelId());
                }
                Optional<TracedRule> rule = tables.getOrDefault(device, Map.of()).getOrDefault(table, List.of())
                        .stream().filter(candidate -> packet.matches(candidate.described().selector())).findFirst();
                missed = rule.isEmpty();
                rule.ifPresent(this::apply);
            }

            private void apply(TracedRule rule) {
                rules.add(rule);
                if (rule.described().treatment().clearedDeferred()) {
                    actionSet.clear();
                }
                rule.described().treatment().immediate().forEach(this::apply);
                actionSet.addAll(rule.described().treatment().deferred());
                Optional.ofNullable(rule.described().treatment().tableTransition())
                        .ifPresent(transition -> lookUp(transition.tableId()));
            }

            void finish() {
                actionSet.forEach(this::apply);
            }

            private void apply(Instruction instruction) {
                if (end.isPresent()) {
                    return;
                }
                switch (instruction.type()) {
                    case OUTPUT:
                        output(((Instructions.OutputInstruction) instruction).port());
                        break;
                    case EXTENSION:
                        DescribedExtensions.apply(((Instructions.ExtensionInstructionWrapper) instruction)
                                                          .extensionInstruction(), this);
                        break;
                    default:
                        packet = packet.changedBy(instruction);
                        break;
                }
            }

            /** A copy besides the first is none of the packet's way. */
            private void output(PortNumber port) {
                if (output.isEmpty() && !port.equals(PortNumber.CONTROLLER)) {
                    output = port.equals(PortNumber.IN_PORT) ? arrival : Optional.of(port);
                } else if (output.isEmpty()) {
                    punted = true;
                }
            }

            /** Returns whether no rule says where the packet leaves, so that whoever forwards frames has to. */
            boolean isLost() {
                return output.isEmpty() && (missed || punted);
            }

            TraceEnd fate() {
                return missed ? TraceEnd.NO_RULE : punted ? TraceEnd.CONTROLLER : TraceEnd.DROPPED;
            }

            Optional<ConnectPoint> out() {
                return isLost() ? packet.ethDestination().map(stations::get)
                        : output.map(port -> new ConnectPoint(device, port));
            }
        }
    }
}
