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
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwitchRulesTest {

    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.test");
    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final TrafficSelector FROM_PORT_1 =
            DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build();
    private static final TrafficTreatment DROP = DefaultTrafficTreatment.builder().drop().build();

    private final SwitchRules rules = new SwitchRules(APPLICATION, SWITCH);

    @Test
    void makesTheRulesOfAnApplicationInASwitch() {
        FlowRule rule = rules.rule(3, 65535, FROM_PORT_1, DROP);

        assertThat(rule.appId()).isEqualTo(APPLICATION.id());
        assertThat(rule.deviceId()).isEqualTo(SWITCH);
        assertThat(rule.table()).isEqualTo(IndexTableId.of(3));
        assertThat(rule.priority()).isEqualTo(65535);
        assertThat(rule.selector()).isEqualTo(FROM_PORT_1);
        assertThat(rule.treatment()).isEqualTo(DROP);
    }

    @Test
    void theyStayUntilTheyAreRemoved() {
        FlowRule rule = rules.rule(0, 1, FROM_PORT_1, DROP);

        assertThat(rule.isPermanent()).isTrue();
        assertThat(rule.timeout()).isZero();
        assertThat(rule.hardTimeout()).isZero();
    }

    @Test
    void refusesAPriorityThatNoSwitchHas() {
        assertThatThrownBy(() -> rules.rule(0, 65536, FROM_PORT_1, DROP)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules.rule(0, -1, FROM_PORT_1, DROP)).isInstanceOf(IllegalArgumentException.class);
    }
}
