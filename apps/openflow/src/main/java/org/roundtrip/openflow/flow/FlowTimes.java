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
package org.roundtrip.openflow.flow;

import org.immutables.value.Value;

import java.time.Duration;

/**
 * How long the flow rule provider waits for what.
 */
@Value.Immutable
interface FlowTimes {

    /**
     * Returns the time between two readings of a switch's flow entries.
     *
     * @return more than nothing
     */
    Duration pollPeriod();

    /**
     * Returns the time after the connection of a switch during which entries that nobody asked for stay in it.
     *
     * @return nothing or more
     */
    Duration adoptionPeriod();

    /**
     * Returns the time that a switch has to answer.
     *
     * @return more than nothing
     */
    Duration batchTimeout();

    /**
     * Checks the values.
     */
    @Value.Check
    default void check() {
        if (pollPeriod().isNegative() || pollPeriod().isZero()) {
            throw new IllegalArgumentException("the poll period must be more than 0, not " + pollPeriod());
        }
        if (adoptionPeriod().isNegative()) {
            throw new IllegalArgumentException("the adoption period must be 0 or more, not " + adoptionPeriod());
        }
        if (batchTimeout().isNegative() || batchTimeout().isZero()) {
            throw new IllegalArgumentException("the batch timeout must be more than 0, not " + batchTimeout());
        }
    }
}
