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
package org.roundtrip.detection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.protocol.Latency;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a member of a service.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"service", "member", "agent", "status", "lastProbe", "probes", "failures", "latency", "heldUntil"})
@JsonSerialize(as = ImmutableMemberHealth.class)
public interface MemberHealth {

    /**
     * Returns the service.
     *
     * @return its identifier
     */
    String service();

    /**
     * Returns the member, in the words of the service.
     *
     * @return its id
     */
    String member();

    /**
     * Returns who probes it.
     *
     * @return the name of an agent, or empty if nobody does
     */
    Optional<String> agent();

    /**
     * Returns whether it is up, and why.
     *
     * @return the status
     */
    Status<HealthState> status();

    /**
     * Returns when it was probed last.
     *
     * @return a moment, or empty if it never was
     */
    Optional<Instant> lastProbe();

    /**
     * Returns how many probes there have been since it was given to the agent.
     *
     * @return their number
     */
    @Value.Default
    default long probes() {
        return 0;
    }

    /**
     * Returns how many of them failed.
     *
     * @return their number
     */
    @Value.Default
    default long failures() {
        return 0;
    }

    /**
     * Returns how long good answers have taken lately.
     *
     * @return figures, or empty if there was none
     */
    Optional<Latency> latency();

    /**
     * Returns until when it counts as down although it answers, because it has changed too often.
     *
     * @return a moment, or empty if it is not held
     */
    Optional<Instant> heldUntil();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMemberHealth.Builder {
    }
}
