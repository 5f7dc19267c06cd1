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
package org.roundtrip.balancer.impl.inspection;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.host.HostService;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.PinState;
import org.roundtrip.balancer.ServerExamples;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.TracedNetwork;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.balancer.impl.PublishedPlans;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.Status;
import org.roundtrip.base.flow.FlowTableReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/** A connection from a client at switch 1 by the access switch 2, whose slots were member 3's and are member 1's. */
class InspectionManagerTest {

    private static final ExplanationQuery QUERY = query(40_000);
    private static final int SLOT = 0x25;

    private final ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(3),
                                                       TracedNetwork.member(1));
    private final AnsweringSwitches switches = new AnsweringSwitches();
    private final List<FlowEntry> known = new ArrayList<>();
    private final InspectionManager manager = new InspectionManager();

    @BeforeEach
    void start() {
        VipPlan vip = TracedNetwork.vip(plan);
        TracedNetwork.rules(vip).forEach(rule -> known.add(entry(rule, 1)));
        TracedNetwork.surroundings().forwarding().forEach(rule -> known.add(entry(rule, 1)));
        manager.coreService = mock(CoreService.class);
        when(manager.coreService.registerApplication("org.roundtrip.balancer"))
                .thenReturn(TracedNetwork.APPLICATION);
        manager.plans = new PublishedPlans() {
            @Override
            public List<VipPlan> vips() {
                return List.of(vip);
            }

            @Override
            public NetworkView network() {
                return TracedNetwork.network();
            }
        };
        manager.servers = mock(VirtualServerService.class);
        when(manager.servers.server(any())).thenReturn(Optional.empty());
        manager.hostService = mock(HostService.class);
        when(manager.hostService.getHostsByIp(any())).thenReturn(Set.of());
        when(manager.hostService.getHostsByIp(TracedNetwork.CLIENT)).thenReturn(Set.of(new DefaultHost(
                ProviderId.NONE, HostId.hostId(TracedNetwork.CLIENT_MAC), TracedNetwork.CLIENT_MAC, VlanId.NONE,
                new HostLocation(TracedNetwork.port("1/1"), 0), Set.of(TracedNetwork.CLIENT))));
        manager.flowRuleService = mock(FlowRuleService.class);
        when(manager.flowRuleService.getFlowEntries(any())).thenAnswer(call -> at(call.getArgument(0), known));
        manager.packetService = switches;
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
        assertThat(switches.processors).isEmpty();
    }

    @Test
    void switchesSayWhetherTheyKnowTheConnection() {
        switches.mark(3, 0);
        switches.mark(4, TracedNetwork.mark(plan, 3));

        Explanation explanation = manager.explain(QUERY);

        assertThat(explanation.slot()).contains(SLOT);
        assertThat(explanation.pin()).isEqualTo(PinState.PINNED);
        assertThat(explanation.member()).contains(TracedNetwork.member(3));
        assertThat(explanation.slotMember()).contains(TracedNetwork.member(1));
        assertThat(explanation.request()).allSatisfy(rule -> assertThat(rule.packets()).contains(1L));
        assertThat(switches.asked).extracting(OutboundPacket::sendThrough).containsExactlyInAnyOrder(
                TracedNetwork.device(3), TracedNetwork.device(4));
        // A stock ONOS does nothing with a packet but to send it to a port.
        assertThat(switches.asked).allSatisfy(packet -> assertThat(packet.treatment().allInstructions())
                .containsExactly(Instructions.createOutput(PortNumber.TABLE)));
    }

    @Test
    void answersAreNobodyElses() {
        switches.mark(3, 0);
        switches.mark(4, 0);

        manager.explain(QUERY);

        assertThat(switches.given).hasSize(2).allSatisfy(context -> assertThat(context.isHandled()).isTrue());
    }

    @Test
    void packetsThatAreNoAnswersAreLeftToOthers() {
        ByteBuffer frame = ByteBuffer.wrap(new byte[64]);
        switches.mark(3, 0);
        switches.mark(4, 0);
        manager.explain(QUERY);
        ByteBuffer late = switches.given.get(0).inPacket().unparsed();

        assertThat(switches.give(new ConnectPoint(TracedNetwork.device(2), PortNumber.CONTROLLER), frame).isHandled())
                .isFalse();
        assertThat(switches.give(TracedNetwork.port("2/1"), frame).isHandled()).isFalse();
        assertThat(switches.give(new ConnectPoint(TracedNetwork.device(2), PortNumber.CONTROLLER),
                                 ByteBuffer.wrap(new byte[3])).isHandled()).isFalse();
        assertThat(switches.give(new ConnectPoint(TracedNetwork.device(2), PortNumber.CONTROLLER), late).isHandled())
                .isFalse();
    }

    @Test
    void aSwitchThatDoesNotAnswerIsNotWaitedForForEver() {
        switches.mark(3, 0);

        Explanation explanation = manager.explain(QUERY);

        assertThat(explanation.pin()).isEqualTo(PinState.UNKNOWN);
        assertThat(explanation.member()).contains(TracedNetwork.member(1));
        assertThat(explanation.reason()).contains("did not answer");
    }

    @Test
    void countersAreReadFromTheSwitchesWhereThatCanBeDone() {
        switches.mark(3, 0);
        switches.mark(4, 0);
        FlowTableReader reader = device -> Optional.of(
                device.equals(TracedNetwork.device(2)) ? CompletableFuture.failedFuture(new IOException("gone"))
                        : CompletableFuture.completedFuture(at(device, known).stream().map(rule -> entry(rule, 9))
                                                                    .collect(Collectors.toList())));
        manager.tableReader = reader;

        Explanation explanation = manager.explain(QUERY);

        assertThat(explanation.request()).filteredOn(rule -> rule.device().equals(TracedNetwork.device(3)))
                .isNotEmpty().allSatisfy(rule -> assertThat(rule.packets()).contains(9L));
        assertThat(explanation.request()).filteredOn(rule -> rule.device().equals(TracedNetwork.device(2)))
                .isNotEmpty().allSatisfy(rule -> assertThat(rule.packets()).contains(1L));
    }

    @Test
    void rulesThatASwitchHasNotConfirmedHaveNoCounters() {
        switches.mark(3, 0);
        switches.mark(4, 0);
        known.replaceAll(entry -> entry.deviceId().equals(TracedNetwork.device(1)) ? new DefaultFlowEntry(
                entry, FlowEntry.FlowEntryState.PENDING_ADD, 0, 0, 0) : entry);

        Explanation explanation = manager.explain(QUERY);

        assertThat(explanation.request().get(0).device()).isEqualTo(TracedNetwork.device(1));
        assertThat(explanation.request().get(0).packets()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheMemberIsSaid() {
        switches.mark(3, 0);
        switches.mark(4, TracedNetwork.mark(plan, 3));
        when(manager.servers.server("web")).thenReturn(Optional.of(VirtualServer.builder().from(ServerExamples.web())
                .memberStatus(List.of(
                        status(1, MemberCondition.SERVING, "it gets 128 of 256 new connections"),
                        status(2, MemberCondition.DOWN, "it is down: timeout after 300 ms"),
                        status(3, MemberCondition.DOWN, "it is down: connection refused"))).build()));

        assertThat(manager.explain(QUERY).reason())
                .endsWith(" " + TracedNetwork.member(3) + ": it is down: connection refused.")
                .doesNotContain("timeout").doesNotContain("128 of 256");
    }

    private static MemberStatus status(int n, MemberCondition condition, String reason) {
        return MemberStatus.builder().member(TracedNetwork.member(n))
                .status(Status.of(condition, reason, Instant.EPOCH)).build();
    }

    @Test
    void statisticsAreThoseThatOnosKnows() {
        assertThat(manager.statistics("web").requestPackets()).isEqualTo(1);
        assertThat(manager.statistics("web").members()).hasSize(2);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> manager.statistics("other")).isInstanceOf(NotFoundException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> manager.explain(ExplanationQuery.builder().from(QUERY).port(81).build()))
                .isInstanceOf(NotFoundException.class);
    }

    private static ExplanationQuery query(int port) {
        ExplanationQuery.Builder query = ExplanationQuery.builder();
        return query.vip(IpAddress.valueOf("198.51.100.1")).client(TracedNetwork.CLIENT).clientPort(port).build();
    }

    private static FlowEntry entry(FlowRule rule, long packets) {
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, 0, packets, 100 * packets);
    }

    private static List<FlowEntry> at(DeviceId device, List<FlowEntry> entries) {
        return entries.stream().filter(entry -> entry.deviceId().equals(device)).collect(Collectors.toList());
    }

    /** Switches that answer as their rules would, from a thread of the caller. */
    private static final class AnsweringSwitches extends PacketServiceAdapter {

        private final List<PacketProcessor> processors = new ArrayList<>();
        private final List<OutboundPacket> asked = new ArrayList<>();
        private final List<PacketContext> given = new ArrayList<>();
        private final Set<DeviceId> silent = new HashSet<>(Set.of(
                TracedNetwork.device(3), TracedNetwork.device(4)));
        private final Map<DeviceId, Long> marks = new HashMap<>();

        void mark(int n, long mark) {
            silent.remove(TracedNetwork.device(n));
            marks.put(TracedNetwork.device(n), mark);
        }

        @Override
        public void addProcessor(PacketProcessor processor, int priority) {
            processors.add(processor);
        }

        @Override
        public void removeProcessor(PacketProcessor processor) {
            processors.remove(processor);
        }

        @Override
        public void emit(OutboundPacket packet) {
            asked.add(packet);
            DeviceId device = packet.sendThrough();
            if (!silent.contains(device)) {
                ByteBuffer frame = ByteBuffer.allocate(packet.data().limit()).put(packet.data().duplicate());
                frame.putInt(2, (int) (long) marks.get(device));
                given.add(give(new ConnectPoint(device, PortNumber.CONTROLLER), frame));
            }
        }

        PacketContext give(ConnectPoint from, ByteBuffer frame) {
            PacketContext context = new DefaultPacketContext(
                    0, new DefaultInboundPacket(from, null, frame),
                    new DefaultOutboundPacket(from.deviceId(), null, frame), false) {
                @Override
                public void send() {
                    throw new UnsupportedOperationException();
                }
            };
            processors.forEach(processor -> processor.process(context));
            return context;
        }
    }
}
