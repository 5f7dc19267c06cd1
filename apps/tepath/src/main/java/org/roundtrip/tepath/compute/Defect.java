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

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Hop;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wrong with the way of a path.
 */
@Value.Immutable
@ValueType
public interface Defect {

    /** The kinds of defects, those that are certain first. */
    enum Kind {
        /** A port of a link on the way is down. */
        LINK_DOWN,
        /** A switch on the way lacks a capability. */
        INCAPABLE,
        /** A switch on the way is not connected to the controller: nobody knows what has become of it. */
        SWITCH_AWAY,
        /** A link on the way is not there, or in one direction only. */
        LINK_MISSING,
        /** A link or a switch on the way is to be left, if there is another way; the switches at its ends may stay. */
        MAINTENANCE,
        /** An edge port of the path is down: no other way would help. */
        EDGE_DOWN
    }

    /**
     * Returns the kind.
     *
     * @return the kind
     */
    @Value.Parameter
    Kind kind();

    /**
     * Returns the same in words.
     *
     * @return what is wrong and where
     */
    @Value.Parameter
    String detail();

    /**
     * Looks for a defect.
     *
     * @param topology  the network
     * @param placement the way of a path
     * @return the first one of the most certain kind, or empty if the way is whole
     */
    static Optional<Defect> find(TeTopology topology, Placement placement) {
        return placement.links().stream().flatMap(link -> Stream.of(link.src(), link.dst()))
                .filter(port -> isDown(topology, port)).findFirst()
                .map(port -> defect(Kind.LINK_DOWN, "the port " + port + " on the way is down"))
                .or(() -> placement.devices().stream()
                        .filter(device -> placement.devices().size() > 1 && isIncapable(topology, device)).findFirst()
                        .map(device -> defect(Kind.INCAPABLE,
                                              "the switch " + device + " no longer has MPLS and TE capability")))
                .or(() -> placement.devices().stream()
                        .filter(device -> topology.node(device).filter(TeNode::available).isEmpty()).findFirst()
                        .map(device -> defect(Kind.SWITCH_AWAY, "the switch " + device + " is not connected")))
                .or(() -> placement.links().stream().filter(link -> !topology.hasLink(link)).findFirst()
                        .map(link -> defect(Kind.LINK_MISSING,
                                            "the link " + link.src() + " - " + link.dst() + " is lost")))
                .or(() -> maintenance(topology, placement)
                        .map(what -> defect(Kind.MAINTENANCE, what + " on the way is under maintenance")))
                .or(() -> Stream.of(edge(placement.forward().get(0)), edge(placement.reverse().get(0)))
                        .filter(port -> topology.port(port).filter(TePort::enabled).isEmpty()).findFirst()
                        .map(port -> defect(Kind.EDGE_DOWN, "the port " + port + " is down")));
    }

    private static ConnectPoint edge(Hop ingress) {
        return new ConnectPoint(ingress.device(), ingress.inPort());
    }

    private static boolean isDown(TeTopology topology, ConnectPoint port) {
        return topology.node(port.deviceId()).filter(TeNode::available).isPresent()
                && topology.port(port).filter(known -> !known.enabled()).isPresent();
    }

    private static Optional<String> maintenance(TeTopology topology, Placement placement) {
        return placement.links().stream().filter(link -> topology.attributes(link).maintenance()).findFirst()
                .map(link -> "the link " + Phrases.link(link))
                .or(() -> placement.devices().stream().skip(1).limit(Math.max(0, placement.devices().size() - 2))
                        .filter(device -> topology.node(device).filter(TeNode::maintenance).isPresent()).findFirst()
                        .map(device -> "the switch " + device));
    }

    private static boolean isIncapable(TeTopology topology, DeviceId device) {
        return topology.node(device).filter(node -> !node.isCapable()).isPresent();
    }

    private static Defect defect(Kind kind, String detail) {
        return ImmutableDefect.of(kind, detail);
    }
}
