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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.meter.MeterId;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class SignallingRulesTest {

    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final IpAddress IPV4 = IpAddress.valueOf("10.0.0.1");
    private static final IpAddress IPV6 = IpAddress.valueOf("fd00::1");

    private final SignallingRules rules = new SignallingRules(new DefaultApplicationId(1, "org.roundtrip.clock"));

    @Test
    void letsSignallingToTheControllerThroughTheMeterOfItsPortOnly() {
        List<FlowRule> edge = rules.edge(SWITCH, Set.of(IPV4), Map.of(PortNumber.portNumber(3), MeterId.meterId(7)));

        FlowRule punt = edge.stream().filter(rule -> rule.tableId() == 20).findFirst().orElseThrow();
        assertThat(text(punt)).isEqualTo("IN_PORT:3");
        assertThat(punt.treatment().metered().meterId()).isEqualTo(MeterId.meterId(7));
        assertThat(punt.treatment().allInstructions()).contains(Instructions.createOutput(PortNumber.CONTROLLER));
        assertThat(edge.stream().filter(rule -> toController(rule))).containsExactly(punt);
    }

    @Test
    void takesSignallingOutOfTheFirstTableBeforeTunnelsCanTakeIt() {
        FlowRule first = at(43_000, rules.edge(SWITCH, Set.of(IPV4), Map.of())).get(0);

        assertThat(text(first)).contains("IPV4_DST:10.0.0.1/32").contains("UDP_DST:320").doesNotContain("IN_PORT");
        assertThat(first.treatment().tableTransition().tableId()).isEqualTo(20);
        assertThat(first.treatment().immediate()).isEmpty();
    }

    @Test
    void dropsWhatNoTunnelTakesInBothDirections() {
        List<FlowRule> guards = at(40_400, rules.edge(SWITCH, Set.of(IPV4, IPV6), Map.of()));

        assertThat(guards).hasSize(8).allSatisfy(rule -> assertThat(rule.treatment().allInstructions())
                .allMatch(instruction -> instruction.type() == Instruction.Type.NOACTION));
        assertThat(guards.stream().map(SignallingRulesTest::text).filter(text -> text.contains("ipv6")
                || text.contains("IPV6"))).hasSize(4);
        assertThat(guards.stream().map(SignallingRulesTest::text).filter(text -> text.contains("UDP_DST:319")))
                .hasSize(4);
    }

    @Test
    void hasNoRulesWithoutServers() {
        assertThat(rules.edge(SWITCH, Set.of(), Map.of(PortNumber.portNumber(3), MeterId.meterId(7)))).isEmpty();
    }

    @Test
    void showsWhatAServerSaysWithoutKeepingItFromItsTunnel() {
        ExtensionTreatment resubmit = mock(ExtensionTreatment.class);
        FlowRule window = rules.window(new ConnectPoint(SWITCH, PortNumber.portNumber(5)), IPV4,
                                       IpAddress.valueOf("10.0.0.2"), resubmit);

        assertThat(window.priority()).isEqualTo(43_000);
        assertThat(text(window)).contains("IN_PORT:5").contains("IPV4_SRC:10.0.0.1/32").contains("IPV4_DST:10.0.0.2/32")
                .contains("UDP_DST:320").contains("TUNNEL_ID:0");
        assertThat(window.treatment().immediate().stream().map(Instruction::type)).containsExactly(
                Instruction.Type.OUTPUT, Instruction.Type.L2MODIFICATION, Instruction.Type.EXTENSION);
    }

    private static boolean toController(FlowRule rule) {
        return rule.treatment().allInstructions().contains(Instructions.createOutput(PortNumber.CONTROLLER));
    }

    private static List<FlowRule> at(int priority, List<FlowRule> all) {
        return all.stream().filter(rule -> rule.priority() == priority && rule.tableId() == 0)
                .collect(Collectors.toList());
    }

    private static String text(FlowRule rule) {
        return rule.selector().criteria().stream().map(Criterion::toString).collect(Collectors.joining(" "));
    }
}
