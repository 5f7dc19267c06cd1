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

package org.roundtrip.distribution.stores;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * The meter ids of one meter table that are taken.
 *
 * <p>Immutable. Ids are from 0 to {@link Integer#MAX_VALUE}; OpenFlow counts them from 1.
 */
final class MeterIds {

    /** No id is taken. */
    static final MeterIds NONE = new MeterIds(new BitSet());

    // The form that Kryo can write: BitSet keeps its bits in a transient field.
    private final long[] words;

    private MeterIds(BitSet taken) {
        words = taken.toLongArray();
    }

    /**
     * The lowest id that is not taken, so that ids given back are used again first.
     *
     * @param first the lowest id there is
     * @param last the highest id there is
     * @return the id, or nothing when all are taken
     */
    OptionalLong lowestFree(long first, long last) {
        checkArgument(first >= 0, "The first meter id is %s; it must not be negative", first);
        if (first > Integer.MAX_VALUE) {
            return OptionalLong.empty();
        }
        long free = taken().nextClearBit((int) first);
        return free <= last && free <= Integer.MAX_VALUE ? OptionalLong.of(free) : OptionalLong.empty();
    }

    /**
     * Whether an id is taken.
     *
     * @param id the id
     * @return true when it is
     */
    boolean contains(long id) {
        return id >= 0 && id <= Integer.MAX_VALUE && taken().get((int) id);
    }

    /**
     * These and one more.
     *
     * @param id the id to take, not negative and not above {@link Integer#MAX_VALUE}
     * @return the ids that are taken then
     */
    MeterIds with(long id) {
        BitSet taken = taken();
        taken.set(Math.toIntExact(id));
        return new MeterIds(taken);
    }

    /**
     * These but one.
     *
     * @param id the id to give back; nothing changes when it is not taken
     * @return the ids that are taken then
     */
    MeterIds without(long id) {
        if (!contains(id)) {
            return this;
        }
        BitSet taken = taken();
        taken.clear((int) id);
        return new MeterIds(taken);
    }

    /**
     * Whether no id is taken.
     *
     * @return true when none is
     */
    boolean isEmpty() {
        return words.length == 0;
    }

    private BitSet taken() {
        return BitSet.valueOf(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeterIds && Arrays.equals(words, ((MeterIds) other).words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return taken().toString();
    }
}
