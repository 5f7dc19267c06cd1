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

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.group.Group;

class PurgingStoresTest {

    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final ApplicationId APP = new DefaultApplicationId(1, "org.roundtrip.one");
    private static final ApplicationId OTHER_APP = new DefaultApplicationId(2, "org.roundtrip.two");

    @Test
    void forgetsTheRulesOfOneApplication() {
        List<FlowEntry> table = new ArrayList<>(List.of(rule(APP), rule(OTHER_APP), rule(APP)));

        assertThat(new Rules(table, true).purgeFlowRules(SWITCH, APP)).isTrue();
        assertThat(table).singleElement().matches(rule -> rule.appId() == OTHER_APP.id());
    }

    @Test
    void saysThatRulesAreLeftWhenTheDeviceHasNoMaster() {
        List<FlowEntry> table = new ArrayList<>(List.of(rule(APP)));

        assertThat(new Rules(table, false).purgeFlowRules(SWITCH, APP)).isFalse();
        assertThat(table).hasSize(1);
    }

    @Test
    void hasNothingToForgetInAnEmptyTable() {
        assertThat(new Rules(new ArrayList<>(), false).purgeFlowRules(SWITCH, APP)).isTrue();
    }

    @Test
    void forgetsTheGroupsOfOneApplication() {
        List<Group> table = new ArrayList<>(List.of(group(APP), group(OTHER_APP), group(APP)));

        new Groups(table).purgeGroupEntries(SWITCH, APP);

        assertThat(table).singleElement().matches(group -> group.appId().equals(OTHER_APP));
    }

    private static FlowEntry rule(ApplicationId app) {
        FlowEntry rule = mock(FlowEntry.class);
        when(rule.appId()).thenReturn(app.id());
        return rule;
    }

    private static Group group(ApplicationId app) {
        Group group = mock(Group.class);
        when(group.appId()).thenReturn(app);
        return group;
    }

    /** A store whose table is a list, read live as that of the original is. */
    private static final class Rules extends PurgingFlowRuleStore {

        private final List<FlowEntry> table;
        private final boolean master;

        private Rules(List<FlowEntry> table, boolean master) {
            this.table = table;
            this.master = master;
        }

        @Override
        public Iterable<FlowEntry> getFlowEntries(DeviceId deviceId) {
            return table;
        }

        @Override
        public FlowRuleEvent removeFlowRule(FlowEntry rule) {
            return master && table.remove(rule) ? new FlowRuleEvent(FlowRuleEvent.Type.RULE_REMOVED, rule) : null;
        }
    }

    /** A store whose table is a list, read live as that of the original is. */
    private static final class Groups extends PurgingGroupStore {

        private final List<Group> table;

        private Groups(List<Group> table) {
            this.table = table;
        }

        @Override
        public Iterable<Group> getGroups(DeviceId deviceId) {
            return table;
        }

        @Override
        public void removeGroupEntry(Group group) {
            table.remove(group);
        }
    }
}
