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
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePathRequest;

import java.util.Optional;

/**
 * What the tunnel of a session must be like.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"bandwidth", "objective", "maxDelayAsymmetry", "setupPriority", "holdingPriority", "protection",
    "resumeDelay"})
@JsonSerialize(as = ImmutableTunnelSettings.class)
@JsonDeserialize(as = ImmutableTunnelSettings.class)
public interface TunnelSettings {

    /** All as when nothing is said. */
    TunnelSettings DEFAULT = builder().build();

    /**
     * The bandwidth that is reserved unless said otherwise, in bit/s. At 128 messages of each type a second, the most
     * that telecom profiles ask for (ITU-T G.8275.2), the busier direction of a session stays below 0.5 Mbit/s
     * with all headers and the label.
     */
    long DEFAULT_BANDWIDTH = 1_000_000;

    /**
     * How long PTP stays held back unless said otherwise, in milliseconds: what a client takes to lose its server with
     * the announce interval of 2 s and the announce receipt timeout of 3 (IEEE 1588-2019, annex I.3).
     */
    int DEFAULT_RESUME_DELAY = 8_000;

    /** The longest resume delay, in milliseconds. */
    int LONGEST_RESUME_DELAY = 60_000;

    /**
     * Returns the bandwidth to reserve in each direction.
     *
     * @return bit/s; 0 reserves none
     */
    @Value.Default
    default long bandwidth() {
        return DEFAULT_BANDWIDTH;
    }

    /**
     * Returns what the way makes as small as possible.
     *
     * @return the number of links unless said otherwise
     */
    @Value.Default
    default Objective objective() {
        return Objective.HOPS;
    }

    /**
     * Returns the largest residual error that a way may make: half of the difference of what its links delay in both
     * directions.
     *
     * @return nanoseconds, 0 or more, or empty for any
     */
    Optional<Long> maxDelayAsymmetry();

    /**
     * Returns the priority with which the tunnel takes bandwidth from others (RFC 3209, section 4.7.1).
     *
     * @return 0, which goes first, to 7, which is taken unless said otherwise
     */
    @Value.Default
    default int setupPriority() {
        return TePathRequest.LEAST_PRIORITY;
    }

    /**
     * Returns the priority with which the tunnel keeps its bandwidth.
     *
     * @return 0 to {@link #setupPriority}; the setup priority unless said otherwise
     */
    @Value.Default
    default int holdingPriority() {
        return setupPriority();
    }

    /**
     * Returns which standby way the tunnel has.
     *
     * @return one that shares as little as possible unless said otherwise
     */
    @Value.Default
    default Protection protection() {
        return Protection.builder().bestEffort(true).build();
    }

    /**
     * Returns how long PTP stays held back once both directions are on another way, so that the client has lost its
     * server and forgets what it measured over the old way. A client takes (announceReceiptTimeout + 1) announce
     * intervals for that (IEEE 1588-2019, section 9.2.6.12).
     *
     * @return milliseconds, 0 to {@link #LONGEST_RESUME_DELAY}; 0 resumes at once, for clients that measure each delay
     *         anew
     */
    @Value.Default
    default int resumeDelay() {
        return DEFAULT_RESUME_DELAY;
    }

    /**
     * Refuses values out of range.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(bandwidth() >= 0, "bandwidth", "must be 0 or more bit/s")
                .require(maxDelayAsymmetry().filter(bound -> bound < 0).isEmpty(), "max-delay-asymmetry",
                         "must be 0 or more nanoseconds")
                .require(isPriority(setupPriority()), "setup-priority", "must be 0 to 7")
                .require(isPriority(holdingPriority()), "holding-priority", "must be 0 to 7")
                .require(!isPriority(setupPriority()) || holdingPriority() <= setupPriority(), "holding-priority",
                         "must not be a larger number than the setup priority, " + setupPriority())
                .require(resumeDelay() >= 0 && resumeDelay() <= LONGEST_RESUME_DELAY, "resume-delay",
                         "must be 0 to " + LONGEST_RESUME_DELAY + " milliseconds")
                .throwIfInvalid();
    }

    private static boolean isPriority(int priority) {
        return priority >= 0 && priority <= TePathRequest.LEAST_PRIORITY;
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
    final class Builder extends ImmutableTunnelSettings.Builder {
    }
}
