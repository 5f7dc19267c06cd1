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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * An agent that may report, and where it sits.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "device", "port", "secret"})
@JsonSerialize(as = ImmutableDetectionAgentRequest.class)
@JsonDeserialize(as = ImmutableDetectionAgentRequest.class)
public interface DetectionAgentRequest {

    /**
     * Returns the name by which the agent introduces itself.
     *
     * @return a name that no other agent has
     */
    String name();

    /**
     * Returns the switch of its service node.
     *
     * @return an Open vSwitch
     */
    DeviceId device();

    /**
     * Returns the port of that switch by which it probes.
     *
     * @return the name of the port, or its number
     */
    String port();

    /**
     * Returns what agent and controller prove to each other that they know.
     *
     * @return 16 to 256 characters
     */
    @Value.Redacted
    String secret();

    /**
     * Refuses what can't be an agent.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .requireName(name(), "name")
                .require(!port().isEmpty(), "port", "must be the name or the number of a port of the switch")
                .require(secret().length() >= 16 && secret().length() <= 256, "secret", "must be 16 to 256 characters")
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
    final class Builder extends ImmutableDetectionAgentRequest.Builder {
    }
}
