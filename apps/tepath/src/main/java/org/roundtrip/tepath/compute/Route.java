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

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way through the network from one edge port to another, which the other direction takes backwards.
 */
@Value.Immutable
@ValueType
public interface Route {

    /**
     * Returns the edge port where the forward direction enters.
     *
     * @return a port
     */
    @Value.Parameter
    ConnectPoint source();

    /**
     * Returns the edge port where the forward direction leaves.
     *
     * @return a port
     */
    @Value.Parameter
    ConnectPoint destination();

    /**
     * Returns the links between them, in the forward direction.
     *
     * @return the links, each beginning at the switch where the one before ends; none if both ports are of one switch
     */
    @Value.Parameter
    List<LinkDirection> links();

    /**
     * Returns the switches on the way.
     *
     * @return the switches from the source to the destination
     */
    default List<DeviceId> devices() {
        return Stream.concat(Stream.of(source().deviceId()), links().stream().map(link -> link.dst().deviceId()))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the ports that the forward direction passes: in and out of each switch.
     *
     * @return the ports from the source to the destination
     */
    default List<ConnectPoint> ports() {
        return Stream.of(Stream.of(source()), links().stream().flatMap(link -> Stream.of(link.src(), link.dst())),
                         Stream.of(destination())).flatMap(ports -> ports).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns a route.
     *
     * @param source      the edge port where the forward direction enters
     * @param destination the edge port where the forward direction leaves
     * @param links       the links between them, in the forward direction
     * @return the route
     */
    static Route of(ConnectPoint source, ConnectPoint destination, List<LinkDirection> links) {
        return ImmutableRoute.of(source, destination, links);
    }
}
