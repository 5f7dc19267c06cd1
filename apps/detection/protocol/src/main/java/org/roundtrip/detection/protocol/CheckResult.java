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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.Optional;

/**
 * What an agent has found out by a check.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"check", "verdict", "reason", "since", "lastProbe", "probes", "failures", "latency"})
@JsonSerialize(as = ImmutableCheckResult.class)
@JsonDeserialize(as = ImmutableCheckResult.class)
public interface CheckResult {

    /**
     * Returns the check.
     *
     * @return its id
     */
    String check();

    /**
     * Returns the verdict.
     *
     * @return the verdict
     */
    Verdict verdict();

    /**
     * Returns why, such as "connection refused" or "timeout after 300 ms".
     *
     * @return words that an operator understands, at most 200 characters
     */
    String reason();

    /**
     * Returns since when the verdict has been so.
     *
     * @return a moment of the agent's clock
     */
    Instant since();

    /**
     * Returns when the last probe ended.
     *
     * @return a moment of the agent's clock, or empty if none has
     */
    Optional<Instant> lastProbe();

    /**
     * Returns how many probes have ended since the check was requested.
     *
     * @return their number
     */
    long probes();

    /**
     * Returns how many of them failed.
     *
     * @return their number
     */
    long failures();

    /**
     * Returns how long good answers have taken in the last minute.
     *
     * @return figures, or empty if there was none
     */
    Optional<Latency> latency();

    /**
     * Refuses what can't be a result, and makes a reason printable that is not: it may quote what a member has sent.
     *
     * @return the result with a reason that fits on a line
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default CheckResult normalize() {
        new Validation()
                .require(Names.isId(check()), "check", Names.ID)
                .require(probes() >= 0, "probes", "must not be negative")
                .require(failures() >= 0 && failures() <= probes(), "failures", "must be 0 to the number of probes")
                .throwIfInvalid();
        String printable = MessageCodec.printable(reason());
        return printable.equals(reason()) ? this : builder().from(this).reason(printable).build();
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
    final class Builder extends ImmutableCheckResult.Builder {
    }
}
