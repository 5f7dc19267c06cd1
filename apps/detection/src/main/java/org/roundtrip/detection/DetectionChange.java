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
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a member or an agent.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"index", "time", "subject", "state", "agent", "reason"})
@JsonSerialize(as = ImmutableDetectionChange.class)
public interface DetectionChange {

    /**
     * Returns the position in the history of all subjects, which YANG needs as a key.
     *
     * @return 1 for the first change since the application was started, and so on
     */
    long index();

    /**
     * Returns when it happened.
     *
     * @return the time, in whole milliseconds
     */
    Instant time();

    /**
     * Returns to whom.
     *
     * @return the name of an agent, or the service and the id of a member with a space between them
     */
    String subject();

    /**
     * Returns its state right after.
     *
     * @return the name of a {@link HealthState} or an {@link AgentState}
     */
    String state();

    /**
     * Returns who probed the member.
     *
     * @return the name of an agent, or empty if nobody did, or if this is about an agent
     */
    Optional<String> agent();

    /**
     * Returns why.
     *
     * @return words that an operator understands
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
    final class Builder extends ImmutableDetectionChange.Builder {
    }
}
