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

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * By how much a client is wrong although both directions use the same links, because those delay them differently, as
 * far
 * as their delays are configured.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"forwardDelay", "reverseDelay", "predictedError", "delayAsymmetry"})
@JsonSerialize(as = ImmutableResidualAsymmetry.class)
public interface ResidualAsymmetry {

    /**
     * Returns what the links delay from the server to the client.
     *
     * @return nanoseconds
     */
    long forwardDelay();

    /**
     * Returns what the links delay from the client to the server.
     *
     * @return nanoseconds
     */
    long reverseDelay();

    /**
     * Returns the error of a client that does not know of it: it takes itself to be this much later than it is.
     *
     * @return nanoseconds: half of what the reverse delay is longer than the forward delay, rounded towards 0
     */
    @JsonProperty
    default long predictedError() {
        return -delayAsymmetry();
    }

    /**
     * Returns what makes the client right when it is configured there (IEEE 1588-2019, section 7.4.2; {@code ptp4l}:
     * {@code delayAsymmetry}).
     *
     * @return nanoseconds, positive if the way from the server is the slower one
     */
    @JsonProperty
    default long delayAsymmetry() {
        return (forwardDelay() - reverseDelay()) / 2;
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
    final class Builder extends ImmutableResidualAsymmetry.Builder {
    }
}
