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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;
import org.onosproject.net.PortNumber;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks for tests: any number of switches joined by any cables, parallel and one-way ones among them, with a few
 * ports at the edge. Each port has one end of one cable, or none.
 */
final class Networks {

    private Networks() {
    }

    static Arbitrary<Network> networks() {
        return Arbitraries.integers().between(1, 8).flatMap(switches -> {
            Arbitrary<Integer> device = Arbitraries.integers().between(1, switches);
            Arbitrary<Cable> cable = Combinators.combine(device, device, Arbitraries.of(Way.BOTH, Way.BOTH, Way.ONE))
                    .as(Cable::new).filter(drawn -> drawn.from != drawn.to);
            Arbitrary<List<Cable>> cables = switches == 1 ? Arbitraries.just(List.of()) : cable.list().ofMaxSize(14);
            return Combinators.combine(cables, device.list().ofMaxSize(8))
                    .as((drawn, edges) -> network(switches, drawn, edges));
        });
    }

    /**
     * Returns a ring of switches with an edge port each: port 1 at the edge, 2 to the next switch, 3 to the one before.
     */
    static Network ring(int switches) {
        ImmutableNetwork.Builder network = ImmutableNetwork.builder();
        for (int i = 1; i <= switches; i++) {
            int next = i % switches + 1;
            network.addSwitches(device(i)).addEdgePorts(port(i, 1))
                    .addLinks(LinkKey.linkKey(port(i, 2), port(next, 3)), LinkKey.linkKey(port(next, 3), port(i, 2)));
        }
        return network.build();
    }

    static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }

    static ConnectPoint port(int device, int number) {
        return new ConnectPoint(device(device), PortNumber.portNumber(number));
    }

    private static Network network(int switches, List<Cable> cables, List<Integer> edges) {
        Map<Integer, Integer> used = new HashMap<>();
        ImmutableNetwork.Builder network = ImmutableNetwork.builder();
        for (int i = 1; i <= switches; i++) {
            network.addSwitches(device(i));
        }
        for (Cable cable : cables) {
            ConnectPoint from = port(cable.from, used.merge(cable.from, 1, Integer::sum));
            ConnectPoint to = port(cable.to, used.merge(cable.to, 1, Integer::sum));
            network.addLinks(LinkKey.linkKey(from, to));
            if (cable.way == Way.BOTH) {
                network.addLinks(LinkKey.linkKey(to, from));
            }
        }
        edges.forEach(device -> network.addEdgePorts(port(device, used.merge(device, 1, Integer::sum))));
        return network.build();
    }

    private enum Way {
        BOTH, ONE
    }

    private record Cable(int from, int to, Way way) {
    }
}
