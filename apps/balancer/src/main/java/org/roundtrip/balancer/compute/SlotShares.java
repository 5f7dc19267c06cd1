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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many slots each member of a virtual server has.
 * <p>
 * Slots are given out as seats of a parliament are. A member has its exact share rounded down or up (the quota rule),
 * so it is always within one slot of it. No rule that looks at the weights alone keeps to that and at the same time
 * never takes a seat from one party for another whose weights have not changed (M. L. Balinski and H. P. Young, Fair
 * Representation, 1982). So what is rounded up is decided with a view to what members have: as few slots as possible
 * change hands.
 */
final class SlotShares {

    private SlotShares() {
    }

    /**
     * Returns how many slots each member has. Members that would have none although they have a weight come first when
     * shares are rounded up; then those that have as much already; then those that lose most otherwise.
     * O(<i>n</i> log <i>n</i>) for <i>n</i> members.
     *
     * @param slots   how many slots there are
     * @param weights the weights of the members, 0 or more each
     * @param before  how many slots members have now; none for those that are missing
     * @param <M>     what tells members apart
     * @return the slots of each member, which are all there are unless no member has a weight
     */
    static <M extends Comparable<M>> SortedMap<M, Integer> of(int slots, SortedMap<M, Integer> weights,
                                                              Map<M, Integer> before) {
        long total = weights.values().stream().mapToLong(Integer::longValue).sum();
        SortedMap<M, Integer> shares = new TreeMap<>();
        if (total == 0) {
            return shares;
        }
        weights.forEach((member, weight) -> shares.put(member, (int) ((long) slots * weight / total)));
        int left = slots - shares.values().stream().mapToInt(Integer::intValue).sum();
        List<M> fractional = weights.keySet().stream()
                .filter(member -> remainder(slots, weights.get(member), total) > 0).collect(Collectors.toList());
        List<M> order = new ArrayList<>(fractional);
        order.sort(Comparator.<M, Boolean>comparing(member -> shares.get(member) > 0)
                           .thenComparing(member -> before.getOrDefault(member, 0) <= shares.get(member))
                           .thenComparing(member -> -remainder(slots, weights.get(member), total)));
        order.subList(0, left).forEach(member -> shares.merge(member, 1, Integer::sum));
        return shares;
    }

    private static long remainder(int slots, int weight, long total) {
        return (long) slots * weight % total;
    }
}
