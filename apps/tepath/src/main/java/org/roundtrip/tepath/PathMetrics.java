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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * What a way costs, summed up over its links as they are configured.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"hops", "teMetric", "forwardDelay", "reverseDelay", "delayAsymmetry"})
@JsonIgnoreProperties(value = "delay-asymmetry", allowGetters = true)
@JsonSerialize(as = ImmutablePathMetrics.class)
@JsonDeserialize(as = ImmutablePathMetrics.class)
public interface PathMetrics {

    /**
     * Returns the number of links.
     *
     * @return 0 or more
     */
    @Value.Parameter
    int hops();

    /**
     * Returns the sum of the TE metrics.
     *
     * @return 0 or more
     */
    @Value.Parameter
    long teMetric();

    /**
     * Returns the delay from the source to the destination.
     *
     * @return nanoseconds
     */
    @Value.Parameter
    long forwardDelay();

    /**
     * Returns the delay from the destination to the source.
     *
     * @return nanoseconds
     */
    @Value.Parameter
    long reverseDelay();

    /**
     * Returns by how much a clock at the destination that is set through this way goes wrong: half of what the forward
     * delay is longer than the reverse delay. PTP calls this delayAsymmetry (IEEE 1588-2019, section 7.4.2).
     *
     * @return nanoseconds, positive if the forward direction is the slower one
     */
    @JsonProperty
    default long delayAsymmetry() {
        return (forwardDelay() - reverseDelay()) / 2;
    }

    /**
     * Returns metrics.
     *
     * @param hops         the number of links
     * @param teMetric     the sum of the TE metrics
     * @param forwardDelay nanoseconds from the source to the destination
     * @param reverseDelay nanoseconds back
     * @return the metrics
     */
    static PathMetrics of(int hops, long teMetric, long forwardDelay, long reverseDelay) {
        return ImmutablePathMetrics.of(hops, teMetric, forwardDelay, reverseDelay);
    }
}
