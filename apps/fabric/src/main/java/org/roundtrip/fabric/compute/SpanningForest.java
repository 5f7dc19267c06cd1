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

import com.google.common.collect.ImmutableSet;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tree of links over each connected part of the network, so that there is exactly one way between any two switches of
 * it.
 */
public final class SpanningForest {

    private SpanningForest() {
    }

    /**
     * Returns the ports at both ends of the links of a spanning forest. Only links that work in both directions are
     * used. The tree of a part is the tree of shortest paths to the switch that is first in order.
     *
     * @param network network
     * @return ports
     */
    public static Set<ConnectPoint> ports(Network network) {
        Set<LinkKey> bidirectional = network.links().stream()
                .filter(link -> network.links().contains(reverse(link)))
                .filter(link -> !link.src().deviceId().equals(link.dst().deviceId()))
                .collect(ImmutableSet.toImmutableSet());
        ImmutableSet.Builder<ConnectPoint> ports = ImmutableSet.builder();
        Set<DeviceId> covered = new HashSet<>();
        List<DeviceId> inOrder = network.switches().stream().sorted(Order.SWITCHES).collect(Collectors.toList());
        for (DeviceId root : inOrder) {
            if (covered.add(root)) {
                Map<DeviceId, LinkKey> tree = ShortestPathTree.to(root, bidirectional);
                covered.addAll(tree.keySet());
                tree.values().forEach(link -> ports.add(link.src(), link.dst()));
            }
        }
        return ports.build();
    }

    private static LinkKey reverse(LinkKey link) {
        return LinkKey.linkKey(/* src= */ link.dst(), /* dst= */ link.src());
    }
}
