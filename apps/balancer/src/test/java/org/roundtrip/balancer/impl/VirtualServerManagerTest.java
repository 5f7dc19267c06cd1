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
package org.roundtrip.balancer.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.event.Event;
import org.onosproject.event.EventDeliveryServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.AccessSwitchState;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerEvent;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.host.FakeHosts;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.store.InMemoryStorage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.balancer.impl.FakeSwitches.device;
import static org.roundtrip.balancer.impl.FakeSwitches.port;

/** Access switches are 1 and 2, members are at 3 and 4. */
class VirtualServerManagerTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final ApplicationId BALANCER = new DefaultApplicationId(1, "org.roundtrip.balancer");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final List<VirtualServerEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong elapsed = new AtomicLong();
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return time.get();
        }
    };
    private FakeSwitches switches;
    private FakeHosts hosts;
    private VirtualServerManager manager;

    @BeforeEach
    void start() {
        when(leadership.getLeader(any())).thenReturn(SELF);
        switches = new FakeSwitches();
        hosts = new FakeHosts();
        for (int n = 1; n <= 4; n++) {
            hosts.learn(host(n, place(n)));
        }
        startManager();
        switches.connect(1, 2, 3, 4);
        switches.link(1, 3);
        switches.link(2, 4);
        switches.link(1, 2);
    }

    private void startManager() {
        manager = new VirtualServerManager(clock, elapsed::get, Duration.ofMillis(20));
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                assertThat(name).isEqualTo(BALANCER.name());
                return BALANCER;
            }
        };
        manager.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        manager.leadershipService = leadership;
        manager.storageService = storage;
        manager.eventDispatcher = new EventDeliveryServiceAdapter() {
            @Override
            public void post(@SuppressWarnings("rawtypes") Event event) {
                events.add((VirtualServerEvent) event);
            }
        };
        manager.hostService = hosts;
        manager.deviceService = switches.devices();
        manager.linkService = switches.links();
        manager.switchPreparation = switches;
        manager.intentService = framework;
        manager.flowRuleService = framework.flowRules();
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
        assertThat(hosts.listenerCount()).isZero();
        assertThat(switches.listenerCount()).isZero();
    }

    @Test
    void sendsRulesAndTellsHowItFares() {
        VirtualServer added = manager.add(request("web", 1, 2));

        assertThat(added.status().state()).isEqualTo(VirtualServerState.INSTALLING);
        assertThat(added.memberStatus()).extracting(MemberStatus::slots).containsExactly(128, 128);
        assertThat(added.memberStatus().get(0).location()).contains(place(1));
        awaitState("web", VirtualServerState.UP);
        VirtualServer up = server("web");
        assertThat(up.accessSwitchStatus()).extracting(each -> each.status().state())
                .containsExactly(AccessSwitchState.READY, AccessSwitchState.READY);
        assertThat(up.status().reason()).isEqualTo("2 of 2 members serve; 2 of 2 access switches take requests");
        assertThat(slotRules(1)).hasSize(256);
        assertThat(slotRules(2)).hasSize(256);
        assertThat(switches.prepared()).containsExactlyInAnyOrder(device(1), device(2));
        assertThat(manager.vips()).hasSize(1);
        assertThat(manager.vips().get(0).readyAccessSwitches()).containsExactlyInAnyOrder(device(1), device(2));
        assertThat(events.get(0).type()).isEqualTo(VirtualServerEvent.Type.ADDED);
    }

    private List<FlowRule> slotRules(int device) {
        return framework.rules(device(device)).stream()
                .filter(rule -> rule.table().toString().equals("10") && rule.priority() == 100)
                .collect(Collectors.toList());
    }

    private VirtualServer server(String name) {
        return manager.server(name).orElseThrow();
    }

    private void awaitState(String name, VirtualServerState state) {
        await().untilAsserted(() -> assertThat(server(name).status().state())
                .as(() -> server(name).status().toString()).isEqualTo(state));
    }

    static ConnectPoint place(int member) {
        return port(3 + (member - 1) / 2, member);
    }

    static IpAddress address(int member) {
        return IpAddress.valueOf("192.0.2." + member);
    }

    static Host host(int member, ConnectPoint at) {
        return new DefaultHost(ProviderId.NONE, HostId.hostId(MacAddress.valueOf(member)), MacAddress.valueOf(member),
                               VlanId.NONE, new HostLocation(at, 0), Set.of(address(member)));
    }

    static VirtualServerRequest request(String name, int... members) {
        return VirtualServerRequest.builder().name(name).vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(device(1), device(2))
                .members(IntStream.of(members).mapToObj(n -> Member.builder().address(address(n)).build())
                                 .collect(Collectors.toList()))
                .build();
    }
}
