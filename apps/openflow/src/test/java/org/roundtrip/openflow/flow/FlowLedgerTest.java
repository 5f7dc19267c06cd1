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
package org.roundtrip.openflow.flow;

import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.openflow.compute.FlowRuleCodec;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FlowLedgerTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

    private final FlowLedger ledger = new FlowLedger();

    @Test
    void afterARestartIdenticalRulesAreAdoptedWithTheirCounters() {
        ledger.report(List.of(found(rule(1, 2), 42)), ledger.mark());

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).hasValueSatisfying(
                entry -> assertThat(entry.packets()).isEqualTo(42));
        assertThat(ledger.confirmed(FlowRuleCodec.key(rule(1, 2)))).isPresent();
    }

    @Test
    void aRuleThatDiffersMustBeSent() {
        ledger.report(List.of(found(rule(1, 2), 42)), ledger.mark());

        assertThat(ledger.claim(rule(1, 3), rule(1, 3))).isEmpty();
        assertThat(ledger.isUnderWay(rule(1, 3))).isTrue();
        assertThat(ledger.isUnderWay(rule(1, 2))).isFalse();
    }

    @Test
    void aRuleOfAnotherApplicationIsNotIdentical() {
        FlowRule others = copy(rule(1, 2)).withCookie(7).build();
        ledger.report(List.of(found(others, 1)), ledger.mark());

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsWithheldUntilTheAdoptionEnds() {
        assertThat(ledger.report(List.of(found(rule(1, 2), 1), found(rule(5, 6), 1)), ledger.mark())).isEmpty();
        ledger.claim(rule(1, 2), rule(1, 2));
        assertThat(ledger.report(List.of(found(rule(1, 2), 1), found(rule(5, 6), 1)), ledger.mark()))
                .containsExactly(found(rule(1, 2), 1));

        assertThat(ledger.endAdoption()).isEqualTo(1);

        assertThat(ledger.report(List.of(found(rule(1, 2), 1), found(rule(5, 6), 1)), ledger.mark()))
                .containsExactlyInAnyOrder(found(rule(1, 2), 1), found(rule(5, 6), 1));
    }

    @Test
    void anEntryThatGoesDuringTheAdoptionCantBeAdopted() {
        ledger.report(List.of(found(rule(1, 2), 1)), ledger.mark());

        assertThat(ledger.lose(found(rule(1, 2), 1))).isEmpty();

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).isEmpty();
    }

    @Test
    void anEntryThatAnotherHandRemovedIsOnosLoss() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));

        assertThat(ledger.lose(found(rule(1, 2), 1))).contains(rule(1, 2));
        assertThat(ledger.lose(found(rule(1, 2), 1))).isEmpty();
        assertThat(ledger.isUnderWay(rule(1, 2))).isFalse();
    }

    @Test
    void anEntryThatOnosRemovedIsNoLoss() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));
        ledger.release(FlowRuleCodec.key(rule(1, 2)));

        assertThat(ledger.lose(found(rule(1, 2), 1))).isEmpty();
    }

    @Test
    void entriesAreReportedInTheFormInWhichOnosAskedForThem() {
        FlowRule asked = copy(rule(1, 2)).withCookie(rule(1, 2).id().value())
                .withTreatment(DefaultTrafficTreatment.builder().drop().transition(7).build()).build();
        FlowRule canonical = copy(asked).withCookie(asked.id().value())
                .withTreatment(DefaultTrafficTreatment.builder().transition(7).build()).build();
        ledger.claim(asked, canonical);
        ledger.confirm(asked, canonical);

        List<FlowEntry> report = ledger.report(List.of(found(canonical, 9)), ledger.mark());

        assertThat(report).hasSize(1);
        assertThat(report.get(0).exactMatch(asked)).isTrue();
        assertThat(report.get(0).packets()).isEqualTo(9);
    }

    @Test
    void aDumpOlderThanAnAdditionDoesNotMakeItMissing() {
        long mark = ledger.mark();
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));

        assertThat(ledger.report(List.of(), mark)).containsExactly(found(rule(1, 2), 0));
        assertThat(ledger.report(List.of(), ledger.mark())).isEmpty();
    }

    @Test
    void aDumpOlderThanARemovalDoesNotBringTheEntryBack() {
        ledger.endAdoption();
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));
        long mark = ledger.mark();
        ledger.release(FlowRuleCodec.key(rule(1, 2)));

        assertThat(ledger.report(List.of(found(rule(1, 2), 1)), mark)).isEmpty();
        assertThat(ledger.report(List.of(found(rule(1, 2), 1)), ledger.mark())).hasSize(1);
    }

    @Test
    void aDumpOlderThanAReplacementShowsTheReplacement() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));
        long mark = ledger.mark();
        ledger.claim(rule(1, 3), rule(1, 3));

        assertThat(ledger.report(List.of(found(rule(1, 2), 5)), mark)).isEmpty();

        ledger.confirm(rule(1, 3), rule(1, 3));
        List<FlowEntry> report = ledger.report(List.of(found(rule(1, 2), 5)), mark);
        assertThat(report).hasSize(1);
        assertThat(report.get(0).exactMatch(rule(1, 3))).isTrue();
    }

    @Test
    void anEntryThatAnotherHandChangedIsReportedAsItIs() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));

        List<FlowEntry> report = ledger.report(List.of(found(rule(1, 9), 5)), ledger.mark());

        assertThat(report).hasSize(1);
        assertThat(report.get(0).exactMatch(rule(1, 9))).isTrue();
    }

    @Test
    void aRuleThatIsAskedForTwiceIsSentOnce() {
        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).isEmpty();
        ledger.confirm(rule(1, 2), rule(1, 2));
        ledger.report(List.of(found(rule(1, 2), 8)), ledger.mark());

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).hasValueSatisfying(
                entry -> assertThat(entry.packets()).isEqualTo(8));
    }

    @Test
    void aRuleThatIsMissingIsSentAgain() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));
        ledger.report(List.of(), ledger.mark());

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).isEmpty();
    }

    @Test
    void aRuleThatAnotherHandChangedIsSentAgain() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.confirm(rule(1, 2), rule(1, 2));
        ledger.report(List.of(found(rule(1, 9), 5)), ledger.mark());

        assertThat(ledger.claim(rule(1, 2), rule(1, 2))).isEmpty();
    }

    @Test
    void aRefusedRuleIsNotUnderWayAnyMore() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.reject(rule(1, 2));

        assertThat(ledger.isUnderWay(rule(1, 2))).isFalse();
        assertThat(ledger.confirm(rule(1, 2), rule(1, 2))).isEmpty();
    }

    @Test
    void aLateConfirmationDoesNotConfirmTheReplacement() {
        ledger.claim(rule(1, 2), rule(1, 2));
        ledger.claim(rule(1, 3), rule(1, 3));

        assertThat(ledger.confirm(rule(1, 2), rule(1, 2))).isEmpty();
        assertThat(ledger.confirmed(FlowRuleCodec.key(rule(1, 3)))).isEmpty();
        ledger.reject(rule(1, 2));
        assertThat(ledger.isUnderWay(rule(1, 3))).isTrue();
    }

    private static FlowRule rule(int from, int to) {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(10).makePermanent()
                .fromApp(new DefaultApplicationId(1, "test"))
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(from)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(to)).build())
                .build();
    }

    private static FlowRule.Builder copy(FlowRule rule) {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(rule.priority()).makePermanent()
                .withSelector(rule.selector()).withTreatment(rule.treatment());
    }

    private static FlowEntry found(FlowRule rule, long packets) {
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, 100, packets, packets * 64);
    }
}
