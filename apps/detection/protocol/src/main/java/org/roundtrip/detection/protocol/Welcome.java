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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * The answer to {@link Authenticate}: the agent is who it says, and this is what it has to keep to.
 */
@Value.Immutable
@ValueType
@JsonTypeName("welcome")
@JsonPropertyOrder({"lease", "reportInterval"})
@JsonSerialize(as = ImmutableWelcome.class)
@JsonDeserialize(as = ImmutableWelcome.class)
public interface Welcome extends Message {

    /**
     * Returns for how long an agent that is not heard of is still believed.
     *
     * @return milliseconds, 1000 to an hour
     */
    int lease();

    /**
     * Returns the time from one snapshot to the next.
     *
     * @return milliseconds, 100 to an hour
     */
    int reportInterval();

    /**
     * Refuses what can't be meant.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(lease() >= 1_000 && lease() <= 3_600_000, "lease", "must be 1000 to 3600000 milliseconds")
                .require(reportInterval() >= 100 && reportInterval() <= 3_600_000,
                         "report-interval", "must be 100 to 3600000 milliseconds")
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
    final class Builder extends ImmutableWelcome.Builder {
    }
}
