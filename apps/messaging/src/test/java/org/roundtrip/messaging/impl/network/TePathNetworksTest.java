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
package org.roundtrip.messaging.impl.network;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.NetworkPath;
import org.roundtrip.messaging.NetworkState;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.compute.network.Sites;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.tepath.FakeTePaths;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/** The networks of routes in a controller that a test can kill, over te-paths whose fate the test decides. */
class TePathNetworksTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final NodeId OTHER = NodeId.nodeId("other");
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.roundtrip.messaging");
    private static final MessageRoute SOUTHWARDS = Sites.southwards(5_000_000);
    private static final MessageRoute NORTHWARDS = Sites.northwards(2_000_000);

    private final FakeTePaths paths = new FakeTePaths();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final Set<LeadershipEventListener> leadershipListeners = new CopyOnWriteArraySet<>();
    private final DeviceService devices = mock(DeviceService.class);
    private final AtomicLong elapsed = new AtomicLong();
    private TePathNetworks networks;

    @BeforeEach
    void start() {
        when(leadership.getLeader(any())).thenReturn(SELF);
        doAnswer(call -> leadershipListeners.add(call.getArgument(0))).when(leadership).addListener(any());
        networks = started();
    }

    private TePathNetworks started() {
        TePathNetworks started = new TePathNetworks(Clock.fixed(NOON, ZoneOffset.UTC), elapsed::get);
        started.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(1, name);
            }
        };
        started.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, IpAddress.valueOf("127.0.0.1"));
            }
        };
        started.leadershipService = leadership;
        started.tePathService = paths;
        started.deviceService = devices;
        started.activate();
        return started;
    }

    @AfterEach
    void stop() {
        networks.deactivate();
        assertThat(paths.listenerCount()).isZero();
    }

    @Test
    void touchesNothingBeforeItHasReadTheConfiguration() {
        leave(Sites.with(SOUTHWARDS));
        paths.become(Sites.PATH, TePathState.UP, "it is up");
        assertThat(networks.network(SOUTHWARDS).status().reason()).contains("not looked at it yet");
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DEGRADED);
        assertThat(paths.calls).containsExactly("request " + Sites.PATH);
    }

    @Test
    void setsUpAPathAndFollowsIt() {
        networks.provide(Sites.with(SOUTHWARDS));
        awaitPath(Sites.PATH);
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
        assertThat(networks.network(SOUTHWARDS).status().reason()).contains("waiting for the switches");

        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        awaitState(SOUTHWARDS, NetworkState.DEGRADED);
        assertThat(networks.network(SOUTHWARDS).status().reason()).contains("has no standby way");
        standby(StandbyState.READY, "it stands");
        awaitState(SOUTHWARDS, NetworkState.UP);
        NetworkPath path = networks.network(SOUTHWARDS).paths().get(0);
        assertThat(path.tePath()).isEqualTo(Sites.PATH);
        assertThat(path.bandwidth()).isEqualTo(5_000_000);
        assertThat(path.standby()).contains(StandbyState.READY);
        assertThat(path.hops().get(0).device()).hasToString("of:00000000000000a1");

        paths.become(Sites.PATH, TePathState.DOWN, "there is no way");
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        assertThat(networks.network(SOUTHWARDS).status().reason()).isEqualTo(
                "te-path messaging.north.south: there is no way");
    }

    @Test
    void showsARouteThatRunsTheOtherWayFromItsOwnEnd() {
        networks.provide(Sites.with(NORTHWARDS));
        awaitPath(Sites.PATH);
        TePath path = paths.path(Sites.PATH).orElseThrow();
        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        awaitState(NORTHWARDS, NetworkState.UP);
        assertThat(networks.network(NORTHWARDS).paths().get(0).hops()).isEqualTo(path.reverse())
                .isNotEqualTo(path.forward());
    }

    @Test
    void saysWhatIsNotConfigured() {
        networks.provide(Sites.with(Sites.southwards(0)));
        awaitState(Sites.southwards(0), NetworkState.NONE);
        assertThat(networks.network(Sites.southwards(0)).status().reason())
                .isEqualTo("no bandwidth is configured for it");
        assertThat(paths.calls).isEmpty();
    }

    @Test
    void aRefusalIsShownAndTriedAgain() {
        paths.refuse(new ConflictException("bandwidth", "1M is free at most"));
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        RouteNetwork refused = networks.network(SOUTHWARDS);
        assertThat(refused.status().reason())
                .isEqualTo("te-path messaging.north.south is refused: bandwidth: 1M is free at most");
        assertThat(refused.status().lastError()).contains("bandwidth: 1M is free at most");
        assertThat(refused.paths()).isEmpty();

        paths.grant();
        elapsed.addAndGet(Duration.ofSeconds(5).toNanos());
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
        assertThat(paths.calls).containsOnly("request " + Sites.PATH);
    }

    @Test
    void whatAnotherPathGivesBackIsAskedForAtOnce() {
        paths.request(new DefaultApplicationId(2, "other"), TePathRequest.builder().name("other")
                .source(ConnectPoint.deviceConnectPoint("of:1/1"))
                .destination(ConnectPoint.deviceConnectPoint("of:2/1")).build());
        paths.refuse(new ConflictException("bandwidth", "1M is free at most"));
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        paths.grant();
        paths.vanish("other");
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
    }

    @Test
    void aFailureOfOnePathKeepsNoOtherFromBeingKept() {
        paths.refuse(new IllegalStateException("broken"));
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        assertThat(networks.network(SOUTHWARDS).status().reason()).contains("broken");
    }

    @Test
    void aRefusedChangeLeavesTheRouteWhatItHas() {
        up(Sites.with(NORTHWARDS));
        paths.refuse(new ConflictException("bandwidth", "3M is free at most"));
        networks.provide(Sites.with(NORTHWARDS, SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        awaitState(NORTHWARDS, NetworkState.DEGRADED);
        assertThat(networks.network(NORTHWARDS).status().reason()).contains("3M is free at most");
        assertThat(paths.path(Sites.PATH).orElseThrow().request().bandwidth()).isEqualTo(2_000_000);
    }

    @Test
    void twoRoutesThatChangeTogetherChangeThePathOnceAndNeverTakeItAway() {
        up(Sites.with(NORTHWARDS));
        paths.calls.clear();
        networks.provide(Sites.with(Sites.northwards(3_000_000), SOUTHWARDS));
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().request().bandwidth())
                .isEqualTo(8_000_000));
        networks.provide(Sites.with(SOUTHWARDS));
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().request().bandwidth())
                .isEqualTo(5_000_000));
        assertThat(paths.calls).containsExactly("request " + Sites.PATH, "request " + Sites.PATH);
    }

    @Test
    void aRouteThatIsGoneTakesItsPathWithIt() {
        up(Sites.with(SOUTHWARDS));
        networks.provide(Sites.with());
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().status().state())
                .isEqualTo(TePathState.REMOVING));
        paths.vanish(Sites.PATH);
        assertThat(paths.calls).endsWith("remove " + Sites.PATH);
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
        awaitPath(Sites.PATH);
    }

    @Test
    void otherGatewaysHaveAnotherPathWhenTheOneBeforeIsGone() {
        up(Sites.with(SOUTHWARDS));
        DataCentre moved = DataCentre.builder().from(Sites.south()).gateways(List.of("of:00000000000000b2/7")).build();
        networks.provide(Sites.with(List.of(Sites.north(), moved), SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().status().state())
                .isEqualTo(TePathState.REMOVING));
        paths.vanish(Sites.PATH);
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).map(path -> path.request().destination()))
                .contains(ConnectPoint.deviceConnectPoint("of:00000000000000b2/7")));
    }

    @Test
    void anotherGatewayTakesOverWhenTheFirstOneHasFailed() {
        ConnectPoint first = ConnectPoint.deviceConnectPoint("of:00000000000000b1/4");
        ConnectPoint second = ConnectPoint.deviceConnectPoint("of:00000000000000b2/7");
        DataCentre south = DataCentre.builder().from(Sites.south())
                .gateways(List.of(first.toString(), second.toString())).build();
        MessagingConfiguration configuration = Sites.with(List.of(Sites.north(), south), SOUTHWARDS);
        port(first, true);
        port(second, true);
        networks.provide(configuration);
        awaitPath(Sites.PATH);
        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        assertThat(destination()).contains(first);

        port(first, false);
        paths.become(Sites.PATH, TePathState.DOWN, "its edge port is down");
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().status().state())
                .isEqualTo(TePathState.REMOVING));
        paths.vanish(Sites.PATH);
        await().untilAsserted(() -> assertThat(destination()).contains(second));

        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        port(first, true);
        networks.provide(configuration);
        awaitState(SOUTHWARDS, NetworkState.DEGRADED);
        assertThat(destination()).contains(second);
        assertThat(paths.calls).containsExactly("request " + Sites.PATH, "remove " + Sites.PATH,
                                                "request " + Sites.PATH);
    }

    @Test
    void aRestartLeavesWhatIsRightAlone() {
        up(Sites.with(SOUTHWARDS));
        networks.deactivate();
        paths.calls.clear();
        networks = started();
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.UP);
        assertThat(paths.calls).isEmpty();
    }

    @Test
    void aRestartFinishesWhatWasCutOff() {
        leave(Sites.with(SOUTHWARDS));
        paths.request(new DefaultApplicationId(2, "org.roundtrip.clock"), TePathRequest.builder().name("clock.a")
                .source(ConnectPoint.deviceConnectPoint("of:1/1"))
                .destination(ConnectPoint.deviceConnectPoint("of:2/1")).build());
        networks.provide(Sites.with());
        await().untilAsserted(() -> assertThat(paths.path(Sites.PATH).orElseThrow().status().state())
                .isEqualTo(TePathState.REMOVING));
        assertThat(paths.path("clock.a").orElseThrow().status().state()).isEqualTo(TePathState.INSTALLING);
    }

    @Test
    void aNameThatAnotherHasIsNotTaken() {
        paths.request(new DefaultApplicationId(2, "org.roundtrip.tepath"), TePathRequest.builder().name(Sites.PATH)
                .source(ConnectPoint.deviceConnectPoint("of:1/1"))
                .destination(ConnectPoint.deviceConnectPoint("of:2/1")).build());
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.DOWN);
        assertThat(networks.network(SOUTHWARDS).status().reason()).contains("in use");
        assertThat(networks.network(SOUTHWARDS).paths()).isEmpty();
    }

    @Test
    void aNodeThatDoesNotLeadWatchesUntilItDoes() {
        when(leadership.getLeader(any())).thenReturn(OTHER);
        networks.provide(Sites.with(SOUTHWARDS));
        awaitState(SOUTHWARDS, NetworkState.SETTING_UP);
        leave(Sites.with(SOUTHWARDS));
        paths.calls.clear();
        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        awaitState(SOUTHWARDS, NetworkState.DEGRADED);
        networks.provide(Sites.with());
        assertThat(paths.calls).isEmpty();

        when(leadership.getLeader(any())).thenReturn(SELF);
        leadershipListeners.forEach(listener -> listener.event(mock(LeadershipEvent.class)));
        await().untilAsserted(() -> assertThat(paths.calls).containsExactly("remove " + Sites.PATH));
    }

    private void up(MessagingConfiguration configuration) {
        networks.provide(configuration);
        awaitPath(Sites.PATH);
        paths.become(Sites.PATH, TePathState.UP, "both directions stand");
        standby(StandbyState.READY, "it stands");
        configuration.routes().forEach(route -> awaitState(route, NetworkState.UP));
    }

    /** What a controller leaves that dies. */
    private void leave(MessagingConfiguration configuration) {
        Sites.plan(configuration).paths()
                .forEach(request -> paths.request(APPLICATION, request));
    }

    private Optional<ConnectPoint> destination() {
        return paths.path(Sites.PATH).map(path -> path.request().destination());
    }

    private void port(ConnectPoint point, boolean isEnabled) {
        Port port = mock(Port.class);
        when(port.isEnabled()).thenReturn(isEnabled);
        when(devices.getPort(point)).thenReturn(port);
        when(devices.isAvailable(point.deviceId())).thenReturn(true);
    }

    private void standby(StandbyState state, String reason) {
        paths.become(Sites.PATH, path -> TePath.builder().from(path).standby(StandbyWay.builder()
                .status(Status.of(state, reason, NOON)).build()).build());
    }

    private void awaitPath(String name) {
        await().untilAsserted(() -> assertThat(paths.path(name)).isPresent());
    }

    private void awaitState(MessageRoute route, NetworkState state) {
        await().untilAsserted(() -> assertThat(networks.network(route).status().state())
                .as(() -> networks.network(route).toString()).isEqualTo(state));
    }
}
