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

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Hop;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way with its labels: all that must be known to compile the rules of a path.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutablePlacement.class)
@JsonDeserialize(as = ImmutablePlacement.class)
public interface Placement {

    /**
     * Returns which placement of its path it is.
     *
     * @return 1 for the first, and more for each that came after
     */
    @Value.Parameter
    long generation();

    /**
     * Returns the hops of the forward direction.
     *
     * @return the hops from the source to the destination, at least one
     */
    @Value.Parameter
    List<Hop> forward();

    /**
     * Returns the hops of the reverse direction.
     *
     * @return the same switches and ports the other way round
     */
    @Value.Parameter
    List<Hop> reverse();

    /**
     * Returns the bandwidth that it holds in the forward direction.
     *
     * @return bit/s
     */
    @Value.Parameter
    long forwardBandwidth();

    /**
     * Returns the bandwidth that it holds in the reverse direction.
     *
     * @return bit/s
     */
    @Value.Parameter
    long reverseBandwidth();

    /**
     * Returns the links of the forward direction.
     *
     * @return the forward direction of each link in the order of the way
     */
    default List<LinkDirection> forwardLinks() {
        return links(forward());
    }

    /**
     * Returns the links of the reverse direction.
     *
     * @return the reverse direction of each link in the order of the way back
     */
    default List<LinkDirection> reverseLinks() {
        return links(reverse());
    }

    /**
     * Returns the links that it uses, in both directions.
     *
     * @return the forward direction of each link in the order of the way, then the reverse direction of each
     */
    default List<LinkDirection> links() {
        return Stream.concat(forwardLinks().stream(), reverseLinks().stream())
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the way without its labels.
     *
     * @return the route of the forward direction
     */
    default Route route() {
        Hop first = forward().get(0);
        Hop last = forward().get(forward().size() - 1);
        return Route.of(new ConnectPoint(first.device(), first.inPort()),
                        new ConnectPoint(last.device(), last.outPort()), forwardLinks());
    }

    /**
     * Returns this placement when its traffic has left it.
     *
     * @return the same way and labels without bandwidth
     */
    default Placement withoutBandwidth() {
        return of(generation(), forward(), reverse(), 0, 0);
    }

    /**
     * Returns the hops of both directions.
     *
     * @return the forward hops, then the reverse hops
     */
    default List<Hop> hops() {
        return Stream.concat(forward().stream(), reverse().stream()).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the switches on the way.
     *
     * @return the switches from the source to the destination
     */
    default List<DeviceId> devices() {
        return forward().stream().map(Hop::device).collect(Collectors.toUnmodifiableList());
    }

    private static List<LinkDirection> links(List<Hop> hops) {
        return IntStream.range(1, hops.size()).mapToObj(i -> LinkDirection.of(
                new ConnectPoint(hops.get(i - 1).device(), hops.get(i - 1).outPort()),
                new ConnectPoint(hops.get(i).device(), hops.get(i).inPort())))
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns a placement.
     *
     * @param generation       which placement of its path it is
     * @param forward          the hops of the forward direction
     * @param reverse          the hops of the reverse direction
     * @param forwardBandwidth bit/s that it holds in the forward direction
     * @param reverseBandwidth bit/s that it holds in the reverse direction
     * @return the placement
     */
    static Placement of(long generation, List<Hop> forward, List<Hop> reverse, long forwardBandwidth,
                        long reverseBandwidth) {
        return ImmutablePlacement.of(generation, forward, reverse, forwardBandwidth, reverseBandwidth);
    }
}
