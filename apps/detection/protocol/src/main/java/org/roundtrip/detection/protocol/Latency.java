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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * How long good answers have taken lately, in microseconds.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"median", "p95", "p99"})
@JsonSerialize(as = ImmutableLatency.class)
@JsonDeserialize(as = ImmutableLatency.class)
public interface Latency {

    /**
     * Returns the median.
     *
     * @return microseconds
     */
    long median();

    /**
     * Returns what 95 % of the answers were not above.
     *
     * @return microseconds
     */
    long p95();

    /**
     * Returns what 99 % of the answers were not above.
     *
     * @return microseconds
     */
    long p99();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableLatency.Builder {
    }
}
