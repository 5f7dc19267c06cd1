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

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reporter beside a client has seen since its last report.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"session", "client", "domain", "portState", "reference", "delayAsymmetry", "sent",
    "samples"})
@JsonSerialize(as = ImmutableClockReport.class)
@JsonDeserialize(as = ImmutableClockReport.class)
public interface ClockReport {

    /** How many samples a report may have. */
    int MOST_SAMPLES = 10_000;

    /**
     * Returns the session that it is about.
     *
     * @return its name, or empty if the controller shall find it by the client and the domain
     */
    Optional<String> session();

    /**
     * Returns the client.
     *
     * @return one that names the client of the session; needed if the session is not named
     */
    Optional<ClockReference> client();

    /**
     * Returns the PTP domain of the client.
     *
     * @return 0 unless said otherwise
     */
    @Value.Default
    default int domain() {
        return 0;
    }

    /**
     * Returns the state of its PTP port.
     *
     * @return the state
     */
    PtpPortState portState();

    /**
     * Returns what its offsets mean.
     *
     * @return the server unless said otherwise
     */
    @Value.Default
    default OffsetReference reference() {
        return OffsetReference.SERVER;
    }

    /**
     * Returns which asymmetry the client has been told of, so that its offsets are corrected for it (IEEE 1588-2019,
     * section 7.4.2; {@code ptp4l}: {@code delayAsymmetry}).
     *
     * @return nanoseconds, positive if the way from the server is the slower one; 0 unless said otherwise
     */
    @Value.Default
    default long delayAsymmetry() {
        return 0;
    }

    /**
     * Returns when the report was sent, by the clock that the times of the samples are of.
     *
     * @return the time, or empty if that clock is not to be held against the controller's
     */
    Optional<Instant> sent();

    /**
     * Returns what was measured.
     *
     * @return at most {@link #MOST_SAMPLES}, the oldest first; none if nothing was
     */
    List<ClockSample> samples();

    /**
     * Refuses reports that belong to no session, and those that are too large.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(session().isPresent() || client().isPresent(), "client",
                         "is missing: name the client, or the session")
                .require(samples().size() <= MOST_SAMPLES, "samples",
                         "must be at most " + MOST_SAMPLES + ": report more often")
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
    final class Builder extends ImmutableClockReport.Builder {
    }
}
