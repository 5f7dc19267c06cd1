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

import java.util.List;

/**
 * What one path holds: its labels, and its bandwidth once on each link of any of its placements.
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
     * Returns the bandwidth in each direction.
     *
     * @return bit/s
     */
    @Value.Parameter
    long bandwidth();

    /**
     * Returns the placements that are in the switches or may be.
     *
     * @return the placements
     */
    @Value.Parameter
    List<Placement> placements();

    /**
     * Returns a reservation.
     *
     * @param path       the name of the path
     * @param bandwidth  bit/s in each direction
     * @param placements the placements that are in the switches or may be
     * @return the reservation
     */
    static Reservation of(String path, long bandwidth, List<Placement> placements) {
        return ImmutableReservation.of(path, bandwidth, placements);
    }
}
