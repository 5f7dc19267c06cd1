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

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is kept of a virtual server, so that it lives on when the controller has died: what was asked for, who has and
 * had which slot, and where its members were seen last, because after a start it takes a while until hosts are known
 * again. All its rules follow from this and the network.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableVirtualServerRecord.class)
@JsonDeserialize(as = ImmutableVirtualServerRecord.class)
public abstract class VirtualServerRecord {

    private static final int NOBODY = 0;
    private static final int GREATEST_MEMBER_NUMBER = 0xffff;

    /**
     * Returns the number of the virtual server, see {@link ServerPlan#number}.
     *
     * @return 0 to 65535, no other virtual server has it
     */
    public abstract int number();

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    public abstract VirtualServerRequest request();

    /**
     * Returns whether it is being taken away. Once it is true it stays so.
     *
     * @return true if it is only kept until its rules are gone
     */
    @Value.Default
    public boolean removing() {
        return false;
    }

    /**
     * Returns its members, those included that were taken out while connections of them may live.
     *
     * @return the members, ordered by their ids
     */
    public abstract List<MemberRecord> members();

    /**
     * Returns the number that was given to a member last: numbers go round, so that it takes long until one returns.
     *
     * @return 0 to 65535
     */
    @Value.Default
    int lastMemberNumber() {
        return NOBODY;
    }

    /** Returns the number of the member of each slot, or 0 if it is nobody's; none if all are nobody's. */
    abstract List<Integer> slots();

    /** Returns who had slots: those of one slot with the latest first. */
    abstract List<SlotFormer> formers();

    /**
     * Returns a record of a virtual server that is to be.
     *
     * @param number  its number
     * @param request what is asked for
     * @return the record, in which no slot is anybody's
     */
    public static VirtualServerRecord of(int number, VirtualServerRequest request) {
        return ImmutableVirtualServerRecord.builder().number(number).request(request).build().asking(request);
    }

    /**
     * Returns who has which slot.
     *
     * @return the table
     */
    @JsonIgnore
    @Value.Lazy
    public SlotTable table() {
        Map<Integer, MemberId> ids = ids();
        return slots().isEmpty() ? SlotTable.EMPTY : SlotTable.of(
                slots().stream().map(number -> Optional.ofNullable(ids.get(number))).collect(Collectors.toList()));
    }

    /**
     * Returns who had which slot.
     *
     * @return the history
     */
    @JsonIgnore
    @Value.Lazy
    public SlotHistory history() {
        if (formers().isEmpty()) {
            return SlotHistory.EMPTY;
        }
        Map<Integer, MemberId> ids = ids();
        List<List<FormerMember>> history = IntStream.range(0, SlotTable.SLOTS)
                .mapToObj(slot -> new ArrayList<FormerMember>()).collect(Collectors.toList());
        formers().forEach(former -> history.get(former.slot())
                .add(FormerMember.of(ids.get(former.member()), former.until())));
        return SlotHistory.of(history);
    }

    private Map<Integer, MemberId> ids() {
        return members().stream().collect(Collectors.toMap(MemberRecord::number, MemberRecord::member));
    }

    /**
     * Returns all that the rules of the virtual server follow from, beside the network. Members without a place have no
     * rules, nor have those that the operator has disabled, and those that are taken out or drain and whose drain time
     * has ended.
     *
     * @return the plan
     */
    @JsonIgnore
    @Value.Lazy
    public ServerPlan plan() {
        Map<MemberId, Member> configured = configured();
        Set<MemberId> former = formerMembers();
        ServerPlan.Builder plan = ServerPlan.builder().number(number()).request(request()).table(table())
                .history(history());
        members().stream().filter(member -> former.contains(member.member()) || isEnabled(configured, member))
                .filter(member -> !isDisabled(configured, member.member()))
                .forEach(member -> member.place().ifPresent(place -> plan.putPlaces(
                        member.member(), MemberPlace.builder().member(member.member()).number(member.number())
                                .mac(place.mac()).port(place.port()).build())));
        return plan.build();
    }

    /**
     * Returns until when connections of former members go on.
     *
     * @return the end of the longest drain time of each member that has lost a slot
     */
    @JsonIgnore
    public Map<MemberId, Instant> drains() {
        return history().formers().stream().flatMap(List::stream).collect(Collectors.toMap(
                FormerMember::member, FormerMember::until, (one, other) -> one.isAfter(other) ? one : other));
    }

    /**
     * Returns this record with another request. Members that are new get numbers.
     *
     * @param request what is asked for now
     * @return the record
     */
    public VirtualServerRecord asking(VirtualServerRequest request) {
        Map<MemberId, MemberRecord> known = new TreeMap<>(members().stream().collect(
                Collectors.toMap(MemberRecord::member, Function.identity())));
        Set<Integer> taken = members().stream().map(MemberRecord::number).collect(Collectors.toSet());
        int last = lastMemberNumber();
        for (Member member : request.members()) {
            if (!known.containsKey(member.id())) {
                do {
                    last = last % GREATEST_MEMBER_NUMBER + 1;
                } while (!taken.add(last));
                known.put(member.id(), MemberRecord.of(member.id(), last, Optional.empty()));
            }
        }
        return copy().request(request).members(known.values()).lastMemberNumber(last).build();
    }

    /**
     * Returns this record with members in other places.
     *
     * @param places where members are now; the others are where they were
     * @return the record
     */
    public VirtualServerRecord at(Map<MemberId, HostPlace> places) {
        return withMembers(member -> member.at(
                Optional.ofNullable(places.get(member.member())).or(member::place)));
    }

    private VirtualServerRecord withMembers(UnaryOperator<MemberRecord> change) {
        return copy().members(members().stream().map(change).collect(Collectors.toList())).build();
    }

    /**
     * Chooses who gets new connections.
     *
     * @param seen what is seen of the members; what is kept of them is added
     * @param now  the time
     * @return the choice
     */
    public MemberChoice choice(Map<MemberId, MemberObservation> seen, Instant now) {
        Map<MemberId, MemberObservation> known = new TreeMap<>();
        members().forEach(member -> known.put(member.member(), MemberObservation.builder()
                .from(seen.getOrDefault(member.member(), MemberObservation.NOTHING))
                .isProven(member.proven()).warmth(warmth(member, now)).build()));
        return MemberChoice.of(request(), known, table());
    }

    /**
     * Returns how much of its weight each member has that is on its way to all of it.
     *
     * @param now the time
     * @return percents
     */
    public Map<MemberId, Integer> warmths(Instant now) {
        return members().stream().filter(member -> member.warmingSince().isPresent())
                .collect(Collectors.toMap(MemberRecord::member, member -> warmth(member, now)));
    }

    private int warmth(MemberRecord member, Instant now) {
        return member.warmingSince().map(since -> new SlowStart(request().slowStart()).warmth(since, now)).orElse(100);
    }

    /**
     * Returns the record that follows from what is seen of the members.
     *
     * @param seen what is seen
     * @param now  the time
     * @return the record
     */
    public VirtualServerRecord next(Map<MemberId, MemberObservation> seen, Instant now) {
        VirtualServerRecord judged = withMembers(member -> member.proven(
                isProven(member, seen.getOrDefault(member.member(), MemberObservation.NOTHING))));
        VirtualServerRecord warming = judged.warming(judged.choice(seen, now), now);
        return warming.next(warming.choice(seen, now), now).withServed();
    }

    /** Who serves has served, until nobody does: whoever comes then is as new as all others. */
    private VirtualServerRecord withServed() {
        Set<MemberId> serving = table().counts().keySet();
        return withMembers(member -> member.served(
                serving.contains(member.member()) || member.served() && !serving.isEmpty()));
    }

    private static boolean isProven(MemberRecord member, MemberObservation seen) {
        switch (seen.verdict()) {
            case UP:
                return true;
            case DOWN:
                return false;
            case NOT_PROBED:
                return seen.isLocated() || member.proven();
            default:
                return member.proven();
        }
    }

    /** In panic nobody is spared. */
    private VirtualServerRecord warming(MemberChoice choice, Instant now) {
        SlowStart slowStart = new SlowStart(request().slowStart());
        Set<MemberId> serving = table().counts().keySet();
        Map<MemberId, Instant> underWay = new TreeMap<>();
        members().forEach(member -> member.warmingSince().filter(since -> slowStart.warmth(since, now) < 100)
                .ifPresent(since -> underWay.put(member.member(), since)));
        boolean isNobodyWarm = underWay.keySet().containsAll(serving);
        return withMembers(member -> {
            boolean isUsed = choice.weights().getOrDefault(member.member(), 0) > 0;
            if (request().slowStart() == 0 || choice.isPanic() || !isUsed) {
                return member.warmingSince(Optional.empty());
            }
            Optional<Instant> since = Optional.ofNullable(underWay.get(member.member()));
            if (since.isPresent() || serving.contains(member.member())) {
                return member.warmingSince(since);
            }
            return member.warmingSince(Optional.of(isNobodyWarm && !member.served()
                    ? slowStart.beginTogether(underWay.values(), now) : slowStart.begin(underWay.values(), now)));
        });
    }

    /**
     * Returns when something of the record changes by itself.
     *
     * @param now the time
     * @return when the next drain time ends, or a member has more of its weight; empty if nothing does
     */
    public Optional<Instant> nextChange(Instant now) {
        if (removing()) {
            return Optional.empty();
        }
        SlowStart slowStart = new SlowStart(request().slowStart());
        // What is warm already is still to be noted.
        Stream<Instant> steps = members().stream().flatMap(member -> member.warmingSince().stream())
                .map(since -> slowStart.next(since, now).orElse(now));
        return Stream.concat(steps, history().nextEnd().stream()).min(Instant::compareTo);
    }

    /**
     * Returns the record that follows. Members that nobody asks for and that have nothing to keep any more are left
     * out.
     *
     * @param choice who gets new connections
     * @param now    the time
     * @return this record with the next table and history
     */
    public VirtualServerRecord next(MemberChoice choice, Instant now) {
        Map<MemberId, Member> configured = configured();
        SlotTable next = table().next(choice.weights());
        SlotHistory history = history().next(table(), next, now.plusSeconds(request().drainTime()))
                .without(former -> !former.until().isAfter(now) || isDisabled(configured, former.member()));
        return withSlots(next, history);
    }

    /**
     * Returns this record without what members had that are cut off. A request that is handed on to one of them would
     * not come back, and so the first packets of new connections would be lost as well.
     *
     * @param isCutOff tells whether nothing reaches a member
     * @return the record; who has which slot now stays as it is
     */
    public VirtualServerRecord withoutFormers(Predicate<MemberId> isCutOff) {
        SlotHistory history = history().without(former -> isCutOff.test(former.member()));
        return history.equals(history()) ? this : withSlots(table(), history);
    }

    /**
     * Returns this record with drain times that end at other times.
     *
     * @param change changes an end
     * @return the record
     */
    public VirtualServerRecord withDrainEnds(UnaryOperator<Instant> change) {
        return copy().formers(formers().stream()
                                      .map(former -> ImmutableSlotFormer.of(former.slot(), former.member(),
                                                                            change.apply(former.until())))
                                      .collect(Collectors.toList())).build();
    }

    /**
     * Returns this record with drain times that have been measured by a clock that was set.
     *
     * @param step by how much it was set
     * @return the record, in which drain times take as long as they would have
     */
    public VirtualServerRecord shifted(Duration step) {
        return withDrainEnds(until -> until.plus(step)).withMembers(
                member -> member.warmingSince(member.warmingSince().map(since -> since.plus(step))));
    }

    /**
     * Returns this record as it is if the clock may have been set back while nobody looked.
     *
     * @param now the time
     * @return the record, in which no drain time ends later than it would if it began now, and nothing has begun later
     */
    public VirtualServerRecord begunBy(Instant now) {
        Instant latest = now.plusSeconds(request().drainTime());
        return withDrainEnds(until -> until.isAfter(latest) ? latest : until)
                .withMembers(member -> member.warmingSince(
                        member.warmingSince().map(since -> since.isAfter(now) ? now : since)));
    }

    /**
     * Returns this record as one that is being taken away.
     *
     * @return the record
     */
    public VirtualServerRecord toBeRemoved() {
        return copy().removing(true).build();
    }

    private VirtualServerRecord withSlots(SlotTable table, SlotHistory history) {
        Map<MemberId, Integer> numbers = members().stream().collect(
                Collectors.toMap(MemberRecord::member, MemberRecord::number));
        Set<MemberId> kept = Stream.concat(configured().keySet().stream(), formerMembers(history))
                .collect(Collectors.toSet());
        return copy().slots(table.equals(SlotTable.EMPTY) ? List.of()
                                    : table.members().stream().map(member -> member.map(numbers::get).orElse(NOBODY))
                                    .collect(Collectors.toList()))
                .formers(formers(history, numbers))
                .members(members().stream().filter(member -> kept.contains(member.member()))
                                 .collect(Collectors.toList()))
                .build();
    }

    private static List<SlotFormer> formers(SlotHistory history, Map<MemberId, Integer> numbers) {
        return IntStream.range(0, SlotTable.SLOTS).boxed()
                .flatMap(slot -> history.formers(slot).stream().map(former -> ImmutableSlotFormer.of(
                        slot, numbers.get(former.member()), former.until())))
                .collect(Collectors.toUnmodifiableList());
    }

    private Set<MemberId> formerMembers() {
        return formers().isEmpty() ? Collections.emptySet()
                : formerMembers(history()).collect(Collectors.toSet());
    }

    private static Stream<MemberId> formerMembers(SlotHistory history) {
        return history.formers().stream().flatMap(List::stream).map(FormerMember::member);
    }

    private Map<MemberId, Member> configured() {
        return request().members().stream().collect(Collectors.toMap(Member::id, Function.identity()));
    }

    private static boolean isEnabled(Map<MemberId, Member> configured, MemberRecord member) {
        return Optional.ofNullable(configured.get(member.member()))
                .filter(present -> present.state() == MemberState.ENABLED).isPresent();
    }

    private static boolean isDisabled(Map<MemberId, Member> configured, MemberId member) {
        return Optional.ofNullable(configured.get(member))
                .filter(present -> present.state() == MemberState.DISABLED).isPresent();
    }

    private ImmutableVirtualServerRecord.Builder copy() {
        return ImmutableVirtualServerRecord.builder().from(this);
    }
}
