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
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class StoreDifferenceTest {

    @Test
    void whatIsThereOrOnItsWayIsNotMissing() {
        StoreDifference difference = StoreDifference.of(rules(1, 2), List.of(
                entry(1, FlowEntryState.ADDED), entry(2, FlowEntryState.PENDING_ADD)));

        assertThat(difference.missing()).isEmpty();
        assertThat(difference.strays()).isEmpty();
    }

    @Test
    void whatIsBeingRemovedIsMissingAndNoStray() {
        StoreDifference difference = StoreDifference.of(rules(1, 2), List.of(
                entry(1, FlowEntryState.PENDING_REMOVE), entry(2, FlowEntryState.REMOVED),
                entry(3, FlowEntryState.PENDING_REMOVE)));

        assertThat(difference.missing()).containsExactlyInAnyOrder(rule(1), rule(2));
        assertThat(difference.strays()).isEmpty();
    }

    @Test
    void whatNobodyWantsIsAStray() {
        StoreDifference difference = StoreDifference.of(rules(1), List.of(
                entry(1, FlowEntryState.ADDED), entry(2, FlowEntryState.ADDED)));

        assertThat(difference.missing()).isEmpty();
        assertThat(difference.strays()).hasSize(1).first().isEqualTo(entry(2, FlowEntryState.ADDED));
    }

    @Test
    void whatDoesSomethingElseIsMissingAndNoStray() {
        StoreDifference difference = StoreDifference.of(RuleSet.of(List.of(rule(1, 7))), List.of(
                entry(1, FlowEntryState.ADDED)));

        assertThat(difference.missing()).containsExactly(rule(1));
        assertThat(difference.strays()).isEmpty();
    }

    private static RuleSet rules(int... priorities) {
        return RuleSet.of(IntStream.of(priorities).mapToObj(priority -> rule(priority)).collect(Collectors.toList()));
    }

    private static FlowEntry entry(int priority, FlowEntryState state) {
        return new DefaultFlowEntry(rule(priority), state);
    }

    private static FlowRule rule(int priority) {
        return rule(priority, 1);
    }

    private static FlowRule rule(int priority, int port) {
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("of:0000000000000001"))
                .fromApp(new DefaultApplicationId(5, "org.roundtrip.fabric")).withPriority(priority)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build())
                .makePermanent().build();
    }
}
