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
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionEvent;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
        manager = new ClockSessionManager();
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
        manager.tePathService = paths;
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
        assertThat(paths.listenerCount()).isZero();
        assertThat(hosts.listenerCount()).isZero();
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
        awaitState("s", ClockSessionState.DOWN);
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
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("name: ");
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

        awaitState("s", ClockSessionState.WAITING);
        assertThat(state("s").orElseThrow().status().reason()).contains("/2 is being replaced", "/7");
        assertThat(state("s").orElseThrow().clientEndpoint().connectPoint()).isEqualTo(port(7));
        paths.vanish("clock.s");

        awaitState("s", ClockSessionState.INSTALLING);
        assertThat(paths.path("clock.s").orElseThrow().request().destination()).isEqualTo(port(7));
        assertThat(paths.calls).containsExactly("request clock.s", "remove clock.s", "request clock.s");
    }

    @Test
    void followsAServerThatChangesItsAddress() {
        manager.add(request("s", 1, 2));

        hosts.learn(host(1, port(1), ip(9)));

        await().until(() -> paths.calls.contains("remove clock.s"));
        paths.vanish("clock.s");
        awaitState("s", ClockSessionState.INSTALLING);
        assertThat(paths.path("clock.s").orElseThrow().request().forwardTraffic())
                .allMatch(match -> match.ipSource().orElseThrow().equals(ip(9).toIpPrefix()));
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
        when(leadership.getLeader(any())).thenReturn(NodeId.nodeId("other"));

        assertThatThrownBy(() -> manager.add(request("t", 3, 4)))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("other");
        assertThatThrownBy(() -> manager.remove("s")).isInstanceOf(UnavailableException.class);
        paths.vanish("clock.s");

        awaitState("s", ClockSessionState.WAITING);
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
