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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.onlab.packet.IpPrefix;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathEvent;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.port;

/**
 * The whole service over an emulated ONOS. The network is a square: switches 1, 2 and 4 are the short way from 1 to 4
 * with one switch between, 1, 3, 5 and 4 the long one; ports 1 of 1 and 4 are edge ports.
 */
abstract class EmulatedServiceTest {

    static final ApplicationId USER = new DefaultApplicationId(90, "org.roundtrip.user");
    static final ApplicationId OTHER = new DefaultApplicationId(91, "org.roundtrip.other");
    static final NodeId SELF = EmulatedController.SELF;
    static final long GIGABIT = 1_000_000_000L;

    final InMemoryStorage storage = new InMemoryStorage();
    final EmulatedNetwork network = square();
    final List<TePathEvent> events = new CopyOnWriteArrayList<>();
    private final TePathListener listener = events::add;
    NodeId leader = SELF;
    int awayTolerance;
    int reoptimisationPeriod;
    TePathManager manager;

    private static EmulatedNetwork square() {
        EmulatedNetwork network = new EmulatedNetwork();
        for (int number = 1; number <= 5; number++) {
            network.withSwitch(number);
        }
        return network.withLink(1, 2, 2, 1).withLink(2, 2, 4, 2)
                .withLink(1, 3, 3, 1).withLink(3, 2, 5, 1).withLink(5, 2, 4, 3);
    }

    @BeforeEach
    void start() {
        start(0);
    }

    final void start(int settlingTime) {
        manager = EmulatedController.start(network, storage, () -> leader, Map.of(
                OsgiPropertyConstants.SETTLING_TIME, settlingTime,
                OsgiPropertyConstants.AWAY_TOLERANCE, awayTolerance,
                OsgiPropertyConstants.REOPTIMISATION_PERIOD, reoptimisationPeriod));
        manager.addListener(listener);
    }

    @AfterEach
    void stop() {
        manager.removeListener(listener);
        manager.deactivate();
        assertThat(network.listeners()).isZero();
    }

    /** Kills the controller: nothing is told to anybody, and nothing but the durable store survives. */
    final void die() {
        network.framework.forget();
        stop();
    }

    /** Kills the controller and starts it again. */
    final void restart(int settlingTime) {
        die();
        start(settlingTime);
    }

    static TePathRequest.Builder request(String name) {
        return TePathRequest.builder().name(name).source(port(1, 1)).destination(port(4, 1))
                .addForwardTraffic(TrafficMatch.builder().ipProtocol(17).destinationPort(319).build())
                .addReverseTraffic(TrafficMatch.builder().ipDestination(IpPrefix.valueOf("10.0.0.0/24")).build());
    }

    static TePathRequest.Builder elsewhere(String name) {
        return request(name).source(port(1, 8)).destination(port(4, 8));
    }

    final TePath path(String name) {
        return manager.path(name).orElseThrow();
    }

    final <X extends RequestException> X refuses(Class<X> type, TePathRequest request, String field) {
        int paths = manager.paths().size();
        X refusal = catchThrowableOfType(() -> manager.request(USER, request), type);
        assertThat(refusal).isNotNull();
        assertThat(refusal.errors().get(0).field()).isEqualTo(field);
        assertThat(manager.paths()).hasSize(paths);
        return refusal;
    }

    final void awaitState(String name, TePathState state) {
        awaitPath(name, path -> path.status().state() == state);
    }

    final void awaitPath(String name, Predicate<TePath> condition) {
        await().untilAsserted(() -> assertThat(path(name)).matches(condition));
    }

    final void awaitGone(String name) {
        await().untilAsserted(() -> assertThat(manager.path(name)).isEqualTo(Optional.empty()));
    }

    final List<TePathEvent.Type> types() {
        return events.stream().map(TePathEvent::type).collect(Collectors.toList());
    }

    static List<DeviceId> devices(List<Hop> hops) {
        return hops.stream().map(Hop::device).collect(Collectors.toList());
    }
}
