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

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * A service and what is known of its members.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"check", "member-health"})
@JsonSerialize(as = ImmutableDetection.class)
public interface Detection {

    /**
     * Returns what is probed.
     *
     * @return the check
     */
    @JsonUnwrapped
    ServiceCheck check();

    /**
     * Returns what is known of its members.
     *
     * @return in the order of the members
     */
    @JsonProperty("member-health")
    List<MemberHealth> members();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableDetection.Builder {
    }
}
