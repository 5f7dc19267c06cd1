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
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.protocol.ProbeSettings;

/**
 * A named way to probe the members of a service, and to judge what is found.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "settings"})
@JsonSerialize(as = ImmutableDetectionProfile.class)
@JsonDeserialize(as = ImmutableDetectionProfile.class)
public interface DetectionProfile {

    /**
     * Returns the name.
     *
     * @return a name that no other profile has
     */
    String name();

    /**
     * Returns how members are probed.
     *
     * @return the settings
     */
    @JsonUnwrapped
    @Value.Default
    default ProbeSettings settings() {
        return ProbeSettings.builder().build();
    }

    /**
     * Refuses what can't be a profile.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation().requireName(name(), "name").throwIfInvalid();
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
    final class Builder extends ImmutableDetectionProfile.Builder {
    }
}
