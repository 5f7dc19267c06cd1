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
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.Optional;

/**
 * One measurement of a client.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"time", "offset", "pathDelay"})
@JsonSerialize(as = ImmutableClockSample.class)
@JsonDeserialize(as = ImmutableClockSample.class)
public interface ClockSample {

    /**
     * Returns when it was measured, by the clock of the node.
     *
     * @return the time
     */
    Instant time();

    /**
     * Returns the offset from the server.
     *
     * @return nanoseconds, positive if the client is ahead
     */
    long offset();

    /**
     * Returns the mean path delay.
     *
     * @return nanoseconds, or empty if it was not measured
     */
    Optional<Long> pathDelay();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockSample.Builder {
    }
}
