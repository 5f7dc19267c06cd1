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

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import org.roundtrip.balancer.MemberId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which member serves which connections of a virtual server. A switch hashes each connection to one of {@link #SLOTS}
 * slots, and the table says whose the slot is. Immutable.
 * <p>
 * Each member prefers the slots in an order of its own, and members take turns in picking (D. E. Eisenbud et al.,
 * Maglev: A Fast and Reliable Software Network Load Balancer, NSDI 2016, section 3.4). Other than there, a change
 * begins at the table that there is: slots change hands only from members that have too many to members that have too
 * few. So a change of one member moves slots from it or to it only, but for the rounding of shares, and a member that
 * comes back takes mostly those that it had.
 * <p>
 * A table follows from the weights and the table before, which is kept with the virtual server; the first one follows
 * from the weights alone.
 */
public final class SlotTable {

    /** How many slots a table has. */
    public static final int SLOTS = 256;

    /** A table whose slots are nobody's. */
    public static final SlotTable EMPTY = new SlotTable(Collections.nCopies(SLOTS, Optional.empty()));

    /** Part of what switches hold: another function would move the connections of every virtual server. */
    private static final HashFunction HASH = Hashing.sipHash24();

    private final List<Optional<MemberId>> members;

    private SlotTable(List<Optional<MemberId>> members) {
        this.members = List.copyOf(members);
    }

    /**
     * Returns a table that was kept.
     *
     * @param members the member of each slot; empty if it is nobody's
     * @return the table
     * @throws IllegalArgumentException if there are not {@link #SLOTS} slots
     */
    public static SlotTable of(List<Optional<MemberId>> members) {
        if (members.size() != SLOTS) {
            throw new IllegalArgumentException(members.size() + " slots");
        }
        return new SlotTable(members);
    }

    /**
     * Returns the table that follows this one. O(<i>s</i> <i>n</i>) for <i>s</i> slots and <i>n</i> members at worst.
     *
     * @param weights the weight of each member that is in use, 0 or more; a member with the weight 0 gets no slot
     * @return a table in which each member is within one slot of its exact share, and as few slots as possible have
     *         changed hands; {@link #EMPTY} if no member has a weight
     */
    public SlotTable next(SortedMap<MemberId, Integer> weights) {
        Map<MemberId, Integer> surplus = new HashMap<>(counts());
        SortedMap<MemberId, Integer> shares = SlotShares.of(SLOTS, weights, counts());
        if (shares.isEmpty()) {
            return EMPTY;
        }
        shares.forEach((member, share) -> surplus.merge(member, -share, Integer::sum));
        List<Optional<MemberId>> slots = new ArrayList<>(members);
        Deque<Picker> pickers = shares.keySet().stream().filter(member -> surplus.get(member) < 0)
                .map(Picker::new).collect(Collectors.toCollection(ArrayDeque::new));
        while (!pickers.isEmpty()) {
            Picker picker = pickers.remove();
            int slot = picker.next(slots, surplus);
            slots.get(slot).ifPresent(loser -> surplus.merge(loser, -1, Integer::sum));
            slots.set(slot, Optional.of(picker.member));
            if (surplus.merge(picker.member, 1, Integer::sum) < 0) {
                pickers.add(picker);
            }
        }
        return new SlotTable(slots);
    }

    /**
     * Returns whose a slot is.
     *
     * @param slot 0 to {@link #SLOTS} - 1
     * @return the member, or empty if it is nobody's
     */
    public Optional<MemberId> member(int slot) {
        return members.get(slot);
    }

    /**
     * Returns the members of all slots.
     *
     * @return the member of each slot; empty if it is nobody's
     */
    public List<Optional<MemberId>> members() {
        return members;
    }

    /**
     * Returns how many slots each member has.
     *
     * @return the members that have any
     */
    public Map<MemberId, Integer> counts() {
        return members.stream().flatMap(Optional::stream)
                .collect(Collectors.toMap(member -> member, member -> 1, Integer::sum));
    }

    /**
     * Returns which slots differ.
     *
     * @param other another table
     * @return the slots, in ascending order
     */
    public List<Integer> difference(SlotTable other) {
        return IntStream.range(0, SLOTS).filter(slot -> !member(slot).equals(other.member(slot))).boxed()
                .collect(Collectors.toUnmodifiableList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotTable && members.equals(((SlotTable) other).members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return counts().toString();
    }

    /** A member that goes through the slots in the order in which it prefers them. */
    private static final class Picker {

        private final MemberId member;
        private final int offset;
        private final int skip;
        private int turn;

        Picker(MemberId member) {
            this.member = member;
            long hash = HASH.hashString(member.address() + ":" + member.port(), StandardCharsets.US_ASCII).asLong();
            offset = (int) (hash >>> 32) & SLOTS - 1;
            // Odd, so that it has no divisor in common with the number of slots and comes to each of them.
            skip = (int) hash & SLOTS - 1 | 1;
        }

        /** A slot that can't be had now can't be had later: surpluses only shrink. */
        int next(List<Optional<MemberId>> slots, Map<MemberId, Integer> surplus) {
            while (true) {
                int slot = (int) ((offset + (long) turn++ * skip) & SLOTS - 1);
                Optional<MemberId> owner = slots.get(slot);
                if (owner.isEmpty() || surplus.get(owner.get()) > 0) {
                    return slot;
                }
            }
        }
    }
}
