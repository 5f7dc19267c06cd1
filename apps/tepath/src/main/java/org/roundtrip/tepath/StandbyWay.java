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
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * The way to which both directions of a protected path move when the active way fails.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"status", "forward", "reverse", "metrics", "shared"})
@JsonSerialize(as = ImmutableStandbyWay.class)
public interface StandbyWay {

    /**
     * Returns how it fares.
     *
     * @return the status
     */
    Status<StandbyState> status();

    /**
     * Returns the hops of the forward direction.
     *
     * @return the hops from the source to the destination; none while there is no standby way
     */
    List<Hop> forward();

    /**
     * Returns the hops of the reverse direction.
     *
     * @return the hops from the destination to the source; none while there is no standby way
     */
    List<Hop> reverse();

    /**
     * Returns what the standby way costs.
     *
     * @return the metrics, or empty while there is no standby way
     */
    Optional<PathMetrics> metrics();

    /**
     * Returns what it shares with the active way although it should not, as best effort allows.
     *
     * @return links, switches and shared risk link groups in words; none if the two are disjoint
     */
    List<String> shared();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds standby ways. */
    final class Builder extends ImmutableStandbyWay.Builder {
    }
}
