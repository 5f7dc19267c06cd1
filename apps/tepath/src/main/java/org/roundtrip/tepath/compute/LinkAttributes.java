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

import java.util.Optional;
import java.util.NavigableSet;

/**
 * What traffic engineering knows of one direction of a link. What it knows of the link as a whole is the same in the
 * attributes of both directions.
 */
@Value.Immutable
@ValueType
public interface LinkAttributes {

    /** Of a link of which nothing is configured. */
    LinkAttributes STANDARD = builder().build();

    /** The greatest TE metric (RFC 3630, section 2.5.5: 24 bits, as in IS-IS, which is the narrower of the two). */
    int GREATEST_METRIC = 0xffffff;

    /** The longest delay: a second. Links in use are shorter by far, and sums must stay within 64 bits. */
    long LONGEST_DELAY = 1_000_000_000L;

    /**
     * Returns the bandwidth of this direction that may be reserved.
     *
     * @return bit/s, or empty for as much as the slower one of the two ports can carry
     */
    Optional<Long> bandwidth();

    /**
     * Returns the delay of this direction.
     *
     * @return nanoseconds, 0 to {@link #LONGEST_DELAY}; 0 unless configured
     */
    @Value.Default
    default long delay() {
        return 0;
    }

    /**
     * Returns the TE metric of the link.
     *
     * @return 0 to {@link #GREATEST_METRIC}; 1 unless configured
     */
    @Value.Default
    default int teMetric() {
        return 1;
    }

    /**
     * Returns the affinities of the link (administrative group, RFC 3630, section 2.5.9).
     *
     * @return a bit set: affinity <i>i</i> has the value 2<sup>i</sup>
     */
    @Value.Default
    default int affinities() {
        return 0;
    }

    /**
     * Returns the shared risk link groups of the link (RFC 4202, section 2.3).
     *
     * @return their numbers
     */
    @Value.NaturalOrder
    NavigableSet<Integer> sharedRisks();

    /**
     * Returns whether the link is to be left by all paths, and to be taken by none.
     *
     * @return true if it is under maintenance
     */
    @Value.Default
    default boolean maintenance() {
        return false;
    }

    /**
     * Returns whether the link has failed so often lately that no further path shall take it. Paths on it stay.
     *
     * @return true if it is unsteady
     */
    @Value.Default
    default boolean unsteady() {
        return false;
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds attributes. */
    final class Builder extends ImmutableLinkAttributes.Builder {
    }
}
