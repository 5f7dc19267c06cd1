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
package org.roundtrip.messaging.compute.network;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.NetworkPath;
import org.roundtrip.messaging.NetworkState;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkSummaryTest {

    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final MessageRoute ROUTE = Sites.southwards(1_000_000);

    private final Map<String, ObservedPath> observed = new HashMap<>();

    @Test
    void isUpWhenBothWaysStand() {
        see(TePathState.UP, "it stands", Optional.of(standby(StandbyState.READY)));
        assertState(NetworkState.UP, "its connections take te-path messaging.north.south");
    }

    @Test
    void isDegradedWithoutAStandbyWayThatWasAskedFor() {
        see(TePathState.UP, "it stands", Optional.of(standby(StandbyState.UNPROTECTED)));
        assertState(NetworkState.DEGRADED, "te-path messaging.north.south has no standby way yet: as it is");
        see(TePathState.UP, "it stands", Optional.of(StandbyWay.builder().from(standby(StandbyState.READY))
                .addShared("switch of:1").build()));
        assertState(NetworkState.DEGRADED,
                    "the standby way of te-path messaging.north.south shares with the working one: switch of:1");
    }

    @Test
    void theOtherRouteNeedsNoStandbyWay() {
        MessagingConfiguration both = Sites.with(ROUTE, Sites.northwards(1));
        see(both, TePathState.UP, "it stands", Optional.of(standby(StandbyState.UNPROTECTED)));
        assertThat(network(both, Sites.northwards(1)).status().state()).isEqualTo(NetworkState.UP);
        assertThat(network(both, ROUTE).status().state()).isEqualTo(NetworkState.DEGRADED);
    }

    @Test
    void tellsWhatTheTePathTells() {
        see(TePathState.INSTALLING, "waiting for of:2", Optional.empty());
        assertState(NetworkState.SETTING_UP, "te-path messaging.north.south: waiting for of:2");
        see(TePathState.DOWN, "no way", Optional.empty());
        assertState(NetworkState.DOWN, "te-path messaging.north.south: no way");
        see(TePathState.REMOVING, "it goes", Optional.empty());
        assertThat(network(Sites.with(ROUTE), ROUTE).status().state()).isEqualTo(NetworkState.SETTING_UP);
    }

    @Test
    void isNotUpBeforeItsOwnConnectionsAreSteered() {
        MessagingConfiguration before = Sites.with(Sites.northwards(1));
        see(before, TePathState.UP, "it stands", Optional.of(standby(StandbyState.READY)));
        assertState(NetworkState.SETTING_UP, "te-path messaging.north.south is to take in its connections");
    }

    @Test
    void isDegradedIfItWorksForOneIpVersionOnly() {
        DataCentre north = DataCentre.builder().from(Sites.north()).addProxies("2001:db8:1::10").build();
        DataCentre south = DataCentre.builder().from(Sites.south()).addBrokers("[2001:db8:2::/64]:9092").build();
        MessagingConfiguration both = Sites.with(List.of(north, south), ROUTE);
        see(both, TePathState.UP, "it stands", Optional.of(standby(StandbyState.READY)));
        assertThat(network(both, ROUTE).status().state()).isEqualTo(NetworkState.UP);
        assertThat(network(both, ROUTE).paths()).extracting(NetworkPath::tePath)
                .containsExactly(Sites.PATH, Sites.PATH + ".ipv6");

        observed.put(Sites.PATH + ".ipv6", ObservedPath.of(Optional.empty(), Optional.of("no labels")));
        assertThat(network(both, ROUTE).status()).satisfies(status -> {
            assertThat(status.state()).isEqualTo(NetworkState.DEGRADED);
            assertThat(status.reason()).isEqualTo("te-path messaging.north.south.ipv6 is refused: no labels");
            assertThat(status.lastError()).contains("no labels");
        });
        observed.put(Sites.PATH, ObservedPath.of(Optional.empty(), Optional.empty()));
        assertThat(network(both, ROUTE).status().state()).isEqualTo(NetworkState.DOWN);
    }

    @Test
    void tellsSinceWhenItIsSo() {
        see(TePathState.UP, "it stands", Optional.of(standby(StandbyState.READY)));
        PlannedRoute planned = Sites.plan(Sites.with(ROUTE)).route(ROUTE).orElseThrow();
        Status<NetworkState> since = Status.of(NetworkState.UP, "it was so", NOON.minusSeconds(60));
        assertThat(NetworkSummary.of(planned, this::observed, Optional.of(since), NOON).status().since())
                .isEqualTo(NOON.minusSeconds(60));
        Status<NetworkState> other = Status.of(NetworkState.DOWN, "it was not", NOON.minusSeconds(60));
        assertThat(NetworkSummary.of(planned, this::observed, Optional.of(other), NOON).status().since())
                .isEqualTo(NOON);
    }

    private void see(TePathState state, String reason, Optional<StandbyWay> standby) {
        see(Sites.with(ROUTE), state, reason, standby);
    }

    private void see(MessagingConfiguration asked, TePathState state, String reason, Optional<StandbyWay> standby) {
        for (TePathRequest request : Sites.plan(asked).paths()) {
            observed.put(request.name(), ObservedPath.of(Optional.of(TePath.builder().request(request)
                    .owner("org.roundtrip.messaging").status(Status.of(state, reason, NOON)).standby(standby)
                    .build()), Optional.empty()));
        }
    }

    private static StandbyWay standby(StandbyState state) {
        return StandbyWay.builder().status(Status.of(state, "as it is", NOON)).build();
    }

    private void assertState(NetworkState state, String reason) {
        assertThat(network(Sites.with(ROUTE), ROUTE).status()).isEqualTo(Status.of(state, reason, NOON));
    }

    private RouteNetwork network(MessagingConfiguration configuration, MessageRoute route) {
        return NetworkSummary.of(Sites.plan(configuration).route(route).orElseThrow(), this::observed,
                                 Optional.empty(), NOON);
    }

    private ObservedPath observed(PlannedPath planned) {
        return observed.get(planned.request().name());
    }
}
