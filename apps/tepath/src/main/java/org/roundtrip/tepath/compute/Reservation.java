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
import org.roundtrip.base.ValueType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one path holds: the labels of its placements, and their bandwidth once on each link, since one of them at a time
 * carries traffic (the shared explicit style of RFC 3209, section 2.4.3).
 */
@Value.Immutable
@ValueType
public interface Reservation {

    /**
     * Returns the name of the path.
     *
     * @return the name
     */
    @Value.Parameter
    String path();

    /**
     * Returns the priority with which it is held.
     *
     * @return 0, which nothing takes away, to 7
     */
    @Value.Parameter
    int holdingPriority();

    /**
     * Returns the placements that are in the switches or may be.
     *
     * @return the placements
     */
    @Value.Parameter
    List<Placement> placements();

    /**
     * Returns what is held of each direction of each link.
     *
     * @return bit/s, the largest demand of any placement
     */
    @Value.Lazy
    default Map<LinkDirection, Long> bandwidth() {
        Map<LinkDirection, Long> bandwidth = new HashMap<>();
        for (Placement placement : placements()) {
            placement.forwardLinks().forEach(link -> hold(bandwidth, link, placement.forwardBandwidth()));
            placement.reverseLinks().forEach(link -> hold(bandwidth, link, placement.reverseBandwidth()));
        }
        return Map.copyOf(bandwidth);
    }

    private static void hold(Map<LinkDirection, Long> bandwidth, LinkDirection link, long amount) {
        if (amount > 0) {
            bandwidth.merge(link, amount, Math::max);
        }
    }

    /**
     * Returns a reservation.
     *
     * @param path            the name of the path
     * @param holdingPriority 0 to 7
     * @param placements      the placements that are in the switches or may be
     * @return the reservation
     */
    static Reservation of(String path, int holdingPriority, List<Placement> placements) {
        return ImmutableReservation.of(path, holdingPriority, placements);
    }
}
