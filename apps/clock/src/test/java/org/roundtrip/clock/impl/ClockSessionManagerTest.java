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
package org.roundtrip.clock.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.host.FakeHosts;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionChangeType;
import org.roundtrip.clock.ClockSessionEvent;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.ClockSessionStatistics;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.MonitoringSettings;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpPortState;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.TunnelInterfaceState;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.UnicastMessageType;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.tepath.FakeTePaths;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.host;
import static org.roundtrip.clock.Sessions.hostId;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class ClockSessionManagerTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final ApplicationId CLOCK = new DefaultApplicationId(1, "org.roundtrip.clock");
    private static final ApplicationId ANOTHER = new DefaultApplicationId(2, "org.roundtrip.another");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final FakeTePaths paths = new FakeTePaths();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final List<ClockSessionEvent> events = new CopyOnWriteArrayList<>();
    private final FakeNetworkConfig config = new FakeNetworkConfig();
    private final FakeSessionRules rules = new FakeSessionRules();
    private final FakeSessionQuality quality = new FakeSessionQuality();
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
    private FakeHosts hosts;
    private ClockSessionManager manager;

    @BeforeEach
    void start() {
        when(leadership.getLeader(any())).thenReturn(SELF);
        hosts = new FakeHosts();
        for (int n = 1; n <= 4; n++) {
            hosts.learn(host(n));
        }
        startManager();
    }

    private void startManager() {
        manager = new ClockSessionManager(clock, elapsed::get);
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                assertThat(name).isEqualTo(CLOCK.name());
                return CLOCK;
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
                events.add((ClockSessionEvent) event);
            }
        };
        manager.hostService = hosts;
        manager.networkConfigService = config;
        manager.tePathService = paths;
        manager.sessionRules = rules;
        manager.sessionQuality = quality;
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
        assertThat(paths.listenerCount()).isZero();
        assertThat(hosts.listenerCount()).isZero();
        assertThat(config.listenerCount()).isZero();
    }

    /** The controller dies and comes back: what is in the store and in the switches is still there, hosts are not. */
    private void restart() {
        manager.deactivate();
        hosts = new FakeHosts();
        startManager();
    }

    @Test
    void asksForAPathAndFollowsIt() {
        ClockSession added = manager.add(request("s", 1, 2));

        assertThat(added.status().state()).isEqualTo(ClockSessionState.INSTALLING);
        assertThat(added.serverEndpoint()).isEqualTo(endpoint(1));
        assertThat(added.clientEndpoint()).isEqualTo(endpoint(2));
        assertThat(added.tePath()).isEqualTo("clock.s");
        assertThat(added.tePathState()).contains(TePathState.INSTALLING);
        assertThat(paths.path("clock.s").orElseThrow().request()).isEqualTo(SessionPaths.of(session("s", 1, 2)));
        assertThat(paths.path("clock.s").orElseThrow().owner()).isEqualTo("org.roundtrip.clock");
        assertThat(manager.sessions()).containsExactly(added);

        paths.become("clock.s", TePathState.UP, "both directions stand");
        awaitState("s", ClockSessionState.UP);
        paths.become("clock.s", TePathState.DOWN, "no way left");
        awaitState("s", ClockSessionState.HOLDOVER);
        assertThat(state("s").orElseThrow().status().reason()).isEqualTo("no way left");

        await().until(() -> kinds().equals(List.of(ClockSessionEvent.Type.ADDED, ClockSessionEvent.Type.CHANGED,
                                                   ClockSessionEvent.Type.CHANGED)));
    }

    @Test
    void removesThePathAndThenTheSession() {
        manager.add(request("s", 1, 2));

        assertThat(manager.remove("s").status().state()).isEqualTo(ClockSessionState.REMOVING);
        await().until(() -> paths.path("clock.s").orElseThrow().status().state() == TePathState.REMOVING);
        awaitState("s", ClockSessionState.REMOVING);

        paths.vanish("clock.s");
        await().until(() -> state("s").isEmpty());
        assertThat(paths.calls.stream().filter("remove clock.s"::equals)).hasSize(1);
        assertThat(kinds()).endsWith(ClockSessionEvent.Type.REMOVED);

        // And its name and its traffic are free again.
        manager.add(request("s", 1, 2));
    }

    @Test
    void refusesToRemoveWhatIsNotThere() {
        assertThatThrownBy(() -> manager.remove("s")).isInstanceOf(NotFoundException.class)
                .hasMessageContaining("name").hasMessageContaining("'s'");
    }

    @Test
    void canBeAskedForAgainOnlyWithPut() {
        ClockSession first = manager.put(request("s", 1, 2));

        assertThat(manager.put(request("s", 1, 2))).isEqualTo(first);
        assertThat(paths.calls).containsExactly("request clock.s");
        assertThatThrownBy(() -> manager.add(request("s", 1, 2)))
                .isInstanceOf(ConflictException.class).hasMessageContaining("another name");
        assertThatThrownBy(() -> manager.put(request("s", 1, 3)))
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("client: ");
        assertThat(manager.sessions()).containsExactly(first);
    }

    @Test
    void keepsANameUntilItsPathIsGone() {
        manager.add(request("s", 1, 2));
        manager.remove("s");

        assertThatThrownBy(() -> manager.put(request("s", 1, 2)))
                .isInstanceOf(ConflictException.class).hasMessageContaining("being removed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "9.9.9.9               | 10.0.0.2              | server | knows no host",
        "10.0.0.1              | 9.9.9.9               | client | knows no host",
        "00:00:00:00:00:09/None | 10.0.0.2             | server | knows no host",
        "10.0.0.1              | 00:00:00:00:00:01/None | client | same host",
        "10.0.0.5              | 10.0.0.2              | server | VLAN 10",
        "10.0.0.6              | 10.0.0.2              | server | several ports",
        "00:00:00:00:00:07/None | 10.0.0.2             | server | no IPv4 address",
        "10.0.0.1              | 10.0.0.8              | client | same port",
    })
    void refusesWhatCannotBeAndChangesNothing(String server, String client, String field, String hint) {
        hosts.learn(host(5, VlanId.vlanId((short) 10), Set.of(port(5)), ip(5)));
        hosts.learn(host(6, VlanId.NONE, Set.of(port(6), port(9)), ip(6)));
        hosts.learn(host(7, port(7)));
        hosts.learn(host(8, port(1), ip(8)));

        InvalidRequestException refusal = catchThrowableOfType(
                () -> manager.add(ClockSessionRequest.builder().name("s").server(ClockReference.valueOf(server))
                                          .client(ClockReference.valueOf(client)).build()),
                InvalidRequestException.class);

        assertThat(refusal.errors()).hasSize(1);
        assertThat(refusal.errors().get(0).field()).isEqualTo(field);
        assertThat(refusal.errors().get(0).detail()).contains(hint);
        nothingHasChanged();
    }

    @Test
    void tellsOfBothHostsThatItDoesNotKnow() {
        assertThatThrownBy(() -> manager.add(request("s", 8, 9)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("server: ").hasMessageContaining("client: ");
    }

    @Test
    void refusesTrafficOfAnotherSession() {
        manager.add(request("s", 1, 2));

        assertThatThrownBy(() -> manager.add(request("t", 1, 3)))
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("delivery: ").hasMessageContaining("'s'");
        manager.add(request("t", 1, 3, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST));
        assertThat(manager.sessions()).hasSize(2);
    }

    @Test
    void handsOnThatThereIsNoPath() {
        paths.refuse(new ConflictException("bandwidth", "only 500000 bit/s are left: ask for less"));

        assertThatThrownBy(() -> manager.add(request("s", 1, 2))).isInstanceOf(ConflictException.class)
                .hasMessage("tunnel.bandwidth: only 500000 bit/s are left: ask for less");
        nothingHasChanged();
        paths.refuse(new ConflictException("destination", "no way there"));
        assertThatThrownBy(() -> manager.add(request("s", 1, 2))).hasMessage("client: no way there");
        nothingHasChanged();
    }

    @Test
    void leavesAPathOfItsNameToAnotherApplication() {
        paths.request(ANOTHER, TePathRequest.builder().name("clock.s").source(port(3)).destination(port(4)).build());

        assertThatThrownBy(() -> manager.add(request("s", 1, 2)))
                .isInstanceOf(ConflictException.class).hasMessage("name: in use");
        assertThat(paths.path("clock.s").orElseThrow().owner()).isEqualTo(ANOTHER.name());
        assertThat(manager.sessions()).isEmpty();
    }

    @Test
    void takesThePathBackIfTheSessionCannotBeStored() {
        storage.breakDown();
        assertThatThrownBy(() -> manager.add(request("s", 1, 2))).isInstanceOf(UnavailableException.class);

        await().until(() -> paths.calls.contains("remove clock.s"));
        paths.vanish("clock.s");
        assertThat(manager.sessions()).isEmpty();
        storage.repair();
        manager.add(request("s", 1, 2));
    }

    @Test
    void comesBackBeforeHostsAreKnownAgain() {
        ClockSession before = manager.add(request("s", 1, 2));
        paths.become("clock.s", TePathState.UP, "both directions stand");

        restart();

        awaitState("s", ClockSessionState.UP);
        ClockSession after = state("s").orElseThrow();
        assertThat(after.request()).isEqualTo(before.request());
        assertThat(after.clientEndpoint()).isEqualTo(before.clientEndpoint());
        assertThat(after.status().reason()).contains("both directions stand", "knows no host 10.0.0.2",
                                                     "taken to be at of:0000000000000001/2");
        assertThat(paths.calls).containsExactly("request clock.s");

        hosts.learn(host(1));
        hosts.learn(host(2));
        await().until(() -> state("s").orElseThrow().status().reason().equals("both directions stand"));
        assertThat(paths.calls).containsExactly("request clock.s");
    }

    @Test
    void removesAPathWhoseSessionWasNeverStored() {
        manager.deactivate();
        paths.request(CLOCK, SessionPaths.of(session("s", 1, 2)));
        paths.request(ANOTHER, TePathRequest.builder().name("other").source(port(3)).destination(port(4)).build());

        startManager();

        await().until(() -> paths.calls.contains("remove clock.s"));
        assertThat(paths.calls).doesNotContain("remove other");
    }

    @Test
    void asksAgainForAPathThatIsLost() {
        manager.add(request("s", 1, 2));

        paths.vanish("clock.s");

        await().until(() -> paths.path("clock.s").isPresent());
        awaitState("s", ClockSessionState.INSTALLING);
    }

    @Test
    void finishesARemovalThatWasCutOff() {
        manager.add(request("s", 1, 2));
        manager.remove("s");
        await().until(() -> paths.calls.contains("remove clock.s"));

        restart();
        awaitState("s", ClockSessionState.REMOVING);
        paths.vanish("clock.s");

        await().until(() -> manager.sessions().isEmpty());
        assertThat(paths.paths()).isEmpty();
        assertThat(paths.calls.stream().filter("request clock.s"::equals)).hasSize(1);
    }

    @Test
    void followsAClockThatMoves() {
        manager.add(request("s", 1, 2));
        paths.become("clock.s", TePathState.UP, "both directions stand");
        awaitState("s", ClockSessionState.UP);

        hosts.learn(host(2, port(7), ip(2)));

        awaitState("s", ClockSessionState.HOLDOVER);
        assertThat(state("s").orElseThrow().status().reason()).contains("/2 is being replaced", "/7");
        assertThat(state("s").orElseThrow().clientEndpoint().connectPoint()).isEqualTo(port(7));
        paths.vanish("clock.s");

        await().until(() -> paths.path("clock.s").isPresent());
        assertThat(paths.path("clock.s").orElseThrow().request().destination()).isEqualTo(port(7));
        assertThat(paths.calls).containsExactly("request clock.s", "remove clock.s", "request clock.s");
    }

    @Test
    void followsAServerThatChangesItsAddress() {
        manager.add(request("s", 1, 2));

        hosts.learn(host(1, port(1), ip(9)));

        await().until(() -> paths.path("clock.s").orElseThrow().request().forwardTraffic().stream()
                .allMatch(match -> match.ipSource().orElseThrow().equals(ip(9).toIpPrefix())));
        assertThat(paths.calls).containsExactly("request clock.s", "request clock.s");
    }

    @Test
    void staysWhereItIsWhenAClockVanishes() {
        manager.add(request("s", 1, 2));
        paths.become("clock.s", TePathState.UP, "both directions stand");

        hosts.forget(hostId(2));

        await().until(() -> state("s").orElseThrow().status().reason().contains("client: "));
        assertThat(state("s").orElseThrow().status().state()).isEqualTo(ClockSessionState.UP);
        assertThat(paths.calls).containsExactly("request clock.s");
    }

    @Test
    void waitsForAPathWhereThereIsNone() {
        manager.add(request("s", 1, 2));
        manager.add(request("t", 3, 4));
        paths.refuse(new ConflictException("destination", "no way there"));

        paths.vanish("clock.s");

        awaitState("s", ClockSessionState.WAITING);
        assertThat(state("s").orElseThrow().status().reason()).contains("client: no way there");
        assertThat(state("s").orElseThrow().status().lastError()).contains("client: no way there");
        assertThat(state("t").orElseThrow().status().state()).isEqualTo(ClockSessionState.INSTALLING);

        paths.grant();
        elapsed.addAndGet(Duration.ofSeconds(6).toNanos());
        config.change(DeviceId.deviceId("of:0000000000000009"));
        await().until(() -> state("s").orElseThrow().status().state() == ClockSessionState.INSTALLING);
    }

    @Test
    void keepsOtherSessionsWhenOneFailsInAWayThatItShouldNot() {
        manager.add(request("s", 1, 2));
        manager.add(request("t", 3, 4));
        paths.refuse(new IllegalStateException("an error of ours"));

        paths.vanish("clock.s");
        awaitState("s", ClockSessionState.WAITING);
        paths.become("clock.t", TePathState.UP, "both directions stand");

        awaitState("t", ClockSessionState.UP);
        assertThat(state("s").orElseThrow().status().reason()).contains("an error of ours");
    }

    @Test
    void onlyWatchesWhileAnotherNodeLeads() {
        manager.add(request("s", 1, 2));
        paths.become("clock.s", TePathState.UP, "both directions stand");
        // Until then a look at it may be under way that began while this node led, and would ask for the path again.
        awaitState("s", ClockSessionState.UP);
        when(leadership.getLeader(any())).thenReturn(NodeId.nodeId("other"));

        assertThatThrownBy(() -> manager.add(request("t", 3, 4)))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("other");
        assertThatThrownBy(() -> manager.remove("s")).isInstanceOf(UnavailableException.class);
        paths.vanish("clock.s");

        awaitState("s", ClockSessionState.HOLDOVER);
        assertThat(paths.calls).containsExactly("request clock.s");
    }

    @Test
    void servesManyRequestsForOneNameOnce() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        List<String> refused = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    manager.add(request("s", 1, 2));
                } catch (RequestException refusal) {
                    refused.add(refusal.getMessage());
                }
            });
            threads.add(thread);
            thread.start();
        }
        await().until(() -> threads.stream().noneMatch(Thread::isAlive));

        assertThat(refused).hasSize(7).allMatch(message -> message.startsWith("name: "));
        assertThat(manager.sessions()).hasSize(1);
        assertThat(paths.calls).containsExactly("request clock.s");
    }

    @Test
    void changesASessionInItsPlace() {
        manager.add(request("s", 1, 2));
        ClockSessionRequest wider = ClockSessionRequest.builder().from(request("s", 1, 2)).priority(7).strict(false)
                .tunnel(TunnelSettings.builder().bandwidth(2_000_000).resumeDelay(0).build()).build();

        assertThat(manager.put(wider).request()).isEqualTo(wider);

        TePathRequest path = paths.path("clock.s").orElseThrow().request();
        assertThat(path.bandwidth()).isEqualTo(2_000_000);
        assertThat(path.quiesceTime()).isZero();
        assertThat(path.exclusive()).isFalse();
        assertThat(paths.calls).containsExactly("request clock.s", "request clock.s");
    }

    @Test
    void leavesASessionAsItIsWhenItsChangeIsRefused() {
        ClockSession before = manager.add(request("s", 1, 2));
        paths.refuse(new ConflictException("bandwidth", "only 500000 bit/s are left"));

        assertThatThrownBy(() -> manager.put(ClockSessionRequest.builder().from(request("s", 1, 2)).priority(7)
                                                     .build()))
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("tunnel.bandwidth: ");

        paths.grant();
        assertThat(state("s")).contains(before);
    }

    @Test
    void undoesAChangeThatWasNotRecorded() {
        manager.add(request("s", 1, 2));
        storage.breakDown();

        assertThatThrownBy(() -> manager.put(ClockSessionRequest.builder().from(request("s", 1, 2)).tunnel(
                TunnelSettings.builder().bandwidth(5_000).build()).build())).isInstanceOf(UnavailableException.class);

        await().until(() -> paths.path("clock.s").orElseThrow().request().bandwidth() == 1_000_000);
        storage.repair();
    }

    @Test
    void refusesSwitchesWithoutTheCapabilityAndNamesTheParameters() {
        paths.allow(port(1).deviceId(), false, true);

        ConflictException refusal = catchThrowableOfType(() -> manager.add(request("s", 1, 2)),
                                                         ConflictException.class);

        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("server", "client");
        assertThat(refusal).hasMessageContaining("mplsTe.mpls of of:0000000000000001 is not true");
        nothingHasChanged();
        paths.allow(port(1).deviceId(), true, true);
        manager.add(request("s", 1, 2));
    }

    @Test
    void comesBackWhenACapabilityThatWasWithdrawnDoes() {
        paths.allow(port(1).deviceId(), true, true);
        up("s", 1, 2);
        assertThat(state("s").orElseThrow().serverTunnelInterface().orElseThrow().status().state())
                .isEqualTo(TunnelInterfaceState.UP);

        paths.allow(port(1).deviceId(), true, false);
        paths.become("clock.s", TePathState.DOWN, "a switch has lost its capability");
        awaitState("s", ClockSessionState.HOLDOVER);
        ClockSession withdrawn = state("s").orElseThrow();
        assertThat(withdrawn.status().reason()).contains("mplsTe.te of of:0000000000000001 is not true");
        assertThat(withdrawn.serverTunnelInterface().orElseThrow().status().state())
                .isEqualTo(TunnelInterfaceState.INCAPABLE);
        assertThat(alarms("s")).containsExactly(ClockAlarmType.HOLDOVER);

        // There is no te-path when the capability comes back: nothing tells of it but the configuration.
        paths.vanish("clock.s");
        await().until(() -> alarms("s").contains(ClockAlarmType.REFUSED));
        paths.allow(port(1).deviceId(), true, true);
        config.change(port(1).deviceId());
        await().until(() -> paths.path("clock.s").isPresent());
        paths.become("clock.s", TePathState.UP, "both directions stand");
        awaitState("s", ClockSessionState.UP);
        await().until(() -> alarms("s").isEmpty());
    }

    @Test
    void servesByTheSecondServerWhileTheFirstFailsAndByTheFirstAgain() {
        addServer("first", 1, 10);
        paths.become("clock.first", TePathState.UP, "both directions stand");
        addServer("second", 3, 20);
        assertThat(isSuspended("second")).isTrue();
        paths.become("clock.second", TePathState.UP, "both directions stand");
        awaitState("second", ClockSessionState.STANDBY);
        assertThat(state("second").orElseThrow().status().reason()).contains("first", "10");
        awaitState("first", ClockSessionState.UP);

        paths.become("clock.first", TePathState.DOWN, "no way left");
        await().until(() -> isSuspended("first") && !isSuspended("second"));
        paths.become("clock.second", TePathState.UP, "both directions stand");
        awaitState("second", ClockSessionState.UP);
        // The client has a server: this one is down, but nobody keeps time alone.
        awaitState("first", ClockSessionState.DOWN);
        assertThat(state("first").orElseThrow().status().reason()).contains("no way left", "second");

        paths.become("clock.first", TePathState.UP, "both directions stand");
        await().until(() -> isSuspended("second"));
        // Not before both ends of the other are known to keep PTP out.
        awaitState("second", ClockSessionState.STANDBY);
        assertThat(isSuspended("first")).isTrue();
        paths.become("clock.second", TePathState.UP, "stands, and keeps its traffic out");
        await().until(() -> !isSuspended("first"));
        paths.become("clock.first", TePathState.UP, "both directions stand");
        awaitState("first", ClockSessionState.UP);
        awaitState("second", ClockSessionState.STANDBY);
    }

    @Test
    void isInHoldoverWhenBothServersFail() {
        addServer("first", 1, 10);
        paths.become("clock.first", TePathState.UP, "both directions stand");
        addServer("second", 3, 20);
        paths.become("clock.second", TePathState.DOWN, "no way left");
        awaitState("second", ClockSessionState.DOWN);

        paths.become("clock.first", TePathState.DOWN, "no way left either");

        awaitState("first", ClockSessionState.HOLDOVER);
        assertThat(isSuspended("first")).isFalse();
        paths.become("clock.second", TePathState.UP, "both directions stand");
        await().until(() -> isSuspended("first") && !isSuspended("second"));
        paths.become("clock.second", TePathState.UP, "both directions stand");
        awaitState("second", ClockSessionState.UP);
    }

    @Test
    void servesByTheOtherServerWhenOneIsTakenAway() {
        addServer("first", 1, 10);
        paths.become("clock.first", TePathState.UP, "both directions stand");
        addServer("second", 3, 20);
        paths.become("clock.second", TePathState.UP, "both directions stand");
        awaitState("second", ClockSessionState.STANDBY);

        manager.remove("first");

        await().until(() -> paths.calls.contains("remove clock.first"));
        assertThat(isSuspended("second")).isTrue();
        paths.vanish("clock.first");
        await().until(() -> !isSuspended("second"));
        assertThat(manager.sessions()).hasSize(1);
    }

    @Test
    void admitsServersOfOnePriorityTogether() {
        addServer("first", 1, 10);
        paths.become("clock.first", TePathState.UP, "both directions stand");
        addServer("second", 3, 10);
        paths.become("clock.second", TePathState.UP, "both directions stand");

        await().until(() -> !isSuspended("first") && !isSuspended("second"));
    }

    @Test
    void changesOverWhenPrioritiesChange() {
        addServer("first", 1, 10);
        paths.become("clock.first", TePathState.UP, "both directions stand");
        addServer("second", 3, 20);
        paths.become("clock.second", TePathState.UP, "both directions stand");
        awaitState("second", ClockSessionState.STANDBY);

        manager.put(ClockSessionRequest.builder().from(state("second").orElseThrow().request()).priority(5).build());

        await().until(() -> isSuspended("first"));
        assertThat(isSuspended("second")).isTrue();
        paths.become("clock.first", TePathState.UP, "stands, and keeps its traffic out");
        await().until(() -> !isSuspended("second"));
    }

    @Test
    void remembersHoldoverAlarmsAndHistoryAcrossARestart() {
        up("s", 1, 2);
        Instant failed = time.updateAndGet(now -> now.plusSeconds(60));
        elapsed.addAndGet(Duration.ofSeconds(60).toNanos());
        paths.become("clock.s", TePathState.DOWN, "no way left");
        awaitState("s", ClockSessionState.HOLDOVER);
        List<ClockSessionChange> before = manager.history("s");

        time.updateAndGet(now -> now.plusSeconds(60));
        restart();
        awaitState("s", ClockSessionState.HOLDOVER);

        assertThat(state("s").orElseThrow().status().since()).isEqualTo(failed);
        assertThat(state("s").orElseThrow().alarms()).extracting(ClockAlarm::since).containsExactly(failed);
        assertThat(manager.history("s")).isEqualTo(before);
        assertThat(before).extracting(ClockSessionChange::type).containsExactly(
                ClockSessionChangeType.STATE, ClockSessionChangeType.STATE, ClockSessionChangeType.STATE,
                ClockSessionChangeType.RAISED);
        assertThat(before).extracting(ClockSessionChange::index).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void countsHoldoverRightlyWhenTheClockIsSet() {
        up("s", 1, 2);
        paths.become("clock.s", TePathState.DOWN, "no way left");
        awaitState("s", ClockSessionState.HOLDOVER);
        Instant began = state("s").orElseThrow().status().since();

        // Ten seconds go by, and the clock is set an hour back.
        elapsed.addAndGet(Duration.ofSeconds(10).toNanos());
        time.updateAndGet(now -> now.plusSeconds(10).minusSeconds(3_600));
        hosts.learn(host(3));
        config.change(port(1).deviceId());

        await().untilAsserted(() -> assertThat(state("s").orElseThrow().status().since())
                .isEqualTo(began.minusSeconds(3_600)));
    }

    @Test
    void takesOverWhenTheLeaderIsGone() {
        manager.add(request("s", 1, 2));
        when(leadership.getLeader(any())).thenReturn(NodeId.nodeId("other"));
        paths.become("clock.s", TePathState.UP, "both directions stand");
        awaitState("s", ClockSessionState.UP);
        // What the other node has done meanwhile, and what it has left undone.
        DurableMap<ClockSessionRecord> records =
                DurableMap.open(storage, CLOCK, "roundtrip-clock-sessions", ClockSessionRecord.class);
        records.put("t", session("t", 3, 4));
        paths.request(CLOCK, SessionPaths.of(session("u", 1, 4)));
        awaitState("t", ClockSessionState.WAITING);
        assertThat(paths.calls).doesNotContain("request clock.t", "remove clock.u");
        int published = rules.changes.size();

        when(leadership.getLeader(any())).thenReturn(SELF);
        config.change(port(1).deviceId());

        await().until(() -> paths.calls.contains("request clock.t") && paths.calls.contains("remove clock.u"));
        await().until(() -> rules.changes.size() > published);
        assertThat(rules.changes.get(published)).containsExactly("s", "t");
    }

    @Test
    void publishesTheRulesOfWhatHasChanged() {
        await().until(() -> !rules.changes.isEmpty());
        manager.add(request("s", 1, 2));
        await().until(() -> rules.sessions().containsKey("s"));
        manager.add(request("t", 3, 4));
        await().until(() -> rules.sessions().size() == 2);
        assertThat(rules.changes.get(rules.changes.size() - 1)).containsExactly("t");
        int published = rules.changes.size();
        paths.become("clock.s", TePathState.UP, "both directions stand");
        awaitState("s", ClockSessionState.UP);
        assertThat(rules.changes).hasSize(published);

        rules.fail("s", "switch of:1 refuses to drop");
        await().until(() -> state("s").orElseThrow().status().reason().contains("refuses to drop"));
        manager.remove("t");
        await().until(() -> paths.path("clock.t").orElseThrow().status().state() == TePathState.REMOVING);
        paths.vanish("clock.t");
        await().until(() -> !rules.sessions().containsKey("t"));
    }

    @Test
    void showsWhatClientsMeasure() {
        up("s", 1, 2);
        quality.alarm("s", Map.of(ClockAlarmType.SILENT, "nothing heard for a minute"));
        await().until(() -> alarms("s").contains(ClockAlarmType.SILENT));

        MeasuredQuality measured = MeasuredQuality.builder().reported(time.get()).portState(PtpPortState.SLAVE)
                .reference(OffsetReference.SERVER).build();
        quality.measure("s", measured);
        assertThat(state("s").orElseThrow().measured()).contains(measured);
        assertThat(manager.sessions().get(0).measured()).contains(measured);
        quality.alarm("s", Map.of());
        await().until(() -> alarms("s").isEmpty());
        assertThat(quality.observed()).containsExactly("s");

        manager.remove("s");
        await().until(() -> paths.path("clock.s").orElseThrow().status().state() == TePathState.REMOVING);
        paths.vanish("clock.s");
        await().until(() -> quality.observed().isEmpty());
        assertThat(manager.history("s")).isEmpty();
    }

    @Test
    void alarmsWhenTheLinksAreUnequal() {
        up("s", 1, 2);
        paths.become("clock.s", path -> TePath.builder().from(path).metrics(PathMetrics.of(2, 2, 9_000, 3_000))
                .build());

        await().until(() -> alarms("s").contains(ClockAlarmType.ASYMMETRIC));
        assertThat(state("s").orElseThrow().asymmetry().orElseThrow().predictedError()).isEqualTo(-3_000);
        manager.put(ClockSessionRequest.builder().from(request("s", 1, 2)).monitoring(
                MonitoringSettings.builder().asymmetryThreshold(3_000).build()).build());
        await().until(() -> alarms("s").isEmpty());
        assertThat(manager.history("s")).extracting(ClockSessionChange::type)
                .endsWith(ClockSessionChangeType.RAISED, ClockSessionChangeType.CLEARED);
    }

    @Test
    void addsUpWhatWasCarriedAndDropped() {
        manager.add(request("s", 1, 2));

        ClockSessionStatistics counters = manager.statistics("s");

        assertThat(counters.serverToClientPackets()).isEqualTo(7);
        assertThat(counters.clientToServerPackets()).isEqualTo(5);
        assertThat(counters.droppedPackets()).isEqualTo(3);
        assertThat(manager.verify("s").correct()).isTrue();
        assertThatThrownBy(() -> manager.statistics("t")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> manager.verify("t")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void keepsWhatClientsHaveNegotiated() {
        UnicastGrant grant = UnicastGrant.builder().domain(0).messageType(UnicastMessageType.SYNC)
                .logInterMessagePeriod(-4).duration(300).expires(Instant.parse("2026-01-01T00:05:00Z")).build();
        ClockSessionRequest asked = request("n", 1, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST);

        ClockSession opened = manager.open(asked, "telecom", List.of());
        assertThat(opened.origin()).isEqualTo(SessionOrigin.NEGOTIATED);
        assertThat(opened.policy()).contains("telecom");
        assertThat(manager.open(asked, "telecom", List.of())).isEqualTo(opened);
        assertThat(manager.grants("n", List.of(grant)).grants()).containsExactly(grant);
        // Asking once more does not take away what is granted.
        assertThat(manager.open(asked, "telecom", List.of()).grants()).containsExactly(grant);

        restart();
        awaitState("n", ClockSessionState.INSTALLING);
        assertThat(state("n").orElseThrow().grants()).containsExactly(grant);

        manager.close("n", "the last grant has ended");
        awaitState("n", ClockSessionState.REMOVING);
        assertThat(state("n").orElseThrow().status().reason()).startsWith("the last grant has ended; ");
        assertThatThrownBy(() -> manager.open(asked, "telecom", List.of())).isInstanceOf(ConflictException.class)
                .hasMessageContaining("being removed");
        assertThatThrownBy(() -> manager.grants("n", List.of())).isInstanceOf(NotFoundException.class);
        manager.close("n", "twice");
        manager.close("unknown", "never there");
    }

    @Test
    void keepsConfiguredAndNegotiatedSessionsApart() {
        ClockSessionRequest asked = request("s", 1, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST);
        manager.add(asked);

        assertThatThrownBy(() -> manager.open(asked, "telecom", List.of())).isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("name: ");
        assertThatThrownBy(() -> manager.open(request("n", 1, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST),
                                              "telecom", List.of())).isInstanceOf(ConflictException.class);
        manager.close("s", "not by negotiation");
        assertThatThrownBy(() -> manager.grants("s", List.of())).isInstanceOf(NotFoundException.class);
        assertThat(state("s").orElseThrow().status().state()).isEqualTo(ClockSessionState.INSTALLING);
        manager.open(request("n", 3, 4, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST), "telecom", List.of());
        assertThatThrownBy(() -> manager.put(request("n", 3, 4))).isInstanceOf(ConflictException.class)
                .hasMessageContaining("policy 'telecom'");
    }

    @Test
    void survivesRacingAdditionsAndRemovals() throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean adds = i % 2 == 0;
            Thread thread = new Thread(() -> {
                for (int turn = 0; turn < 20; turn++) {
                    try {
                        if (adds) {
                            manager.put(request("s", 1, 2));
                        } else {
                            manager.remove("s");
                        }
                    } catch (RequestException refusal) {
                        // One of those that race is late.
                        assertThat(refusal.errors().get(0).field()).isEqualTo("name");
                    }
                    paths.path("clock.s").filter(path -> path.status().state() == TePathState.REMOVING)
                            .ifPresent(path -> paths.vanishIfRemoving("clock.s"));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        try {
            manager.remove("s");
        } catch (NotFoundException gone) {
            // The last of those that raced has removed it: so it goes, too.
        }
        await().until(() -> {
            paths.vanishIfRemoving("clock.s");
            return state("s").isEmpty() && paths.paths().isEmpty();
        });
        manager.add(request("s", 1, 2));
    }

    @Test
    void goesOnWhenTheStoreAnswersAgain() {
        up("s", 1, 2);
        storage.breakDown();
        hosts.learn(host(2, port(7), ip(2)));
        assertThatThrownBy(() -> manager.remove("s")).isInstanceOf(UnavailableException.class);
        storage.repair();

        await().until(() -> state("s").orElseThrow().clientEndpoint().connectPoint().equals(port(7)));
        await().until(() -> paths.calls.contains("remove clock.s"));
    }

    private void up(String name, int server, int client) {
        manager.add(request(name, server, client));
        paths.become("clock." + name, TePathState.UP, "both directions stand");
        awaitState(name, ClockSessionState.UP);
    }

    private void addServer(String name, int server, int priority) {
        manager.add(ClockSessionRequest.builder().from(
                request(name, server, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST)).priority(priority).build());
    }

    private boolean isSuspended(String name) {
        return paths.path("clock." + name).orElseThrow().request().suspended();
    }

    private List<ClockAlarmType> alarms(String name) {
        return state(name).orElseThrow().alarms().stream().map(ClockAlarm::type).collect(Collectors.toList());
    }

    private void nothingHasChanged() {
        assertThat(manager.sessions()).isEmpty();
        assertThat(paths.paths()).isEmpty();
        assertThat(events).isEmpty();
        assertThat(DurableMap.open(storage, CLOCK, "roundtrip-clock-sessions", ClockSessionRecord.class).all())
                .isEmpty();
    }

    private Optional<ClockSession> state(String name) {
        return manager.session(name);
    }

    private void awaitState(String name, ClockSessionState expected) {
        await().untilAsserted(() -> assertThat(state(name).map(session -> session.status().state()))
                .contains(expected));
    }

    private List<ClockSessionEvent.Type> kinds() {
        return events.stream().map(ClockSessionEvent::type).collect(Collectors.toList());
    }
}
