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
import java.util.stream.IntStream;

/**
 * Everything that an agent knows, in one or several parts, one right after the other. Sent periodically.
 */
@Value.Immutable
@ValueType
@JsonTypeName("snapshot")
@JsonPropertyOrder({"time", "revision", "part", "parts", "starved", "latenessP99", "latenessMaximum", "results"})
@JsonSerialize(as = ImmutableSnapshot.class)
@JsonDeserialize(as = ImmutableSnapshot.class)
public interface Snapshot extends Message {

    /**
     * Returns what the clock of the agent shows, by which others understand the moments in the results.
     *
     * @return when this was sent
     */
    Instant time();

    /**
     * Returns which state of the checks it has.
     *
     * @return the revision that it has accepted last
     */
    long revision();

    /**
     * Returns which part of the snapshot this is.
     *
     * @return 1 to the number of parts; 1 unless said otherwise
     */
    @Value.Default
    default int part() {
        return 1;
    }

    /**
     * Returns in how many parts the snapshot comes.
     *
     * @return their number; 1 unless said otherwise
     */
    @Value.Default
    default int parts() {
        return 1;
    }

    /**
     * Returns whether it is too slow to be believed: it lacks processor time.
     *
     * @return true if its probes begin or are looked at too late
     */
    boolean starved();

    /**
     * Returns how late its probes have begun since the last snapshot.
     *
     * @return the 99th percentile in microseconds
     */
    long latenessP99();

    /**
     * Returns how late the latest of its probes has begun since the last snapshot.
     *
     * @return microseconds
     */
    long latenessMaximum();

    /**
     * Returns what it knows.
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
                .require(revision() >= 0, "revision", "must not be negative")
                .require(parts() >= 1, "parts", "must be at least 1")
                .require(part() >= 1 && part() <= parts(), "part", "must be 1 to the number of parts, " + parts())
                .require(latenessP99() >= 0, "lateness-p99", "must not be negative")
                .require(latenessMaximum() >= 0, "lateness-maximum", "must not be negative")
                .require(results().size() <= LONGEST_LIST, "results", "must be at most " + LONGEST_LIST)
                .throwIfInvalid();
    }

    /**
     * Returns messages that say together what an agent knows.
     *
     * @param snapshot what is said of the agent itself, without results
     * @param results  what it knows, any number
     * @return at least one message, to be sent in this order
     */
    static List<Snapshot> inParts(Snapshot snapshot, List<CheckResult> results) {
        List<List<CheckResult>> parts = Parts.split(results);
        return IntStream.range(0, parts.size())
                .mapToObj(part -> builder()
                        .from(snapshot)
                        .part(part + 1)
                        .parts(parts.size())
                        .results(parts.get(part))
                        .build())
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
    final class Builder extends ImmutableSnapshot.Builder {
    }
}
