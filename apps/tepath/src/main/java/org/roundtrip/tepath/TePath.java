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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * A path as it is now: what was asked for, how it fares, and the way it takes.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"request", "owner", "status", "forward", "reverse", "metrics", "standby"})
@JsonSerialize(as = ImmutableTePath.class)
public interface TePath {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    @JsonUnwrapped
    TePathRequest request();

    /**
     * Returns the application that asked for it and alone may remove it.
     *
     * @return the name of an ONOS application
     */
    String owner();

    /**
     * Returns how it fares.
     *
     * @return the status
     */
    Status<TePathState> status();

    /**
     * Returns the hops of the forward direction.
     *
     * @return the hops from the source to the destination; none while there is no way
     */
    List<Hop> forward();

    /**
     * Returns the hops of the reverse direction: the same switches and ports as {@link #forward}, the other way round.
     *
     * @return the hops from the destination to the source; none while there is no way
     */
    List<Hop> reverse();

    /**
     * Returns what the way that the traffic takes costs.
     *
     * @return the metrics, or empty while there is no way
     */
    Optional<PathMetrics> metrics();

    /**
     * Returns how the protection fares.
     *
     * @return the standby way, or empty if no protection was asked for
     */
    Optional<StandbyWay> standby();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds paths. */
    final class Builder extends ImmutableTePath.Builder {
    }
}
