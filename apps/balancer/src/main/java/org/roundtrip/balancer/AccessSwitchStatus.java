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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

/**
 * A switch that acts as load balancer of a virtual server, as it is now.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"device", "status"})
@JsonSerialize(as = ImmutableAccessSwitchStatus.class)
public interface AccessSwitchStatus {

    /**
     * Returns the switch.
     *
     * @return its id
     */
    @JsonProperty
    DeviceId device();

    /**
     * Returns whether it takes requests, and if not, why.
     *
     * @return the status
     */
    Status<AccessSwitchState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableAccessSwitchStatus.Builder {
    }
}
