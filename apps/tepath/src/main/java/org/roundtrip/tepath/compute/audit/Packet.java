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

import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.MplsBosCriterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All packets of one kind at a port of a switch: those that have certain values in some header fields, and any in the
 * others. What is under a label is remembered, but no switch sees it (RFC 3032, section 2.2).
 * <p>
 * Immutable and thread-safe.
 */
public final class Packet {

    private static final int LABELLED = 0x8847;

    /** What can be matched of a labelled packet, besides its port, its EtherType and its label. */
    private static final Set<Criterion.Type> BEFORE_THE_LABEL = Set.of(
            Criterion.Type.ETH_DST, Criterion.Type.ETH_DST_MASKED, Criterion.Type.ETH_SRC,
            Criterion.Type.ETH_SRC_MASKED, Criterion.Type.VLAN_VID, Criterion.Type.VLAN_PCP,
            Criterion.Type.METADATA, Criterion.Type.TUNNEL_ID, Criterion.Type.MPLS_TC, Criterion.Type.EXTENSION,
            Criterion.Type.PACKET_TYPE, Criterion.Type.IN_PHY_PORT);

    private final PortNumber port;
    private final Optional<Integer> ethType;
    /** The outermost last. */
    private final List<Integer> labels;
    private final Map<Criterion.Type, Criterion> fields;

    private Packet(PortNumber port, Optional<Integer> ethType, List<Integer> labels,
                   Map<Criterion.Type, Criterion> fields) {
        this.port = port;
        this.ethType = ethType;
        this.labels = labels;
        this.fields = fields;
    }

    /**
     * Returns the packets that a rule of a path matches.
     *
     * @param selector the match of the rule, with a port
     * @return the packets
     */
    public static Packet matching(TrafficSelector selector) {
        Map<Criterion.Type, Criterion> fields = new EnumMap<>(Criterion.Type.class);
        selector.criteria().forEach(criterion -> fields.put(criterion.type(), criterion));
        PortNumber port = ((PortCriterion) fields.remove(Criterion.Type.IN_PORT)).port();
        Optional<Integer> ethType = Optional.ofNullable((EthTypeCriterion) fields.remove(Criterion.Type.ETH_TYPE))
                .map(criterion -> number(criterion));
        fields.remove(Criterion.Type.MPLS_BOS);
        List<Integer> labels = Optional.ofNullable((MplsCriterion) fields.remove(Criterion.Type.MPLS_LABEL))
                .map(criterion -> List.of(criterion.label().toInt())).orElse(List.of());
        return new Packet(port, ethType, labels, fields);
    }

    /**
     * Returns packets of which only the label is known.
     *
     * @param port  where they are
     * @param label their label, the only one
     * @return the packets
     */
    public static Packet labelled(PortNumber port, int label) {
        return new Packet(port, Optional.of(LABELLED), List.of(label), Map.of());
    }

    /**
     * Returns where they are.
     *
     * @return a port of a switch
     */
    public PortNumber port() {
        return port;
    }

    Optional<Integer> ethType() {
        return ethType;
    }

    Optional<Integer> label() {
        return labels.isEmpty() ? Optional.empty() : Optional.of(labels.get(labels.size() - 1));
    }

    /** What tells it from the same packet earlier on its way; the port does not. */
    List<Object> content() {
        return List.of(ethType, labels, fields);
    }

    Packet at(PortNumber other) {
        return new Packet(other, ethType, labels, fields);
    }

    Packet pushed() {
        List<Integer> stack = new ArrayList<>(labels);
        // The new entry begins as a copy of the one below, or with 0 (OpenFlow 1.3.5, section 5.11.1).
        stack.add(label().orElse(0));
        return new Packet(port, Optional.of(LABELLED), List.copyOf(stack), fields);
    }

    /** Returns the packet with another outermost label, or as it is if it has none. */
    Packet relabelled(int label) {
        List<Integer> stack = new ArrayList<>(labels);
        if (!stack.isEmpty()) {
            stack.set(stack.size() - 1, label);
        }
        return new Packet(port, ethType, List.copyOf(stack), fields);
    }

    /** Returns the packet without its outermost label, or as it is if it has none. */
    Packet popped(int newEthType) {
        return labels.isEmpty() ? this
                : new Packet(port, Optional.of(newEthType), labels.subList(0, labels.size() - 1), fields);
    }

    /** Returns the packet after a change of its header that no path makes: what was known of it may be wrong. */
    Packet changed() {
        return new Packet(port, ethType, labels, Map.of());
    }

    /**
     * Returns how many of these packets a match covers.
     *
     * @param selector the match
     * @return none, some, or all
     */
    Coverage coverage(TrafficSelector selector) {
        Coverage coverage = Coverage.ALL;
        for (Criterion criterion : selector.criteria()) {
            coverage = coverage.and(coverage(criterion));
            if (coverage == Coverage.NONE) {
                return coverage;
            }
        }
        return coverage;
    }

    private Coverage coverage(Criterion criterion) {
        switch (criterion.type()) {
            case IN_PORT:
                return Coverage.of(((PortCriterion) criterion).port().equals(port));
            case ETH_TYPE:
                return ethType.map(type -> Coverage.of(type == number((EthTypeCriterion) criterion)))
                        .orElse(Coverage.SOME);
            case MPLS_LABEL:
                return Coverage.of(label().filter(top -> top == ((MplsCriterion) criterion).label().toInt())
                                           .isPresent());
            case MPLS_BOS:
                return Coverage.of(!labels.isEmpty()
                                           && ((MplsBosCriterion) criterion).mplsBos() == (labels.size() == 1));
            case ETH_SRC_MASKED:
                return masked((EthCriterion) criterion, fields.get(Criterion.Type.ETH_SRC));
            case ETH_DST_MASKED:
                return masked((EthCriterion) criterion, fields.get(Criterion.Type.ETH_DST));
            default:
                return !labels.isEmpty() && !BEFORE_THE_LABEL.contains(criterion.type())
                        ? Coverage.NONE : field(criterion, fields.get(criterion.type()));
        }
    }

    private static Coverage masked(EthCriterion wanted, Criterion known) {
        return known == null ? Coverage.SOME : Coverage.of(
                ((((EthCriterion) known).mac().toLong() ^ wanted.mac().toLong()) & wanted.mask().toLong()) == 0);
    }

    private static Coverage field(Criterion wanted, Criterion known) {
        if (known == null) {
            return Coverage.SOME;
        }
        if (wanted instanceof IPCriterion && known instanceof IPCriterion) {
            IPCriterion wider = (IPCriterion) wanted;
            IPCriterion narrower = (IPCriterion) known;
            return wider.ip().contains(narrower.ip()) ? Coverage.ALL
                    : narrower.ip().contains(wider.ip()) ? Coverage.SOME : Coverage.NONE;
        }
        return Coverage.of(wanted.equals(known));
    }

    private static int number(EthTypeCriterion criterion) {
        return criterion.ethType().toShort() & 0xffff;
    }

    /**
     * Returns the packets in words.
     *
     * @return the words, such as {@code a packet with label 100001 at port 2}
     */
    @Override
    public String toString() {
        String what = !labels.isEmpty()
                ? " with label " + labels.stream().map(Object::toString).collect(Collectors.joining(" under "))
                : fields.isEmpty() ? ""
                : " with " + fields.values().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "a packet" + what + " at port " + port;
    }
}
