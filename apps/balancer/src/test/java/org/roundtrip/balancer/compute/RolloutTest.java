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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.roundtrip.base.flow.RuleSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutTest {

    private static final String SLOTS = "server/web/slots/of:0000000000000001";
    private static final String MEMBERS = "server/web/members/of:0000000000000003";
    private static final String HAND_OVER = "server/web/hand-over/of:0000000000000003";

    @Test
    void goesFromMembersToAccessSwitchesAndBack() {
        Map<String, RuleSet> before = Map.of(MEMBERS, rules(1, 2), SLOTS, rules(10));
        Map<String, RuleSet> after = Map.of(MEMBERS, rules(2, 3), SLOTS, rules(11));

        assertThat(Rollout.next(before, after, key -> false)).isEqualTo(Map.of(MEMBERS, rules(2, 3, 1)));
        Map<String, RuleSet> both = Map.of(MEMBERS, rules(1, 2, 3), SLOTS, rules(10));
        assertThat(Rollout.next(both, after, MEMBERS::equals)).isEmpty();
        assertThat(Rollout.next(both, after, key -> false)).isEqualTo(Map.of(SLOTS, rules(11)));
        Map<String, RuleSet> sent = Map.of(MEMBERS, rules(1, 2, 3), SLOTS, rules(11));
        assertThat(Rollout.next(sent, after, SLOTS::equals)).isEmpty();
        assertThat(Rollout.next(sent, after, key -> false)).isEqualTo(Map.of(MEMBERS, rules(2, 3)));
        assertThat(Rollout.next(after, after, key -> false)).isEmpty();
    }

    @Test
    void takesWhatMatchesTheSameFromWhatIsWanted() {
        RuleSet before = RuleSet.of(List.of(rule(1, 1)));
        RuleSet after = RuleSet.of(List.of(rule(1, 2)));

        assertThat(Rollout.next(Map.of(HAND_OVER, before, SLOTS, rules(10)), Map.of(HAND_OVER, after, SLOTS, rules(11)),
                                key -> false)).isEqualTo(Map.of(HAND_OVER, after));
    }

    @Test
    void withdrawsWhatIsNotWanted() {
        assertThat(Rollout.next(Map.of(MEMBERS, rules(1), SLOTS, rules(10)), Map.of(MEMBERS, rules(1)), key -> false))
                .isEqualTo(Map.of(SLOTS, RuleSet.EMPTY));
        assertThat(Rollout.next(Map.of(MEMBERS, rules(1)), Map.of(), key -> false))
                .isEqualTo(Map.of(MEMBERS, RuleSet.EMPTY));
    }

    /** Whatever changes meanwhile and in whatever order switches confirm. */
    @Property(tries = 200)
    void neverSendsRequestsWhereTheyAreNotTaken(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 6) Integer> changes, @ForAll long seed) {
        Random random = new Random(seed);
        Map<String, RuleSet> published = new TreeMap<>();
        Map<String, RuleSet> confirmed = new TreeMap<>();
        Set<String> onTheWay = new HashSet<>();
        for (int change : changes) {
            Map<String, RuleSet> wanted = wanted(change);
            int steps = random.nextInt(6);
            for (int step = 0; step < steps; step++) {
                step(published, confirmed, onTheWay, wanted, random);
            }
        }
        Map<String, RuleSet> last = wanted(changes.get(changes.size() - 1));
        for (int step = 0; step < 200; step++) {
            step(published, confirmed, onTheWay, last, random);
        }
        assertThat(published).isEqualTo(last);
        assertThat(confirmed).isEqualTo(last);
    }

    private static void step(Map<String, RuleSet> published, Map<String, RuleSet> confirmed, Set<String> onTheWay,
                             Map<String, RuleSet> wanted, Random random) {
        Rollout.next(published, wanted, onTheWay::contains).forEach((key, rules) -> {
            published.put(key, rules);
            onTheWay.add(key);
        });
        for (String key : Set.copyOf(onTheWay)) {
            if (random.nextBoolean()) {
                onTheWay.remove(key);
                replace(confirmed, key, published.get(key));
                replace(published, key, published.get(key));
            }
        }
        // A rule n of a slot sends to where the rule n of a member is needed, before and while it changes.
        Set<PortNumber> taken = ports(confirmed, MEMBERS);
        taken.retainAll(ports(published, MEMBERS));
        assertThat(taken).containsAll(ports(confirmed, SLOTS)).containsAll(ports(published, SLOTS));
    }

    private static void replace(Map<String, RuleSet> sets, String key, RuleSet rules) {
        if (rules.equals(RuleSet.EMPTY)) {
            sets.remove(key);
        } else {
            sets.put(key, rules);
        }
    }

    private static Set<PortNumber> ports(Map<String, RuleSet> sets, String key) {
        Set<PortNumber> ports = new HashSet<>();
        sets.getOrDefault(key, RuleSet.EMPTY).forEach(rule -> ports.add(
                ((PortCriterion) rule.selector().criteria().iterator().next())
                        .port()));
        return ports;
    }

    private static Map<String, RuleSet> wanted(int n) {
        return n == 0 ? Map.of() : Map.of(MEMBERS, rules(n, n + 1), HAND_OVER, rules(n), SLOTS, rules(n, n + 1));
    }

    private static RuleSet rules(int... numbers) {
        List<FlowRule> rules = new ArrayList<>();
        for (int n : numbers) {
            rules.add(rule(n, n));
        }
        return RuleSet.of(rules);
    }

    private static FlowRule rule(int match, int action) {
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("of:0000000000000001")).forTable(10)
                .withPriority(100).fromApp(new DefaultApplicationId(1, "app")).makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(match)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(action)).build())
                .build();
    }
}
