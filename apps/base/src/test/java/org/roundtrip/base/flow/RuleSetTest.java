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
package org.roundtrip.base.flow;

import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuleSetTest {

    @Test
    void setsAreEqualWhateverTheOrderOfTheirRules() {
        RuleSet one = RuleSet.of(List.of(rule(1, 1), rule(2, 2)));
        RuleSet other = RuleSet.of(List.of(rule(2, 2), rule(1, 1)));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isEqualTo(RuleSet.of(List.of(rule(1, 1), rule(2, 2))));
    }

    @Test
    void rulesThatDoSomethingElseMakeAnotherSet() {
        assertThat(RuleSet.of(List.of(rule(1, 1)))).isNotEqualTo(RuleSet.of(List.of(rule(1, 2))));
        assertThat(RuleSet.of(List.of(rule(1, 1)))).isNotEqualTo(RuleSet.of(List.of(rule(1, 1), rule(2, 2))));
        assertThat(RuleSet.of(List.of(rule(1, 1)))).isNotEqualTo(RuleSet.of(List.of(rule(2, 1))));
    }

    @Test
    void aSetWithAnEqualOneIsTheSame() {
        RuleSet set = RuleSet.of(List.of(rule(1, 1), rule(2, 2)));

        assertThat(set.with(RuleSet.of(List.of(rule(1, 1), rule(2, 2))))).isSameAs(set);
        assertThat(set.with(RuleSet.of(List.of(rule(1, 3), rule(3, 3)))))
                .isEqualTo(RuleSet.of(List.of(rule(1, 1), rule(2, 2), rule(3, 3))));
    }

    @Test
    void refusesRulesOfWhichASwitchWouldKeepOneOnly() {
        assertThatThrownBy(() -> RuleSet.distinct(List.of(rule(1, 1), rule(1, 2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(RuleSet.distinct(List.of(rule(1, 1), rule(2, 1)))).hasSize(2);
    }

    @Test
    void keepsTheFirstOfRulesThatMatchTheSame() {
        assertThat(RuleSet.of(List.of(rule(1, 1), rule(1, 2)))).isEqualTo(RuleSet.of(List.of(rule(1, 1))));
        assertThat(RuleSet.union(List.of(RuleSet.of(List.of(rule(1, 1))), RuleSet.of(List.of(rule(1, 2), rule(2, 2))))))
                .isEqualTo(RuleSet.of(List.of(rule(1, 1), rule(2, 2))));
    }

    @Test
    void saysWhatIsNewOrDoesSomethingElse() {
        RuleSet before = RuleSet.of(List.of(rule(1, 1), rule(2, 2), rule(4, 4)));
        RuleSet after = RuleSet.of(List.of(rule(1, 1), rule(2, 3), rule(3, 3)));

        assertThat(after.changedFrom(before)).isEqualTo(RuleSet.of(List.of(rule(2, 3), rule(3, 3))));
        assertThat(after.changedFrom(after)).isEmpty();
        assertThat(after.changedFrom(RuleSet.EMPTY)).isEqualTo(after);
        assertThat(before.without(after)).isEqualTo(RuleSet.of(List.of(rule(4, 4))));
        assertThat(before.without(RuleSet.EMPTY)).isSameAs(before);
    }

    @Test
    void findsARuleByWhatItMatches() {
        RuleSet set = RuleSet.of(List.of(rule(1, 1)));

        assertThat(set.matching(rule(1, 2))).hasValueSatisfying(
                rule -> assertThat(rule.treatment()).isEqualTo(rule(1, 1).treatment()));
        assertThat(set.matching(rule(2, 1))).isEmpty();
        assertThat(set.contains(rule(1, 2))).isTrue();
    }

    private static FlowRule rule(int priority, int port) {
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("of:0000000000000001"))
                .fromApp(new DefaultApplicationId(7, "org.roundtrip.balancer")).withPriority(priority)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build())
                .makePermanent().build();
    }
}
