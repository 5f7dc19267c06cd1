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
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * An agent as it is now.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "device", "port", "peer", "version", "checks", "lateness", "status"})
@JsonSerialize(as = ImmutableDetectionAgent.class)
public interface DetectionAgent {

    /**
     * Returns its name.
     *
     * @return a name
     */
    String name();

    /**
     * Returns the switch of its service node.
     *
     * @return a switch
     */
    DeviceId device();

    /**
     * Returns the port by which it probes.
     *
     * @return as it was asked for
     */
    String port();

    /**
     * Returns from where it is connected.
     *
     * @return an address and a port, or empty if it is not connected
     */
    Optional<String> peer();

    /**
     * Returns the version of its software.
     *
     * @return a version, or empty if it never was connected
     */
    Optional<String> version();

    /**
     * Returns how many members it probes.
     *
     * @return their number
     */
    int checks();

    /**
     * Returns how late its probes have begun lately.
     *
     * @return the 99th percentile in microseconds, or empty if it has not said
     */
    Optional<Long> lateness();

    /**
     * Returns its state and why.
     *
     * @return the status
     */
    Status<AgentState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableDetectionAgent.Builder {
    }
}
