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

import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The traffic engineering database (RFC 4655, section 2): a snapshot of the network as a graph, and what is free in it
 * at this moment. The graph and its numbers stay; what is free follows the {@link Reservations} that it was made with.
 * <p>
 * All links of the topology that can be taken both ways are in the graph, whatever their state otherwise: constraints
 * leave links out. Not thread-safe, as the reservations are not.
 */
public final class TeDatabase {

    private final TeTopology topology;
    private final Reservations reservations;
    private final DuplexGraph graph;
    private final List<TeNode> nodes;
    private final Map<DeviceId, Integer> nodeNumbers = new HashMap<>();
    private final LinkDirection[] links;
    private final Map<LinkDirection, Integer> arcNumbers = new HashMap<>();
    private final long[] capacities;
    private final long[][] accounts;
    /** By arc: the labels that are in use where it ends. */
    private final BitSet[] labels;

    /**
     * Makes a graph of a network.
     *
     * @param topology     the network
     * @param reservations what paths hold of it; what is free follows its changes
     */
    public TeDatabase(TeTopology topology, Reservations reservations) {
        this.topology = topology;
        this.reservations = reservations;
        nodes = topology.nodes();
        for (int node = 0; node < nodes.size(); node++) {
            nodeNumbers.put(nodes.get(node).device(), node);
        }
        List<LinkDirection> directions = topology.links();
        links = new LinkDirection[directions.size()];
        capacities = new long[directions.size()];
        accounts = new long[directions.size()][];
        labels = new BitSet[directions.size()];
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes.size());
        for (LinkDirection direction : directions) {
            // Either direction may come first; a port that is linked to its own switch leads nowhere.
            if (!arcNumbers.containsKey(direction) && !direction.src().deviceId().equals(direction.dst().deviceId())) {
                add(builder, direction);
            }
        }
        graph = builder.build();
    }

    private void add(DuplexGraph.Builder builder, LinkDirection direction) {
        LinkDirection reversed = direction.reversed();
        LinkAttributes attributes = topology.attributes(direction);
        int link = builder.link(nodeNumbers.get(direction.src().deviceId()),
                                nodeNumbers.get(direction.dst().deviceId()),
                                attributes.teMetric(), attributes.affinities(),
                                attributes.sharedRisks().stream().mapToInt(Integer::intValue).toArray(),
                                attributes.delay(), topology.attributes(reversed).delay());
        register(DuplexGraph.forward(link), direction);
        register(DuplexGraph.opposite(DuplexGraph.forward(link)), reversed);
    }

    private void register(int arc, LinkDirection direction) {
        links[arc] = direction;
        arcNumbers.put(direction, arc);
        capacities[arc] = topology.capacity(direction);
        accounts[arc] = reservations.account(direction);
        labels[arc] = reservations.labelAccount(direction.dst());
    }

    /**
     * Returns the network.
     *
     * @return the snapshot that this was made of
     */
    public TeTopology topology() {
        return topology;
    }

    /**
     * Returns what paths hold.
     *
     * @return the reservations that this was made with
     */
    public Reservations reservations() {
        return reservations;
    }

    /**
     * Returns the network as a graph. Nodes and links are numbered in the order of their names, so that equal networks
     * have equal graphs.
     *
     * @return the graph
     */
    public DuplexGraph graph() {
        return graph;
    }

    /**
     * Returns the number of a switch.
     *
     * @param device the switch
     * @return the node, or empty if there is no such switch
     */
    public OptionalInt node(DeviceId device) {
        Integer node = nodeNumbers.get(device);
        return node == null ? OptionalInt.empty() : OptionalInt.of(node);
    }

    /**
     * Returns a switch by its number.
     *
     * @param node a node of the graph
     * @return the switch
     */
    public TeNode node(int node) {
        return nodes.get(node);
    }

    /**
     * Returns the number of a direction of a link.
     *
     * @param link the direction
     * @return the arc, or empty if there is no such link that can be taken both ways
     */
    public OptionalInt arc(LinkDirection link) {
        Integer arc = arcNumbers.get(link);
        return arc == null ? OptionalInt.empty() : OptionalInt.of(arc);
    }

    /**
     * Returns a direction of a link by its number.
     *
     * @param arc an arc of the graph
     * @return the direction
     */
    public LinkDirection link(int arc) {
        return links[arc];
    }

    /**
     * Returns the bandwidth that a newcomer could have of a direction of a link.
     *
     * @param arc           the arc
     * @param setupPriority the setup priority of the newcomer, 0 to 7: what is held with a larger number counts as free
     * @return bit/s; less than 0 if more is held than there is
     */
    public long free(int arc, int setupPriority) {
        return capacities[arc] - accounts[arc][setupPriority];
    }

    /**
     * Returns whether both ends of a link have a label left to give out.
     *
     * @param arc an arc of the link
     * @return true if both directions can be labelled
     */
    public boolean hasFreeLabels(int arc) {
        return hasFreeLabel(arc, graph.head(arc)) && hasFreeLabel(DuplexGraph.opposite(arc), graph.tail(arc));
    }

    private boolean hasFreeLabel(int arc, int receiver) {
        LabelRange range = nodes.get(receiver).labels();
        return labels[arc].nextClearBit(range.min()) <= range.max();
    }
}
