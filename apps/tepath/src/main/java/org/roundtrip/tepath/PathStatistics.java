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
import org.roundtrip.base.ValueType;

/**
 * What a path has carried, as the switches counted it when they were last asked. What was admitted counts from when
 * both ends began to admit, whichever way it went; what was delivered counts on the active and the standby way, and no
 * longer on a way that has been taken down.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"forward", "reverse"})
@JsonSerialize(as = ImmutablePathStatistics.class)
public interface PathStatistics {

    /**
     * Returns the counters of the forward direction.
     *
     * @return the counters
     */
    @Value.Parameter
    DirectionStatistics forward();

    /**
     * Returns the counters of the reverse direction.
     *
     * @return the counters
     */
    @Value.Parameter
    DirectionStatistics reverse();

    /**
     * Returns statistics.
     *
     * @param forward the counters of the forward direction
     * @param reverse the counters of the reverse direction
     * @return the statistics
     */
    static PathStatistics of(DirectionStatistics forward, DirectionStatistics reverse) {
        return ImmutablePathStatistics.of(forward, reverse);
    }
}
