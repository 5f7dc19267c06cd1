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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Small networks with everything that can go wrong in them: parallel links, one-way links, ports that are down,
 * switches without capability or away, unequal speeds, few labels, and parts that nothing joins; with costs, delays,
 * affinities and shared risks, and some of it under maintenance.
 */
final class RandomNetwork {

    private static final int EDGE_PORTS = 8;

    final int size;
    final List<TeNode> nodes = new ArrayList<>();
    final List<TePort> ports = new ArrayList<>();
    final List<LinkDirection> directions = new ArrayList<>();
    final Map<LinkDirection, LinkAttributes> attributes = new HashMap<>();

    RandomNetwork(long seed) {
        Random random = new Random(seed);
        size = 2 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            nodes.add(TeNode.builder().device(device(i)).available(random.nextInt(20) > 0)
                              .mpls(random.nextInt(12) > 0).te(random.nextInt(12) > 0)
                              .maintenance(random.nextInt(15) == 0)
                              .labels(random.nextInt(4) == 0 ? LabelRange.of(16, 17) : LabelRange.STANDARD).build());
            for (int port = 1; port <= EDGE_PORTS; port++) {
                ports.add(TePort.of(edge(i, port), true, 30));
            }
        }
        int links = random.nextInt(2 * size + 1);
        for (int i = 0; i < links; i++) {
            ConnectPoint one = port(random.nextInt(size), 100 + i);
            ConnectPoint other = port(random.nextInt(size), 200 + i);
            if (!one.deviceId().equals(other.deviceId())) {
                add(random, one, other);
            }
        }
    }

    private void add(Random random, ConnectPoint one, ConnectPoint other) {
        ports.add(TePort.of(one, random.nextInt(15) > 0, 10L + 10L * random.nextInt(3)));
        ports.add(TePort.of(other, true, 10L + 10L * random.nextInt(3)));
        directions.add(LinkDirection.of(one, other));
        if (random.nextInt(8) > 0) {
            directions.add(LinkDirection.of(other, one));
        }
        LinkAttributes link = LinkAttributes.builder().teMetric(random.nextInt(4)).affinities(random.nextInt(8))
                .sharedRisks(random.ints(random.nextInt(3), 1, 5).boxed().collect(Collectors.toSet()))
                .maintenance(random.nextInt(15) == 0).unsteady(random.nextInt(15) == 0).build();
        attributes.put(LinkDirection.of(one, other), direction(random, link));
        attributes.put(LinkDirection.of(other, one), direction(random, link));
    }

    private static LinkAttributes direction(Random random, LinkAttributes link) {
        LinkAttributes.Builder direction = LinkAttributes.builder().from(link).delay(random.nextInt(6));
        return random.nextInt(4) > 0 ? direction.build() : direction.bandwidth(5L + 5L * random.nextInt(6)).build();
    }

    TeTopology topology() {
        TeTopology.Builder topology = TeTopology.builder();
        nodes.forEach(topology::node);
        ports.forEach(topology::port);
        directions.forEach(topology::link);
        attributes.forEach(topology::attributes);
        return topology.build();
    }

    /** Returns the same network, told in another order. */
    TeTopology shuffled(long seed) {
        Random random = new Random(seed);
        Collections.shuffle(nodes, random);
        Collections.shuffle(ports, random);
        Collections.shuffle(directions, random);
        return topology();
    }

    static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number + 1));
    }

    static ConnectPoint edge(int device, int port) {
        return port(device, port);
    }

    static ConnectPoint port(int device, int port) {
        return new ConnectPoint(device(device), PortNumber.portNumber(port));
    }
}
