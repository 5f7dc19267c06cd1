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
package org.roundtrip.detection.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.cfg.ComponentConfigAdapter;
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
import org.onosproject.net.DefaultPort;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.ComponentContext;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.host.FakeHosts;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionAlarm;
import org.roundtrip.detection.DetectionAlarmType;
import org.roundtrip.detection.DetectionEvent;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;
import org.roundtrip.detection.protocol.Verdict;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/** The manager with agents that connect to it, in a controller that a test can kill. */
class DetectionManagerTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.roundtrip.detection");
    private static final PortNumber AGENT = PortNumber.portNumber(9);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final FakeHosts hosts = new FakeHosts();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final List<MemberHealth> events = new CopyOnWriteArrayList<>();
    private final List<FakeAgent> agents = new ArrayList<>();
    private final SteppingClock clock = new SteppingClock();
    private DetectionManager manager;

    /** A clock that operators and time servers set. */
    private static final class SteppingClock extends Clock {
        private volatile Duration offset = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }
    }

    @BeforeEach
    void start() {
        when(leadership.getLeader(any())).thenReturn(SELF);
        manager = new DetectionManager(clock, System::nanoTime, Duration.ofMillis(300));
        manager.configService = new ComponentConfigAdapter();
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return APPLICATION;
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
                events.add(((DetectionEvent) event).subject());
            }
        };
        manager.hostService = hosts;
        manager.deviceService = new DeviceServiceAdapter() {
            @Override
            public List<Port> getPorts(DeviceId device) {
                return List.of(new DefaultPort(null, AGENT, true));
            }

            @Override
            public boolean isAvailable(DeviceId device) {
                return true;
            }
        };
        manager.intentService = framework;
        manager.flowRuleService = framework.flowRules();
        manager.activate(context(Map.of("agentPort", 0, "lease", 1_000, "reportInterval", 100)));
    }

    private static ComponentContext context(Map<String, Object> properties) {
        ComponentContext context = mock(ComponentContext.class);
        when(context.getProperties()).thenReturn(new Hashtable<>(properties));
        return context;
    }

    @AfterEach
    void stop() {
        agents.forEach(FakeAgent::close);
        manager.deactivate();
    }

    @Test
    void whatIsReportedIsTold() {
        FakeAgent agent = serve("one", 1);

        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");
        agent.report(Verdict.DOWN, "connection refused");

        MemberHealth health = awaitHealth(HealthState.DOWN, "connection refused");
        assertThat(health.agent()).contains("one");
        assertThat(health.probes()).isEqualTo(5);
        assertThat(events).extracting(each -> each.status().state())
                .containsSubsequence(HealthState.UP, HealthState.DOWN);
        assertThat(manager.changes("balancer/web m")).extracting("state").endsWith("up", "down");
        assertThat(manager.agent("one").orElseThrow().status().state()).isEqualTo(AgentState.CONNECTED);
    }

    @Test
    void withoutAnAgentItIsSaidWhy() {
        learn(1);
        manager.request(check("normal"));

        awaitHealth(HealthState.UNKNOWN, "no detection agent on " + device(1));
    }

    @Test
    void anAgentCantSpeakOfMembersOfAnother() {
        FakeAgent agent = serve("one", 1);
        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");
        String check = agent.checks.keySet().iterator().next();
        FakeAgent liar = connect("two", 2);

        liar.report(check, Verdict.DOWN, "a lie");

        await().untilAsserted(() -> assertThat(manager.alarms()).extracting(DetectionAlarm::type,
                                                                            DetectionAlarm::subject)
                .contains(tuple(DetectionAlarmType.FOREIGN_RESULTS, "two")));
        assertThat(health().status().state()).isEqualTo(HealthState.UP);
    }

    @Test
    void whenTheLeaseEndsNothingIsKnown() {
        FakeAgent agent = serve("one", 1);
        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");

        agent.close();

        awaitHealth(HealthState.UNKNOWN, "lease of agent one ended: it was silent for 1 s");
        assertThat(manager.agent("one").orElseThrow().status().state()).isEqualTo(AgentState.EXPIRED);
        FakeAgent again = new FakeAgent("one", port(), agent.checks);
        agents.add(again);
        await().until(again::isConnected);
        again.report(Verdict.UP, "connected again");
        awaitHealth(HealthState.UP, "connected again");
    }

    @Test
    void stepsOfTheClockAreNoReasonToDoubtAgentsOrMembers() {
        int before = port();
        // Much longer than a busy machine keeps an agent waiting, and much shorter than the steps.
        manager.modified(context(Map.of("agentPort", 0, "lease", 20_000, "reportInterval", 100)));
        await().until(() -> port() != before);
        FakeAgent agent = serve("one", 1);
        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");

        for (long days : new long[] {1, -30}) {
            clock.offset = Duration.ofDays(days);
            await().during(Duration.ofMillis(500)).until(() -> health().status().state() == HealthState.UP
                    && manager.agent("one").orElseThrow().status().state() == AgentState.CONNECTED);
            agent.report(Verdict.DOWN, "connection refused");
            awaitHealth(HealthState.DOWN, "connection refused");
            agent.report(Verdict.UP, "connected");
            awaitHealth(HealthState.UP, "connected");
        }
    }

    @Test
    void otherSettingsHaveAgentsConnectAnewAndTheSameOnesDoNot() {
        FakeAgent agent = serve("one", 1);
        int before = port();

        manager.modified(context(Map.of("agentPort", 0, "lease", 1_000, "reportInterval", 100)));
        manager.modified(context(
                Map.of("agentPort", 0, "lease", 1_000, "reportInterval", 100, "tlsCertificates", "nowhere")));
        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");
        assertThat(port()).isEqualTo(before);

        manager.modified(context(Map.of("agentPort", 0, "lease", 2_000, "reportInterval", 100)));
        await().until(() -> port() != before);
        await().until(() -> !agent.isConnected());
        assertThat(manager.detections()).hasSize(1);
    }

    @Test
    void aMemberThatMovesIsTakenFromOneAgentFirst() {
        FakeAgent one = serve("one", 1);
        FakeAgent two = connect("two", 2);
        one.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");

        learn(2);

        await().untilAsserted(() -> assertThat(two.checks).hasSize(1));
        assertThat(one.checks).isEmpty();
        assertThat(health().agent()).contains("two");
        assertThat(health().status().state()).isEqualTo(HealthState.UNKNOWN);
        two.report(Verdict.UP, "connected there");
        awaitHealth(HealthState.UP, "connected there");
    }

    @Test
    void aMemberThatMovesWhileNobodyAsksForItIsProbedAtItsNewPlace() {
        serve("one", 1);
        FakeAgent two = connect("two", 2);
        manager.withdraw("balancer/web");
        learn(2);
        manager.request(check("normal"));

        await().untilAsserted(() -> assertThat(two.checks).hasSize(1));
        two.report(Verdict.UP, "connected there");
        awaitHealth(HealthState.UP, "connected there");
    }

    @Test
    void whatIsGoneIsLeftAlone() {
        FakeAgent agent = serve("one", 1);
        int rules = framework.rules().size();
        // As ONOS does, the framework takes a while to withdraw.
        framework.hold();
        manager.withdraw("balancer/web");
        await().untilAsserted(() -> assertThat(agent.checks).isEmpty());
        await().untilAsserted(() -> assertThat(framework.history()).anyMatch(each -> each.startsWith("withdraw")));
        framework.release();
        await().untilAsserted(() -> assertThat(framework.rules()).hasSizeBetween(1, rules - 1));
        await().during(Duration.ofMillis(500)).until(steady(() -> framework.history().size()));
        assertThat(framework.history().stream().filter(each -> each.startsWith("withdraw"))).doesNotHaveDuplicates();
    }

    @Test
    void aMemberThatIsBackBeforeItsAgentHasStoppedKeepsItsAnswers() {
        FakeAgent agent = serve("one", 1);
        String before = agent.checks.keySet().iterator().next();
        int rules = framework.rules().size();
        agent.hesitate();
        manager.withdraw("balancer/web");
        await().untilAsserted(() -> assertThat(agent.checks).isEmpty());

        manager.request(check("normal"));
        await().untilAsserted(() -> assertThat(agent.checks).hasSize(1).doesNotContainKey(before));
        agent.accept();

        await().during(Duration.ofMillis(500)).until(steady(() -> framework.history().size()));
        assertThat(framework.rules()).hasSize(rules);
        // What is withdrawn under one key would take along what another needs, until somebody misses it.
        assertThat(framework.history()).noneMatch(each -> each.startsWith("withdraw"));
    }

    /** Tells whether a number is what it was the last time. */
    private static Callable<Boolean> steady(IntSupplier number) {
        AtomicInteger last = new AtomicInteger(-1);
        return () -> {
            int now = number.getAsInt();
            return last.getAndSet(now) == now;
        };
    }

    @Test
    void afterARestartTheAgentGoesOnWithTheSameChecks() {
        FakeAgent agent = serve("one", 1);
        Map<String, Check> before = Map.copyOf(agent.checks);
        agent.close();
        manager.deactivate();
        framework.forget();
        events.clear();
        start();

        manager.request(check("normal"));
        FakeAgent after = new FakeAgent("one", port(), before);
        agents.add(after);
        await().until(after::isConnected);
        after.snapshot(false, FakeAgent.result(before.keySet().iterator().next(), Verdict.UP, "up all the time"));

        awaitHealth(HealthState.UP, "up all the time");
        await().untilAsserted(() -> assertThat(manager.agent("one").orElseThrow().lateness()).contains(700L));
        assertThat(after.checks).isEqualTo(before);
    }

    @Test
    void anotherProfileMakesAnotherCheck() {
        manager.putProfile(profile(ProbeType.TCP));
        FakeAgent agent = connect("one", 1);
        learn(1);
        manager.request(check("own"));
        await().untilAsserted(() -> assertThat(agent.checks).hasSize(1));
        agent.report(Verdict.UP, "connected");
        awaitHealth(HealthState.UP, "connected");

        manager.putProfile(profile(ProbeType.HTTP));

        await().untilAsserted(() -> assertThat(agent.checks.values()).extracting(each -> each.settings().type())
                .containsExactly(ProbeType.HTTP));
        awaitHealth(HealthState.UNKNOWN, "waiting for the first result of agent one");
    }

    @Test
    void servicesAtOneAddressHaveChecksOfTheirOwn() {
        FakeAgent agent = serve("one", 1);
        manager.request(ServiceCheck.builder().from(check("normal")).service("balancer/other")
                                .address(IpAddress.valueOf("198.51.100.2")).build());

        await().untilAsserted(() -> assertThat(agent.checks).hasSize(2));
        assertThat(agent.checks.values().stream().map(Check::target).collect(Collectors.toSet())).hasSize(2);
        manager.withdraw("balancer/other");
        await().untilAsserted(() -> assertThat(agent.checks).hasSize(1));
    }

    @Test
    void presetsAndSwitchesThatHaveAnAgentAreRefused() {
        connect("one", 1);

        assertThatThrownBy(() -> manager.putAgent(request("other", 1))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> manager.removeProfile("fast")).isInstanceOf(ConflictException.class);
        assertThat(manager.profiles()).extracting(DetectionProfile::name).containsExactly("fast", "gentle", "normal");
    }

    private FakeAgent serve(String name, int device) {
        FakeAgent agent = connect(name, device);
        learn(device);
        manager.request(check("normal"));
        await().untilAsserted(() -> assertThat(agent.checks).hasSize(1));
        return agent;
    }

    private FakeAgent connect(String name, int device) {
        manager.putAgent(request(name, device));
        FakeAgent agent = new FakeAgent(name, port(), Map.of());
        agents.add(agent);
        await().until(agent::isConnected);
        return agent;
    }

    private int port() {
        await().until(() -> manager.agentPort().isPresent());
        return manager.agentPort().orElseThrow();
    }

    private MemberHealth awaitHealth(HealthState state, String reason) {
        await().untilAsserted(() -> {
            assertThat(health().status().reason()).isEqualTo(reason);
            assertThat(health().status().state()).isEqualTo(state);
        });
        return health();
    }

    private MemberHealth health() {
        return manager.health("balancer/web", "m").orElseThrow();
    }

    private void learn(int device) {
        MacAddress mac = MacAddress.valueOf(0x200);
        Host host = new DefaultHost(ProviderId.NONE, HostId.hostId(mac), mac, VlanId.NONE,
                                    new HostLocation(new ConnectPoint(device(device), PortNumber.portNumber(1)),
                                                     device), Set.of(IpAddress.valueOf("192.0.2.1")));
        hosts.learn(host);
    }

    private static ServiceCheck check(String profile) {
        return ServiceCheck.builder().service("balancer/web").profile(profile)
                .address(IpAddress.valueOf("198.51.100.1")).addMembers(CheckedMember.builder().id("m")
                        .address(IpAddress.valueOf("192.0.2.1")).port(80).build()).build();
    }

    private static DetectionProfile profile(ProbeType type) {
        return DetectionProfile.builder().name("own").settings(ProbeSettings.builder().type(type).build()).build();
    }

    private static DetectionAgentRequest request(String name, int device) {
        return DetectionAgentRequest.builder().name(name).device(device(device)).port("9").secret(FakeAgent.SECRET)
                .build();
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }
}
