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
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.RouteHop;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries of all kinds: few of them ask for everything at once, and most networks fulfil some of them. */
final class RandomQuery {

    private final RandomNetwork network;
    private final Random random;

    private RandomQuery(RandomNetwork network, Random random) {
        this.network = network;
        this.random = random;
    }

    static PathQuery in(RandomNetwork network, long seed) {
        return new RandomQuery(network, new Random(seed)).query();
    }

    private PathQuery query() {
        ConnectPoint destination = random.nextInt(15) == 0 ? RandomNetwork.edge(0, 2)
                : RandomNetwork.edge(network.size - 1, 1);
        return PathQuery.builder().source(RandomNetwork.edge(0, 1)).destination(destination)
                .forwardBandwidth(5L * random.nextInt(6)).reverseBandwidth(5L * random.nextInt(6))
                .setupPriority(random.nextInt(8)).objective(pick(Objective.values())).constraints(constraints())
                .protection(maybe(2) ? Optional.of(Protection.builder().disjoint(pick(Disjointness.values()))
                        .bestEffort(maybe(3)).build()) : Optional.empty())
                .build();
    }

    private PathConstraints constraints() {
        while (true) {
            try {
                return PathConstraints.builder()
                        .maxHops(maybe(4) ? Optional.of(1 + random.nextInt(4)) : Optional.empty())
                        .maxDelay(maybe(4) ? Optional.of((long) random.nextInt(12)) : Optional.empty())
                        .maxDelayAsymmetry(maybe(4) ? Optional.of((long) random.nextInt(3)) : Optional.empty())
                        .affinitiesIncludeAny(affinities()).affinitiesIncludeAll(affinities())
                        .affinitiesExcludeAny(affinities())
                        .excludeDevices(devices(random.nextInt(20) / 14)).excludeLinks(ports(random.nextInt(20) / 12))
                        .include(maybe(4) ? hops() : List.of()).build();
            } catch (InvalidRequestException contradictory) {
                continue;
            }
        }
    }

    private Collection<Integer> affinities() {
        return maybe(5) ? random.ints(1 + random.nextInt(2), 0, 3).boxed().collect(Collectors.toSet()) : Set.of();
    }

    private Set<DeviceId> devices(int number) {
        return random.ints(number, 0, network.size).mapToObj(RandomNetwork::device).collect(Collectors.toSet());
    }

    private Set<ConnectPoint> ports(int number) {
        return network.directions.isEmpty() ? Set.of() : random.ints(number, 0, network.directions.size())
                .mapToObj(index -> network.directions.get(index).src()).collect(Collectors.toSet());
    }

    private List<RouteHop> hops() {
        return IntStream.range(0, 1 + random.nextInt(2)).mapToObj(index -> hop()).collect(Collectors.toList());
    }

    private RouteHop hop() {
        RouteHop.Builder hop = RouteHop.builder().strict(maybe(3));
        return network.directions.isEmpty() || maybe(2)
                ? hop.device(RandomNetwork.device(random.nextInt(network.size))).build()
                : hop.link(network.directions.get(random.nextInt(network.directions.size())).dst()).build();
    }

    private boolean maybe(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
