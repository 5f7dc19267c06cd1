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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * What one direction of a link can carry, and what of that is free.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"bandwidth", "unreserved", "delay"})
@JsonSerialize(as = ImmutableTeLinkDirection.class)
public interface TeLinkDirection {

    /**
     * Returns the bandwidth that may be reserved in all.
     *
     * @return bit/s
     */
    @Value.Parameter
    long bandwidth();

    /**
     * Returns the bandwidth that a path can get of it, by its setup priority (RFC 3630, section 2.5.8).
     *
     * @return bit/s for the priorities 0 to 7, never less for a smaller number; less than 0 if more is held than there
     *         is, as when a port has become slower
     */
    @Value.Parameter
    List<Long> unreserved();

    /**
     * Returns the delay.
     *
     * @return nanoseconds; 0 if none is configured
     */
    @Value.Parameter
    long delay();

    /**
     * Returns a direction.
     *
     * @param bandwidth  the bandwidth that may be reserved in all
     * @param unreserved the bandwidth that a path can get, by its setup priority
     * @param delay      nanoseconds
     * @return the direction
     */
    static TeLinkDirection of(long bandwidth, List<Long> unreserved, long delay) {
        return ImmutableTeLinkDirection.of(bandwidth, unreserved, delay);
    }
}
