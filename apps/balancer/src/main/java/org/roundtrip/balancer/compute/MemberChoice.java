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
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which members of a virtual server get new connections, and why the others do not.
 */
@Value.Immutable
@ValueType
public abstract class MemberChoice {

    /** Weights are multiplied by this, so that a percentage of the least weight is a weight still. */
    private static final int WARMTH = 100;

    /**
     * Returns the weights of the members that are used.
     *
     * @return weights, as {@link SlotTable#next} takes them
     */
    public abstract SortedMap<MemberId, Integer> weights();

    /**
     * Returns the condition of each member.
     *
     * @return the conditions
     */
    public abstract SortedMap<MemberId, MemberCondition> conditions();

    /**
     * Chooses. The operator's word comes first, then whether a member can be reached at all, then what detection says.
     * A member of which nothing is known any more keeps the slots that it has, if it looked usable when something was
     * known of it; it gets others only if nobody else is left.
     * When the share of members that look usable, of those that the operator enables, is below the panic threshold, all
     * are used that can be reached: more likely detection is wrong than nearly all members, and if it is right, the few
     * that are left would be overrun.
     *
     * @param request      what was asked for
     * @param observations what is known of its members; nothing of those that are missing
     * @param table        the slots that members have now
     * @return the choice
     */
    public static MemberChoice of(VirtualServerRequest request, Map<MemberId, MemberObservation> observations,
                                  SlotTable table) {
        Map<MemberId, Integer> counts = table.counts();
        SortedMap<MemberId, MemberCondition> conditions = new TreeMap<>();
        request.members().forEach(member -> conditions.put(
                member.id(), condition(member, observation(observations, member))));
        Predicate<MemberId> isKept = id -> counts.containsKey(id)
                && observations.getOrDefault(id, MemberObservation.NOTHING).isProven();
        boolean isPanic = isPanic(request, conditions, isKept);
        if (isPanic) {
            conditions.replaceAll((id, condition) -> mayPanic(condition) ? MemberCondition.PANIC : condition);
        }
        SortedMap<MemberId, Integer> weights = new TreeMap<>();
        Map<MemberId, Integer> bounds = new TreeMap<>();
        for (Member member : request.members()) {
            MemberCondition condition = conditions.get(member.id());
            if (isUsed(condition, member.id(), isKept)) {
                weights.put(member.id(), member.weight()
                        * (isPanic ? WARMTH : observation(observations, member).warmth()));
            }
            if (condition == MemberCondition.UNKNOWN) {
                bounds.put(member.id(), counts.getOrDefault(member.id(), 0));
            }
        }
        return ImmutableMemberChoice.builder().weights(BoundedWeights.of(SlotTable.SLOTS, weights, bounds))
                .conditions(conditions).build();
    }

    /**
     * Returns whether members are used that look unusable.
     *
     * @return true if the panic threshold is undercut
     */
    public boolean isPanic() {
        return conditions().containsValue(MemberCondition.PANIC);
    }

    private static MemberObservation observation(Map<MemberId, MemberObservation> observations, Member member) {
        return observations.getOrDefault(member.id(), MemberObservation.NOTHING);
    }

    private static MemberCondition condition(Member member, MemberObservation seen) {
        if (member.state() == MemberState.DISABLED) {
            return MemberCondition.DISABLED;
        }
        if (member.state() == MemberState.DRAINING) {
            return MemberCondition.DRAINING;
        }
        if (!seen.isLocated()) {
            return MemberCondition.WAITING_FOR_HOST;
        }
        if (!seen.isPortUp()) {
            return MemberCondition.PORT_DOWN;
        }
        switch (seen.verdict()) {
            case DOWN:
                return MemberCondition.DOWN;
            case UNKNOWN:
                return MemberCondition.UNKNOWN;
            default:
                return MemberCondition.SERVING;
        }
    }

    private static boolean isUsed(MemberCondition condition, MemberId member, Predicate<MemberId> isKept) {
        return condition == MemberCondition.SERVING || condition == MemberCondition.PANIC
                || condition == MemberCondition.UNKNOWN && isKept.test(member);
    }

    /** Who is kept looks usable: what is not known, as after a restart, changes nothing. */
    private static boolean isPanic(VirtualServerRequest request, SortedMap<MemberId, MemberCondition> conditions,
                                   Predicate<MemberId> isKept) {
        List<MemberId> enabled = conditions.keySet().stream()
                .filter(id -> conditions.get(id) != MemberCondition.DISABLED
                        && conditions.get(id) != MemberCondition.DRAINING)
                .collect(Collectors.toList());
        long usable = enabled.stream().filter(id -> isUsed(conditions.get(id), id, isKept)).count();
        return usable * 100 < (long) request.panicThreshold() * enabled.size();
    }

    private static boolean mayPanic(MemberCondition condition) {
        return condition == MemberCondition.DOWN || condition == MemberCondition.UNKNOWN;
    }
}
