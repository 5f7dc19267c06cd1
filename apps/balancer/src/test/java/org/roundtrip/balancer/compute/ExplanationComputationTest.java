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

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.Affinity;
import org.roundtrip.balancer.DropReason;
import org.roundtrip.balancer.ExplainedRule;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PinState;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections of a client at switch 1 by the access switch 2 to members at the switches 3 and 4. */
class ExplanationComputationTest {

    private static final String FORWARD = "forward as any packet";

    /** That of client 5 and port 40000: 40000 / 2 = 0x4e20, and 0x20 ^ 5 = 0x25. */
    private static final int SLOT = 0x25;

    @Test
    void aNewConnectionIsFollowedToItsMemberAndBack() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());

        assertThat(computation.memberSwitches()).containsExactly(device(3));

        Explanation explanation = explain(computation, facts(Map.of(device(3), 0L)));
        assertThat(explanation.server()).isEqualTo("web");
        assertThat(explanation.query().port()).contains(80);
        assertThat(explanation.accessSwitch()).contains(device(2));
        assertThat(explanation.slot()).contains(SLOT);
        assertThat(explanation.member()).contains(TracedNetwork.member(1));
        assertThat(explanation.slotMember()).contains(TracedNetwork.member(1));
        assertThat(explanation.pin()).isEqualTo(PinState.NOT_PINNED);
        assertThat(explanation.drop()).isEmpty();
        assertThat(way(explanation.request())).containsExactly(
                "1 " + RulePurpose.ANYCAST.words(),
                "2 " + RulePurpose.REQUEST.words(),
                "2 " + RulePurpose.SLOT_HALF.words(),
                "2 " + RulePurpose.SLOT_HALF.words(),
                "2 " + RulePurpose.SLOT.words(),
                "2 " + FORWARD,
                "3 " + RulePurpose.RESTORATION.words(),
                "3 " + RulePurpose.UNKNOWN.words(),
                "3 " + RulePurpose.NOBODY_KNOWS.words(),
                "3 " + RulePurpose.NEW.words());
        assertThat(way(explanation.reply())).containsExactly(
                "3 " + RulePurpose.REPLY.words(),
                "3 " + FORWARD,
                "2 " + RulePurpose.SOURCE.words(),
                "2 " + RulePurpose.LINK_SOURCE.words(),
                "2 " + FORWARD,
                "1 " + RulePurpose.SOURCE.words(),
                "1 " + RulePurpose.LINK_SOURCE.words(),
                "1 " + FORWARD);
    }

    @Test
    void rulesAreShownAsPeopleReadThemAndNotAsTheSwitchGetsThem() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));

        ExplainedRule rule = explain(computation(plan, TracedNetwork.surroundings()),
                                     facts(Map.of(device(3), 0L))).request().get(4);

        assertThat(rule.match()).contains("TUNNEL_ID:549");
        assertThat(rule.action()).contains("IPV4_DST:192.0.2.1", "resubmit(,0)").doesNotContain("EXTENSION");
    }

    @Test
    void aConnectionThatAFormerMemberHasIsHandedOnToIt() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(3),
                                             TracedNetwork.member(1));
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());
        long mark = plan.mark(TracedNetwork.place(TracedNetwork.member(3)));

        assertThat(computation.memberSwitches()).containsExactlyInAnyOrder(device(3), device(4));
        Explanation explanation = explain(computation, facts(Map.of(device(3), 0L, device(4), mark)));

        assertThat(explanation.member()).contains(TracedNetwork.member(3));
        assertThat(explanation.slotMember()).contains(TracedNetwork.member(1));
        assertThat(explanation.pin()).isEqualTo(PinState.PINNED);
        assertThat(explanation.reason()).contains("stays with that member", "would go to 192.0.2.1");
        assertThat(way(explanation.request())).endsWith(
                "3 " + RulePurpose.UNKNOWN.words(),
                "3 " + RulePurpose.HAND_OVER.words(),
                "3 " + FORWARD,
                "2 " + FORWARD,
                "4 " + RulePurpose.RESTORATION.words(),
                "4 " + RulePurpose.KNOWN.words());
    }

    @Test
    void aConnectionThatNobodyHasComesBackToTheMemberThatHasTheSlot() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(3),
                                             TracedNetwork.member(1));

        Explanation explanation = explain(computation(plan, TracedNetwork.surroundings()),
                                          facts(Map.of(device(3), 0L, device(4), 0L)));

        assertThat(explanation.member()).contains(TracedNetwork.member(1));
        assertThat(explanation.pin()).isEqualTo(PinState.NOT_PINNED);
        assertThat(way(explanation.request())).containsOnlyOnce("4 " + RulePurpose.HAND_OVER.words());
        assertThat(way(explanation.request())).last().isEqualTo("3 " + RulePurpose.NEW.words());
    }

    @Test
    void whatASwitchDidNotAnswerIsSaidNotToBeKnown() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(3),
                                             TracedNetwork.member(1));
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());

        Explanation noMark = explain(computation, facts(Map.of(device(3), 0L)));
        assertThat(noMark.pin()).isEqualTo(PinState.UNKNOWN);
        assertThat(noMark.member()).contains(TracedNetwork.member(1));
        assertThat(noMark.reason()).contains("did not answer");
    }

    @Test
    void translatedPortsAreToldApartAndRestored() {
        VirtualServerRequest request = TracedNetwork.request().build();
        ServerPlan plan = TracedNetwork.plan(request, TracedNetwork.member(1, 8081), TracedNetwork.member(1, 8080));

        Explanation explanation = explain(computation(plan, TracedNetwork.surroundings()),
                                          facts(Map.of(device(3), plan.mark(plan.places().get(
                                                  TracedNetwork.member(1, 8081))))));

        assertThat(explanation.pin()).isEqualTo(PinState.PINNED);
        assertThat(explanation.member()).contains(TracedNetwork.member(1, 8081));
        assertThat(explanation.slotMember()).contains(TracedNetwork.member(1, 8080));
        assertThat(explanation.reply().get(0).match()).contains("8081");
        assertThat(explanation.reply().get(0).action()).contains("80");
    }

    @Test
    void newConnectionsOfMembersThatShareAnInterfaceGoToThePortOfTheirSlot() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1, 8080),
                                             TracedNetwork.member(1, 8081));

        Explanation explanation = explain(computation(plan, TracedNetwork.surroundings()),
                                          facts(Map.of(device(3), 0L)));

        assertThat(explanation.slotMember()).contains(TracedNetwork.member(1, 8081));
        assertThat(explanation.member()).contains(TracedNetwork.member(1, 8081));
    }

    @Test
    void theSlotOfAClientAddressIsThatOfAllItsPorts() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().affinity(Affinity.CLIENT_ADDRESS).build(),
                                             TracedNetwork.member(1));
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());

        assertThat(computation.memberSwitches()).containsExactly(device(3));
        Explanation explanation = explain(computation, ConnectionFacts.builder().putMarks(device(3), 0L).build());
        assertThat(explanation.slot()).contains(5);
        assertThat(explanation.pin()).isEqualTo(PinState.NOT_PINNED);
        assertThat(explanation.member()).contains(TracedNetwork.member(1));
    }

    @Test
    void requestsOfUdpAndIpv6AreFollowedToo() {
        MemberId member = MemberId.of(IpAddress.valueOf("2001:db8:2::1"), 0);
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.requestIpv6(TransportProtocol.UDP).build(), member);
        ServedConnection connection = ServedConnection.of(
                List.of(TracedNetwork.vip(plan)), TracedNetwork.query().vip(plan.request().vip())
                        .client(IpAddress.valueOf("2001:db8:3::5")).protocol(TransportProtocol.UDP).build());
        ExplanationComputation computation = new ExplanationComputation(
                TracedNetwork.APPLICATION, TracedNetwork.network(), connection, TracedNetwork.surroundings());

        Explanation explanation = explain(computation, facts(Map.of(device(3), 0L)));
        assertThat(explanation.slot()).contains(SLOT);
        assertThat(explanation.member()).contains(member);
        assertThat(way(explanation.reply())).last().isEqualTo("1 " + FORWARD);
    }

    @Test
    void aServerWithoutMembersSaysWhyItDrops() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build());
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());

        assertThat(computation.memberSwitches()).isEmpty();
        Explanation explanation = explain(computation, facts(Map.of()));

        assertThat(explanation.drop()).contains(DropReason.NO_MEMBER);
        assertThat(explanation.member()).isEmpty();
        assertThat(explanation.slotMember()).isEmpty();
        assertThat(explanation.reason()).isEqualTo("No member serves: requests are dropped at " + device(2) + ".");
        assertThat(way(explanation.request())).last().isEqualTo("2 " + RulePurpose.NO_MEMBER.words());
    }

    @Test
    void whereNoAccessSwitchIsReadyTheClientsSwitchSaysSo() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        VipPlan vip = VipPlan.builder().addServers(plan).build();

        Explanation explanation = explain(computation(vip, TracedNetwork.surroundings()), ConnectionFacts.NOTHING);

        assertThat(explanation.accessSwitch()).isEmpty();
        assertThat(explanation.drop()).contains(DropReason.NO_ACCESS_SWITCH);
        assertThat(way(explanation.request())).containsExactly("1 " + RulePurpose.NO_ACCESS.words());
    }

    @Test
    void whereNothingIsKnownTheReasonSaysWhatIsMissing() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        VipPlan vip = VipPlan.builder().addServers(plan).build();

        Explanation explanation = explain(computation(vip, Surroundings.builder().build()), ConnectionFacts.NOTHING);

        assertThat(explanation.accessSwitch()).isEmpty();
        assertThat(explanation.request()).isEmpty();
        assertThat(explanation.reason()).startsWith("No access switch takes requests").contains(device(2).toString());
    }

    @Test
    void aClientBehindARouterIsFollowedFromAnAccessSwitch() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        Surroundings surroundings = Surroundings.builder().from(TracedNetwork.surroundings())
                .client(Optional.empty()).build();

        Explanation explanation = explain(computation(plan, surroundings), facts(Map.of(device(3), 0L)));

        assertThat(explanation.member()).contains(TracedNetwork.member(1));
        assertThat(explanation.reason()).contains("has not seen the client " + TracedNetwork.CLIENT);
        assertThat(way(explanation.request())).first().isEqualTo("2 " + RulePurpose.REQUEST.words());
        assertThat(way(explanation.reply())).containsExactly("3 " + RulePurpose.REPLY.words());
    }

    @Test
    void framesThatNoRuleForwardsYetAreFoundAgainWhereTheirStationIs() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        Surroundings surroundings = Surroundings.builder().from(TracedNetwork.surroundings())
                .forwarding(List.of()).build();

        Explanation explanation = explain(computation(plan, surroundings), facts(Map.of(device(3), 0L)));

        assertThat(explanation.member()).contains(TracedNetwork.member(1));
        assertThat(way(explanation.request())).last().isEqualTo("3 " + RulePurpose.NEW.words());
    }

    @Test
    void framesThatAreForwardedInACircleAreSaidToBe() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        List<FlowRule> circle = List.of(TracedNetwork.forward(2, TracedNetwork.memberMac(1), "1"),
                                        TracedNetwork.forward(1, TracedNetwork.memberMac(1), "2"));
        Surroundings surroundings = Surroundings.builder().from(TracedNetwork.surroundings())
                .forwarding(circle).build();

        Explanation explanation = explain(computation(plan, surroundings), facts(Map.of(device(3), 0L)));

        assertThat(explanation.member()).isEmpty();
        assertThat(explanation.reason()).contains("round without end");
    }

    @Test
    void framesThatLeaveByAPortWhereNoMemberIsAreSaidTo() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        Surroundings surroundings = Surroundings.builder().from(TracedNetwork.surroundings())
                .forwarding(List.of(TracedNetwork.forward(2, TracedNetwork.memberMac(1), "7"))).build();

        Explanation explanation = explain(computation(plan, surroundings), facts(Map.of(device(3), 0L)));

        assertThat(explanation.member()).isEmpty();
        assertThat(explanation.reason()).contains(device(2) + "/7", "no member is");
    }

    @Test
    void countersAreThoseOfTheSwitchAndMissingWhereItLacksTheRule() {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));
        List<FlowRule> present = TracedNetwork.rules(TracedNetwork.vip(plan)).stream()
                .filter(rule -> RulePurpose.of(rule) != RulePurpose.SLOT).collect(Collectors.toList());
        ExplanationComputation computation = computation(plan, TracedNetwork.surroundings());
        ConnectionFacts facts = facts(Map.of(device(3), 0L));

        Explanation explanation = computation.explain(
                facts, TracedNetwork.counters(present, rule -> RulePurpose.of(rule).priority()));

        assertThat(explanation.request()).filteredOn(rule -> rule.purpose().equals(RulePurpose.REQUEST.words()))
                .singleElement().satisfies(rule -> {
                    assertThat(rule.packets()).contains((long) RulePurpose.REQUEST.priority());
                    assertThat(rule.bytes()).contains(100L * RulePurpose.REQUEST.priority());
                });
        assertThat(explanation.request()).filteredOn(rule -> rule.purpose().equals(RulePurpose.SLOT.words()))
                .singleElement().satisfies(rule -> assertThat(rule.packets()).isEmpty());
        assertThat(computation.switches(facts)).containsExactlyInAnyOrder(device(1), device(2), device(3));
    }

    private static Explanation explain(ExplanationComputation computation, ConnectionFacts facts) {
        return computation.explain(facts, rule -> Optional.empty());
    }

    private static ExplanationComputation computation(ServerPlan plan, Surroundings surroundings) {
        return computation(TracedNetwork.vip(plan), surroundings);
    }

    private static ExplanationComputation computation(VipPlan vip, Surroundings surroundings) {
        return new ExplanationComputation(TracedNetwork.APPLICATION, TracedNetwork.network(),
                                          ServedConnection.of(List.of(vip), TracedNetwork.query().build()),
                                          surroundings);
    }

    private static ConnectionFacts facts(Map<DeviceId, Long> marks) {
        return ConnectionFacts.builder().marks(marks).build();
    }

    private static List<String> way(List<ExplainedRule> rules) {
        return rules.stream().map(rule -> rule.device().toString().substring(18) + " " + rule.purpose())
                .collect(Collectors.toList());
    }

    private static DeviceId device(int n) {
        return TracedNetwork.device(n);
    }
}
