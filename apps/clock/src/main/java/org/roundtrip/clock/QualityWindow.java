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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * What a client measured in the last minute, hour or day.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"length", "samples", "offset", "pathDelay"})
@JsonSerialize(as = ImmutableQualityWindow.class)
public interface QualityWindow {

    /**
     * Returns how far the window goes back.
     *
     * @return seconds
     */
    long length();

    /**
     * Returns how many offsets were measured.
     *
     * @return 1 or more
     */
    long samples();

    /**
     * Returns the offsets of the client from its server as it measured them.
     *
     * @return figures
     */
    ErrorStatistics offset();

    /**
     * Returns the mean path delays as it measured them.
     *
     * @return figures, or empty if none was measured
     */
    Optional<ErrorStatistics> pathDelay();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableQualityWindow.Builder {
    }
}
