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
package org.roundtrip.balancer.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * What is known of a member at a moment.
 */
@Value.Immutable
@ValueType
public interface MemberObservation {

    /** What is known of a member that has not been seen. */
    MemberObservation NOTHING = builder().isLocated(false).build();

    /**
     * Returns whether the network knows where it is attached.
     *
     * @return true if its host has been seen
     */
    boolean isLocated();

    /**
     * Returns whether the port is up where it is attached.
     *
     * @return true unless said otherwise
     */
    @Value.Default
    default boolean isPortUp() {
        return true;
    }

    /**
     * Returns what detection has found.
     *
     * @return the verdict; not probed unless said otherwise
     */
    @Value.Default
    default Verdict verdict() {
        return Verdict.NOT_PROBED;
    }

    /**
     * Returns whether it looked usable when something was known of it last.
     *
     * @return true if it did; false if it did not, or nothing ever was known, as is taken unless said otherwise
     */
    @Value.Default
    default boolean isProven() {
        return false;
    }

    /**
     * Returns how much of its weight a member has while it warms up.
     *
     * @return percent, 1 to 100, which is taken unless said otherwise
     */
    @Value.Default
    default int warmth() {
        return 100;
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds observations. */
    final class Builder extends ImmutableMemberObservation.Builder {
    }
}
