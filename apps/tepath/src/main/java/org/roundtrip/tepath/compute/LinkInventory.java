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

import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TeLinkDirection;
import org.roundtrip.tepath.TePathRequest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The links of a network as users see them.
 */
public final class LinkInventory {

    private LinkInventory() {
    }

    /**
     * Returns the links that can be taken both ways. Takes time proportional to their number, but for their order.
     *
     * @param topology     the network
     * @param reservations what paths hold of it
     * @return each link once, ordered by the port at its beginning
     */
    public static List<TeLink> of(TeTopology topology, Reservations reservations) {
        return topology.links().stream()
                .filter(link -> LinkDirection.ORDER.compare(link, link.reversed()) < 0)
                .map(link -> link(topology, reservations, link))
                .collect(Collectors.toUnmodifiableList());
    }

    private static TeLink link(TeTopology topology, Reservations reservations, LinkDirection link) {
        LinkAttributes attributes = topology.attributes(link);
        return TeLink.builder().source(link.src()).destination(link.dst())
                .teMetric(attributes.teMetric())
                .affinities(IntStream.range(0, Integer.SIZE)
                                    .filter(affinity -> (attributes.affinities() & 1 << affinity) != 0)
                                    .boxed().collect(Collectors.toList()))
                .srlgs(attributes.sharedRisks())
                .maintenance(attributes.maintenance()).unsteady(attributes.unsteady())
                .forward(direction(topology, reservations, link))
                .reverse(direction(topology, reservations, link.reversed())).build();
    }

    private static TeLinkDirection direction(TeTopology topology, Reservations reservations, LinkDirection direction) {
        long capacity = topology.capacity(direction);
        LongStream unreserved = IntStream.rangeClosed(0, TePathRequest.LEAST_PRIORITY)
                .mapToLong(priority -> capacity - reservations.bandwidth(direction, priority));
        return TeLinkDirection.of(capacity, unreserved.boxed().collect(Collectors.toList()),
                                  topology.attributes(direction).delay());
    }
}
