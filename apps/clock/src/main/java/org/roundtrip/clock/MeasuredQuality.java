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
package org.roundtrip.clock;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a client says of its time.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"reported", "portState", "reference", "expectedOffset", "expectedPathDelay", "windows"})
@JsonSerialize(as = ImmutableMeasuredQuality.class)
public interface MeasuredQuality {

    /**
     * Returns when it was last heard.
     *
     * @return the time, in whole milliseconds
     */
    Instant reported();

    /**
     * Returns the state of its PTP port.
     *
     * @return the state
     */
    PtpPortState portState();

    /**
     * Returns what its offsets mean.
     *
     * @return the reference
     */
    OffsetReference reference();

    /**
     * Returns what the median of its offsets should be.
     *
     * @return nanoseconds, or empty while nothing can be predicted
     */
    Optional<Long> expectedOffset();

    /**
     * Returns what the median of its mean path delays should be.
     *
     * @return nanoseconds, or empty if the delays of the links are not configured
     */
    Optional<Long> expectedPathDelay();

    /**
     * Returns the figures.
     *
     * @return those windows that have samples, the shortest first
     */
    List<QualityWindow> windows();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMeasuredQuality.Builder {
    }
}
