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

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an agent has found out just now: results whose verdict or reason is another than before. Sent at once.
 */
@Value.Immutable
@ValueType
@JsonTypeName("results")
@JsonPropertyOrder({"time", "results"})
@JsonSerialize(as = ImmutableResults.class)
@JsonDeserialize(as = ImmutableResults.class)
public interface Results extends Message {

    /**
     * Returns what the clock of the agent shows, by which others understand the moments in the results.
     *
     * @return when this was sent
     */
    Instant time();

    /**
     * Returns what was found out.
     *
     * @return at most {@link Message#LONGEST_LIST}
     */
    List<CheckResult> results();

    /**
     * Refuses what can't be meant.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(results().size() <= LONGEST_LIST, "results", "must be at most " + LONGEST_LIST)
                .throwIfInvalid();
    }

    /**
     * Returns messages that say together what was found out.
     *
     * @param time    what the clock of the agent shows
     * @param results what was found out, any number
     * @return at least one message, to be sent in this order
     */
    static List<Results> inParts(Instant time, List<CheckResult> results) {
        return Parts.split(results).stream()
                .map(part -> builder().time(time).results(part).build())
                .collect(Collectors.toList());
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
    final class Builder extends ImmutableResults.Builder {
    }
}
