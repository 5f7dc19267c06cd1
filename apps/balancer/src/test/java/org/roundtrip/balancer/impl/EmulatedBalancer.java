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

import com.google.common.collect.MoreCollectors;
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
import org.onosproject.net.flow.TableId;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.L2SubType;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerEvent;
import org.roundtrip.balancer.VirtualServerRequest;
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

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.balancer.impl.FakeSwitches.device;
import static org.roundtrip.balancer.impl.FakeSwitches.port;

/** The manager in a controller that a test can kill, with switches that outlive it. */
final class EmulatedBalancer {

    static final NodeId SELF = NodeId.nodeId("self");
    static final NodeId OTHER = NodeId.nodeId("other");
    private static final ApplicationId BALANCER = new DefaultApplicationId(1, "org.roundtrip.balancer");

    final InMemoryStorage storage = new InMemoryStorage();
    final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    final FakeSwitches switches = new FakeSwitches();
    final List<VirtualServerEvent> events = new CopyOnWriteArrayList<>();
    FakeHosts hosts = new FakeHosts();
    FakeDetection detection = new FakeDetection();
    VirtualServerManager manager;
    /** After which time the next manager tries again what was refused. */
    Duration retry = Duration.ofMillis(20);

    private final LeadershipService leadership = mock(LeadershipService.class);
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

    EmulatedBalancer() {
        lead(SELF);
    }

    void lead(NodeId node) {
        when(leadership.getLeader(any())).thenReturn(node);
    }

    Instant now() {
        return time.get();
    }

    /** Lets time pass, and has the manager look. */
    void pass(Duration duration) {
        elapsed.addAndGet(duration.toNanos());
        time.updateAndGet(now -> now.plus(duration));
        look();
    }

    /** Sets the clock without letting time pass, and has the manager look. */
    void setClock(Duration step) {
        time.updateAndGet(now -> now.plus(step));
        look();
    }

    void look() {
        switches.tellThatFacilitiesMayHaveChanged();
    }

    void start() {
        manager = new VirtualServerManager(clock, elapsed::get, retry, Duration.ZERO);
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
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
        manager.detectionService = detection;
        manager.intentService = framework;
        manager.flowRuleService = framework.flowRules();
        manager.activate();
    }

    /** Only the durable store and the switches keep what they have; those connect again when the test says so. */
    void kill(int... connected) {
        manager.deactivate();
        framework.forget();
        hosts = new FakeHosts();
        detection = new FakeDetection();
        for (int n : connected) {
            switches.disconnect(n);
        }
    }

    VirtualServer server(String name) {
        return manager.server(name).orElseThrow();
    }

    /** Returns the rules of a switch in a table that tell something apart. */
    List<FlowRule> rules(int device, int table) {
        return framework.rules(device(device)).stream()
                .filter(rule -> rule.table().type() == TableId.Type.INDEX && rule.tableId() == table
                        && rule.priority() == 100)
                .collect(Collectors.toList());
    }

    /** Returns to which MAC address a rule sends packets. */
    static MacAddress destination(FlowRule rule) {
        return rule.treatment().allInstructions().stream()
                .filter(each -> each instanceof ModEtherInstruction
                        && ((ModEtherInstruction) each).subtype() == L2SubType.ETH_DST)
                .map(each -> ((ModEtherInstruction) each).mac()).collect(MoreCollectors.onlyElement());
    }

    /** Two members at each switch, from the switch 3 on. */
    static ConnectPoint place(int member) {
        return port(3 + (member - 1) / 2, member);
    }

    static IpAddress address(int member) {
        return IpAddress.valueOf(IpAddress.valueOf("192.0.2.0").getIp4Address().toInt() + member);
    }

    static Host host(int member, ConnectPoint at) {
        return host(member, at, 0);
    }

    static Host host(int member, ConnectPoint at, long seen) {
        return host(member, at, seen, VlanId.NONE, address(member));
    }

    static Host host(int mac, ConnectPoint at, long seen, VlanId vlan, IpAddress... addresses) {
        return new DefaultHost(ProviderId.NONE, HostId.hostId(MacAddress.valueOf(mac), vlan), MacAddress.valueOf(mac),
                               vlan, new HostLocation(at, seen), Set.of(addresses));
    }

    static VirtualServerRequest request(String name, int... members) {
        return VirtualServerRequest.builder().name(name).vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(device(1), device(2))
                .members(IntStream.of(members).mapToObj(n -> Member.builder().address(address(n)).build())
                                 .collect(Collectors.toList()))
                .build();
    }
}
