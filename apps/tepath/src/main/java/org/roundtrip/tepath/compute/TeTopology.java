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
import org.onosproject.net.DeviceId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot of the network as traffic engineering sees it: switches, ports, and links that packets can take both
 * ways. A link counts only if its two directions join the same two ports, both ports are enabled and both switches are
 * connected; a direction without its opposite is a one-way link and carries no path.
 * <p>
 * Immutable and thread-safe. Equal snapshots list everything in the same order.
 */
public final class TeTopology {

    private final Map<DeviceId, TeNode> nodes;
    private final Map<ConnectPoint, TePort> ports;
    private final Map<ConnectPoint, Set<ConnectPoint>> peers;
    private final Set<LinkDirection> directions;
    private final Map<DeviceId, List<LinkDirection>> links;
    private final Map<DeviceId, List<LinkDirection>> oneWayLinks;
    private final Map<LinkDirection, Long> capacities;
    private final Map<LinkDirection, LinkAttributes> attributes;

    private TeTopology(Builder builder) {
        nodes = Map.copyOf(builder.nodes);
        ports = Map.copyOf(builder.ports);
        peers = new HashMap<>();
        directions = Set.copyOf(builder.directions);
        links = new HashMap<>();
        oneWayLinks = new HashMap<>();
        capacities = new HashMap<>();
        attributes = Map.copyOf(builder.attributes);
        for (LinkDirection direction : builder.directions) {
            peers.computeIfAbsent(direction.src(), port -> new HashSet<>()).add(direction.dst());
            peers.computeIfAbsent(direction.dst(), port -> new HashSet<>()).add(direction.src());
            if (!isUsable(direction.src()) || !isUsable(direction.dst())) {
                continue;
            }
            if (builder.directions.contains(direction.reversed())) {
                links.computeIfAbsent(direction.src().deviceId(), device -> new ArrayList<>()).add(direction);
                // Either direction is as fast as the slower of the two ports.
                capacities.put(direction, attributes(direction).bandwidth().orElseGet(
                        () -> Math.min(ports.get(direction.src()).speed(), ports.get(direction.dst()).speed())));
            } else {
                oneWayLinks.computeIfAbsent(direction.src().deviceId(), device -> new ArrayList<>()).add(direction);
                oneWayLinks.computeIfAbsent(direction.dst().deviceId(), device -> new ArrayList<>())
                        .add(direction.reversed());
            }
        }
    }

    private boolean isUsable(ConnectPoint port) {
        return Optional.ofNullable(ports.get(port)).filter(TePort::enabled).isPresent()
                && Optional.ofNullable(nodes.get(port.deviceId())).filter(TeNode::available).isPresent();
    }

    /**
     * Returns a switch.
     *
     * @param device its identifier
     * @return the switch, or empty if there is none
     */
    public Optional<TeNode> node(DeviceId device) {
        return Optional.ofNullable(nodes.get(device));
    }

    /**
     * Returns a port.
     *
     * @param port which port
     * @return the port, or empty if there is none
     */
    public Optional<TePort> port(ConnectPoint port) {
        return Optional.ofNullable(ports.get(port));
    }

    /**
     * Returns the numbers of all ports of a switch.
     *
     * @param device the switch
     * @return its ports, ordered by number
     */
    public List<ConnectPoint> ports(DeviceId device) {
        return ports.keySet().stream().filter(port -> port.deviceId().equals(device))
                .sorted(LinkDirection.PORT_ORDER).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the ports of other switches that a port is linked to, in one direction at least, working or not.
     *
     * @param port the port
     * @return the other ends, ordered; none for an edge port
     */
    public List<ConnectPoint> peers(ConnectPoint port) {
        return peers.getOrDefault(port, Set.of()).stream()
                .sorted(LinkDirection.PORT_ORDER).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the links that leave a switch and can be taken both ways.
     *
     * @param device the switch
     * @return the links in the direction away from the switch, ordered
     */
    public List<LinkDirection> links(DeviceId device) {
        return links.getOrDefault(device, List.of());
    }

    /**
     * Returns the one-way links at a switch, whichever way they can be taken.
     *
     * @param device the switch
     * @return the links, written in the direction away from the switch
     */
    public List<LinkDirection> oneWayLinks(DeviceId device) {
        return oneWayLinks.getOrDefault(device, List.of());
    }

    /**
     * Returns whether a link can be taken both ways.
     *
     * @param link one of its directions
     * @return true if both directions are there
     */
    public boolean hasLink(LinkDirection link) {
        return capacities.containsKey(link);
    }

    /**
     * Returns whether a direction of a link is known of, working or not.
     *
     * @param direction the direction
     * @return true if packets have been seen to take it
     */
    public boolean isReported(LinkDirection direction) {
        return directions.contains(direction);
    }

    /**
     * Returns the network as it would be if all that is known of worked: all switches connected, all ports up, and all
     * links fit to be taken both ways.
     *
     * @return the network without faults
     */
    TeTopology withoutFaults() {
        Builder whole = builder();
        nodes.values().forEach(node -> whole.node(TeNode.builder().from(node).available(true).build()));
        ports.values().forEach(port -> whole.port(TePort.of(port.at(), true, port.speed())));
        attributes.forEach(whole::attributes);
        for (LinkDirection direction : directions) {
            if (nodes.containsKey(direction.src().deviceId()) && nodes.containsKey(direction.dst().deviceId())) {
                Stream.of(direction.src(), direction.dst()).filter(port -> !ports.containsKey(port))
                        .forEach(port -> whole.port(TePort.of(port, true, 0)));
                whole.link(direction).link(direction.reversed());
            }
        }
        return whole.build();
    }

    /**
     * Returns all links that can be taken both ways.
     *
     * @return both directions of each, ordered
     */
    public List<LinkDirection> links() {
        return capacities.keySet().stream().sorted(LinkDirection.ORDER).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns all switches.
     *
     * @return the switches, ordered by their identifiers
     */
    public List<TeNode> nodes() {
        return nodes.values().stream().sorted(Comparator.comparing(node -> node.device().toString()))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns what is known of one direction of a link.
     *
     * @param link the direction
     * @return its attributes; {@link LinkAttributes#STANDARD} if nothing is known
     */
    public LinkAttributes attributes(LinkDirection link) {
        return attributes.getOrDefault(link, LinkAttributes.STANDARD);
    }

    /**
     * Returns what one direction of a link can carry.
     *
     * @param link the direction of a link that can be taken both ways
     * @return the bit/s that are configured, or else the speed of the slower one of its ports; 0 if unknown
     */
    public long capacity(LinkDirection link) {
        return capacities.getOrDefault(link, 0L);
    }

    /**
     * Returns a builder.
     *
     * @return a builder of a network with nothing in it
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds snapshots. Not thread-safe. */
    public static final class Builder {

        private final Map<DeviceId, TeNode> nodes = new HashMap<>();
        private final Map<ConnectPoint, TePort> ports = new HashMap<>();
        private final Set<LinkDirection> directions = new TreeSet<>(LinkDirection.ORDER);
        private final Map<LinkDirection, LinkAttributes> attributes = new HashMap<>();

        /**
         * Adds a switch.
         *
         * @param node the switch
         * @return this
         */
        public Builder node(TeNode node) {
            nodes.put(node.device(), node);
            return this;
        }

        /**
         * Adds a port.
         *
         * @param port the port
         * @return this
         */
        public Builder port(TePort port) {
            ports.put(port.at(), port);
            return this;
        }

        /**
         * Adds one direction of a link.
         *
         * @param direction the direction
         * @return this
         */
        public Builder link(LinkDirection direction) {
            directions.add(direction);
            return this;
        }

        /**
         * Says what is known of one direction of a link.
         *
         * @param direction the direction
         * @param known     its attributes
         * @return this
         */
        public Builder attributes(LinkDirection direction, LinkAttributes known) {
            attributes.put(direction, known);
            return this;
        }

        /**
         * Returns what has been added.
         *
         * @return the snapshot
         */
        public TeTopology build() {
            return new TeTopology(this);
        }
    }
}
