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
 * Something that happened to a clock session.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"index", "time", "type", "state", "alarm", "reason"})
@JsonSerialize(as = ImmutableClockSessionChange.class)
@JsonDeserialize(as = ImmutableClockSessionChange.class)
public interface ClockSessionChange {

    /**
     * Returns the position in the history, which YANG needs as a key.
     *
     * @return 1 for the first change ever, and so on
     */
    long index();

    /**
     * Returns when it happened.
     *
     * @return the time, in whole milliseconds
     */
    Instant time();

    /**
     * Returns what happened.
     *
     * @return the type
     */
    ClockSessionChangeType type();

    /**
     * Returns the state of the session right after.
     *
     * @return the state
     */
    ClockSessionState state();

    /**
     * Returns which alarm was raised or has ended.
     *
     * @return the alarm; empty if the state changed
     */
    Optional<ClockAlarmType> alarm();

    /**
     * Returns why.
     *
     * @return words that a user understands
     */
    String reason();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockSessionChange.Builder {
    }
}
