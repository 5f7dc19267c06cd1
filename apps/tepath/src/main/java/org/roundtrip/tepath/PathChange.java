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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;

/**
 * Something that happened to a path: it entered a state, went over to another way, or was found wrong and repaired.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"time", "state", "reason"})
@JsonSerialize(as = ImmutablePathChange.class)
@JsonDeserialize(as = ImmutablePathChange.class)
public interface PathChange {

    /**
     * Returns when it happened.
     *
     * @return the time, in whole milliseconds
     */
    @Value.Parameter
    Instant time();

    /**
     * Returns the state of the path right after.
     *
     * @return the state
     */
    @Value.Parameter
    TePathState state();

    /**
     * Returns what happened and why.
     *
     * @return words that a user understands
     */
    @Value.Parameter
    String reason();

    /**
     * Returns a change.
     *
     * @param time   when it happened
     * @param state  the state of the path right after
     * @param reason what happened and why
     * @return the change
     */
    static PathChange of(Instant time, TePathState state, String reason) {
        return ImmutablePathChange.of(time, state, reason);
    }
}
