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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * From where on a session is alarming.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"asymmetryThreshold", "errorTolerance"})
@JsonSerialize(as = ImmutableMonitoringSettings.class)
@JsonDeserialize(as = ImmutableMonitoringSettings.class)
public interface MonitoringSettings {

    /** All as when nothing is said. */
    MonitoringSettings DEFAULT = builder().build();

    /** The largest error without an alarm unless said otherwise, in nanoseconds. */
    long DEFAULT_THRESHOLD = 1_000;

    /**
     * Returns the largest predicted residual error without an alarm.
     *
     * @return nanoseconds, 0 or more; a microsecond unless said otherwise
     */
    @Value.Default
    default long asymmetryThreshold() {
        return DEFAULT_THRESHOLD;
    }

    /**
     * Returns by how much the median of what the client measures may differ from what is predicted, beside the spread
     * of
     * its measurements, without an alarm.
     *
     * @return nanoseconds, 0 or more; a microsecond unless said otherwise
     */
    @Value.Default
    default long errorTolerance() {
        return DEFAULT_THRESHOLD;
    }

    /**
     * Refuses values out of range.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(asymmetryThreshold() >= 0, "asymmetry-threshold", "must be 0 or more nanoseconds")
                .require(errorTolerance() >= 0, "error-tolerance", "must be 0 or more nanoseconds")
                .throwIfInvalid();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMonitoringSettings.Builder {
    }
}
