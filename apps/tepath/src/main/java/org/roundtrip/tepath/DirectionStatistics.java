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
 * What one direction of a path has carried.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"admittedPackets", "admittedBytes", "deliveredPackets", "deliveredBytes"})
@JsonSerialize(as = ImmutableDirectionStatistics.class)
public interface DirectionStatistics {

    /**
     * Returns how many packets entered.
     *
     * @return 0 or more
     */
    long admittedPackets();

    /**
     * Returns how many bytes entered.
     *
     * @return 0 or more
     */
    long admittedBytes();

    /**
     * Returns how many packets left at the other end.
     *
     * @return 0 or more; the same as entered if both ends are at one switch
     */
    long deliveredPackets();

    /**
     * Returns how many bytes left at the other end, with the label that they brought.
     *
     * @return 0 or more
     */
    long deliveredBytes();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds counters. */
    final class Builder extends ImmutableDirectionStatistics.Builder {
    }
}
