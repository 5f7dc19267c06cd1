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
import org.onosproject.net.PortNumber;
import org.roundtrip.tepath.Hop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives the links of a route their labels: for each direction of each link the lowest label that is free at the
 * receiving port, out of the range of the receiving switch (per-interface label spaces, RFC 3031, section 3.14).
 */
public final class LabelAllocation {

    private final TeTopology topology;
    private final Reservations reservations;

    /**
     * Creates an allocation.
     *
     * @param topology     the network
     * @param reservations the labels that are in use
     */
    public LabelAllocation(TeTopology topology, Reservations reservations) {
        this.topology = topology;
        this.reservations = reservations;
    }

    /**
     * Gives the links of a route labels.
     *
     * @param route            a route that was found with the same topology
     * @param generation       which placement of its path it is
     * @param forwardBandwidth bit/s that it holds in the forward direction
     * @param reverseBandwidth bit/s that it holds in the reverse direction
     * @return the route with labels, or empty if a port on it has no label left; nothing is reserved yet
     */
    public Optional<Placement> allocate(Route route, long generation, long forwardBandwidth, long reverseBandwidth) {
        List<LinkDirection> back = new ArrayList<>();
        route.links().forEach(link -> back.add(0, link.reversed()));
        if (!Stream.concat(route.links().stream(), back.stream()).allMatch(link -> hasLabel(link.dst()))) {
            return Optional.empty();
        }
        return Optional.of(Placement.of(generation,
                                        hops(Route.of(route.source(), route.destination(), route.links())),
                                        hops(Route.of(route.destination(), route.source(), back)),
                                        forwardBandwidth, reverseBandwidth));
    }

    private List<Hop> hops(Route direction) {
        List<Hop> hops = new ArrayList<>();
        ConnectPoint arrival = direction.source();
        Optional<Integer> labelIn = Optional.empty();
        for (LinkDirection link : direction.links()) {
            Optional<Integer> labelOut = Optional.of(label(link.dst()));
            hops.add(hop(arrival.deviceId(), arrival.port(), labelIn, link.src().port(), labelOut));
            arrival = link.dst();
            labelIn = labelOut;
        }
        hops.add(hop(arrival.deviceId(), arrival.port(), labelIn, direction.destination().port(), Optional.empty()));
        return hops;
    }

    private boolean hasLabel(ConnectPoint receiver) {
        return label(receiver) <= range(receiver).max();
    }

    private int label(ConnectPoint receiver) {
        return reservations.lowestFreeLabel(receiver, range(receiver));
    }

    private LabelRange range(ConnectPoint receiver) {
        return topology.node(receiver.deviceId()).orElseThrow().labels();
    }

    private static Hop hop(DeviceId device, PortNumber in, Optional<Integer> labelIn, PortNumber out,
                           Optional<Integer> labelOut) {
        return Hop.builder().device(device).inPort(in).labelIn(labelIn).outPort(out).labelOut(labelOut).build();
    }
}
