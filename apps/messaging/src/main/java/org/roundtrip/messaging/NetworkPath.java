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
package org.roundtrip.messaging;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePathState;

import java.util.List;
import java.util.Optional;

/**
 * A te-path between the gateways of two data centres, seen from a route between them.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"tePath", "state", "bandwidth", "hops", "standby", "standbyHops"})
@JsonSerialize(as = ImmutableNetworkPath.class)
public interface NetworkPath {

    /**
     * Returns its name.
     *
     * @return the name of a te-path
     */
    String tePath();

    /**
     * Returns its state.
     *
     * @return the state
     */
    TePathState state();

    /**
     * Returns what is reserved in each direction.
     *
     * @return bit/s, for the route in the other direction as well if there is one
     */
    long bandwidth();

    /**
     * Returns the working way.
     *
     * @return the switches from the gateway where the route begins to the one where it ends; none if there is no way
     */
    List<Hop> hops();

    /**
     * Returns how the standby way fares.
     *
     * @return its state, or empty if none was asked for
     */
    Optional<StandbyState> standby();

    /**
     * Returns the standby way.
     *
     * @return the switches in the same order; none if there is none
     */
    List<Hop> standbyHops();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableNetworkPath.Builder {
    }
}
