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
package org.roundtrip.tepath.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * The MPLS labels that a switch may give out, the same for each of its ports.
 */
@Value.Immutable
@ValueType
public interface LabelRange {

    /** The least label that is not reserved (RFC 3032, section 2.1). */
    int LEAST = 16;

    /** The greatest label: labels have 20 bits (RFC 3032, section 2.1). */
    int GREATEST = 1_048_575;

    /** What a switch has unless something else is configured. */
    LabelRange STANDARD = LabelRange.of(100_000, 199_999);

    /**
     * Returns the least label of the range.
     *
     * @return {@link #LEAST} or more
     */
    @Value.Parameter
    int min();

    /**
     * Returns the greatest label of the range.
     *
     * @return {@link #min} to {@link #GREATEST}
     */
    @Value.Parameter
    int max();

    /**
     * Returns a range.
     *
     * @param min the least label
     * @param max the greatest label
     * @return the range
     * @throws IllegalArgumentException if there are no such labels
     */
    static LabelRange of(int min, int max) {
        return ImmutableLabelRange.of(min, max);
    }

    /**
     * Refuses a range outside {@link #LEAST} to {@link #GREATEST} and an empty one.
     */
    @Value.Check
    default void check() {
        if (min() < LEAST || max() > GREATEST || min() > max()) {
            throw new IllegalArgumentException("Not a range of labels: " + min() + " to " + max());
        }
    }
}
