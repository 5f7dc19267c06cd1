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

import org.roundtrip.balancer.MemberId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who had each slot of a virtual server and may still have connections from then. Immutable.
 * <p>
 * The switch of the member that has the slot now hands requests of connections that it does not know on to the switch
 * of the one before, that one to the one before that, and the last one back to the first, which takes them for new. So
 * a connection stays whatever happens to the table, until the drain time of its member has ended: each member of a slot
 * has a drain time of its own, however often the table changes meanwhile.
 */
public final class SlotHistory {

    /** A history in which nobody had a slot. */
    public static final SlotHistory EMPTY =
            new SlotHistory(Collections.nCopies(SlotTable.SLOTS, Collections.emptyList()));

    /** How many former members a slot may have: hops are numbered in one octet, of which two values have a meaning. */
    static final int MOST = 253;

    private final List<List<FormerMember>> formers;

    private SlotHistory(List<List<FormerMember>> formers) {
        this.formers = List.copyOf(formers);
    }

    /**
     * Returns a history that was kept.
     *
     * @param formers the former members of each slot, the latest first
     * @return the history
     * @throws IllegalArgumentException if there are not {@link SlotTable#SLOTS} slots
     */
    public static SlotHistory of(List<List<FormerMember>> formers) {
        if (formers.size() != SlotTable.SLOTS) {
            throw new IllegalArgumentException(formers.size() + " slots");
        }
        return new SlotHistory(formers.stream().map(List::copyOf).collect(Collectors.toList()));
    }

    /**
     * Returns the history after a table has taken the place of another.
     *
     * @param before the table before
     * @param after  the table after
     * @param until  when the drain time of those ends that lose a slot now
     * @return the history; whoever has a slot again is no former member of it
     */
    public SlotHistory next(SlotTable before, SlotTable after, Instant until) {
        List<List<FormerMember>> next = new ArrayList<>(formers);
        for (int slot : before.difference(after)) {
            Optional<MemberId> now = after.member(slot);
            Optional<MemberId> loser = before.member(slot);
            next.set(slot, Stream.concat(loser.map(member -> FormerMember.of(member, until)).stream(),
                                         formers.get(slot).stream()
                                                 .filter(former -> loser.filter(former.member()::equals).isEmpty()))
                    .filter(former -> now.filter(former.member()::equals).isEmpty())
                    .limit(MOST).collect(Collectors.toUnmodifiableList()));
        }
        return new SlotHistory(next);
    }

    /**
     * Returns the history without members that have nothing to keep any more.
     *
     * @param isOver tells whether the drain time of a member has ended, or whether it can't serve in any case
     * @return the history of the others
     */
    public SlotHistory without(Predicate<FormerMember> isOver) {
        return new SlotHistory(formers.stream()
                                       .map(members -> members.stream().filter(isOver.negate())
                                               .collect(Collectors.toUnmodifiableList()))
                                       .collect(Collectors.toList()));
    }

    /**
     * Returns who had a slot.
     *
     * @param slot 0 to {@link SlotTable#SLOTS} - 1
     * @return the former members, the latest first
     */
    public List<FormerMember> formers(int slot) {
        return formers.get(slot);
    }

    /**
     * Returns who had each slot.
     *
     * @return the former members of each slot, the latest first
     */
    public List<List<FormerMember>> formers() {
        return formers;
    }

    /**
     * Returns when the next drain time ends.
     *
     * @return the time, or empty if nobody drains
     */
    public Optional<Instant> nextEnd() {
        return formers.stream().flatMap(List::stream).map(FormerMember::until).min(Instant::compareTo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotHistory && formers.equals(((SlotHistory) other).formers);
    }

    @Override
    public int hashCode() {
        return formers.hashCode();
    }
}
