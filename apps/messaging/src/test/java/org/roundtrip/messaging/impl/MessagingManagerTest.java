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
package org.roundtrip.messaging.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.ConfigurationVersion;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.ProxyState;
import org.roundtrip.messaging.VersionMismatchException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.impl.network.RouteNetworks;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

/** The configuration centre in a controller that a test can kill. */
class MessagingManagerTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final ChangeRequest ANNE = ChangeRequest.by("anne");
    private static final MessagingConfiguration SHOP =
            MessagingConfiguration.builder().from(MessagingExamples.shop()).version(0).orders(List.of()).build();

    private final InMemoryStorage storage = new InMemoryStorage();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final RouteNetworks networks = mock(RouteNetworks.class);
    private final AtomicLong elapsed = new AtomicLong();
    private MessagingManager manager;

    @BeforeEach
    void start() {
        when(networks.network(any())).thenReturn(MessagingExamples.network());
        when(leadership.getLeader(any())).thenReturn(SELF);
        manager = started();
    }

    private MessagingManager started() {
        return started(networks);
    }

    private MessagingManager started(RouteNetworks routeNetworks) {
        MessagingManager started = new MessagingManager(Clock.fixed(MessagingExamples.NOON, ZoneOffset.UTC),
                                                        elapsed::get);
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
        started.storageService = storage;
        started.routeNetworks = routeNetworks;
        started.activate();
        return started;
    }

    @AfterEach
    void stop() {
        manager.deactivate();
    }

    @Test
    void beginsWithNothing() {
        assertThat(manager.configuration()).isEqualTo(MessagingConfiguration.builder().version(0).build());
        assertThat(manager.versions()).isEmpty();
        assertThat(manager.routes()).isEmpty();
    }

    @Test
    void keepsWhoHasChangedWhatAndWhen() {
        MessagingConfiguration first = manager.replace(SHOP, ANNE);
        assertThat(first).isEqualTo(MessagingConfiguration.builder().from(SHOP).version(1).build());
        MessagingConfiguration second = manager.pause("north", "south", true, ChangeRequest.by("bob"));
        assertThat(second.version()).isEqualTo(2);

        assertThat(manager.versions()).extracting(ConfigurationVersion::version).containsExactly(1L, 2L);
        assertThat(manager.versions()).extracting(ConfigurationVersion::author).containsExactly("anne", "bob");
        assertThat(manager.versions().get(1).time()).isEqualTo(MessagingExamples.NOON);
        assertThat(manager.versions().get(1).changes()).extracting(ConfigurationChange::item)
                .containsExactly("routes/north/south");
        assertThat(manager.configuration(1)).contains(first);
        assertThat(manager.differences(1, 2)).isEqualTo(manager.versions().get(1).changes());
        assertThat(manager.differences(0, 2)).hasSize(8);
        assertThatThrownBy(() -> manager.differences(1, 3)).isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("to: ");
    }

    @Test
    void providesTheNetworkOfThePresentVersionAtOnceAndAfterAStart() {
        MessagingConfiguration first = manager.replace(SHOP, ANNE);
        verify(networks, atLeastOnce()).provide(first);
        MessagingConfiguration second = manager.pause("north", "south", true, ANNE);
        verify(networks, atLeastOnce()).provide(second);
        assertThat(manager.route("north", "south").orElseThrow().network()).isEqualTo(MessagingExamples.network());

        manager.deactivate();
        RouteNetworks others = mock(RouteNetworks.class);
        manager = started(others);
        verify(others, timeout(10_000)).provide(second);
        // Not even for a moment: what an empty configuration does not have would be taken away.
        verify(others, never()).provide(argThat(configuration -> configuration.version() == 0));
    }

    @Test
    void comesBackAfterItWasKilled() {
        manager.replace(SHOP, ANNE);
        MessagingConfiguration last = manager.order("north", "south", RouteOrder.Move.REWIND, MessagingExamples.NOON,
                                                    ANNE);
        MessagingManager killed = manager;
        manager = started();
        await().until(() -> manager.configuration().version() == 2);
        assertThat(manager.configuration()).isEqualTo(last);
        assertThat(manager.versions()).isEqualTo(killed.versions());
        assertThat(manager.pause("north", "south", true, ANNE).version()).isEqualTo(3);
        killed.deactivate();
    }

    @Test
    void makesNoVersionThatChangesNothing() {
        manager.replace(SHOP, ANNE);
        assertThat(manager.put(MessagingExamples.route(), ANNE).version()).isEqualTo(1);
        assertThat(manager.put(MessagingExamples.orders(), ANNE).version()).isEqualTo(1);
        assertThat(manager.versions()).hasSize(1);
    }

    @Test
    void refusesWhatWouldNotHoldTogetherAndStaysAsItIs() {
        manager.replace(SHOP, ANNE);
        InvalidRequestException refusal = catchThrowableOfType(
                () -> manager.removeRoute("south", "north", ANNE), InvalidRequestException.class);
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("queues[1].senders[0]");
        assertThatThrownBy(() -> manager.removeDataCentre("south", ANNE)).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("applications[1].data-centre: there is no data centre 'south'");
        assertThatThrownBy(() -> manager.removeQueue("returns", ANNE)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> manager.put(Application.builder().name("x").dataCentre("east").build(), ANNE))
                .isInstanceOf(InvalidRequestException.class).hasMessageStartingWith("applications[2].data-centre: ");
        assertThat(manager.configuration().version()).isEqualTo(1);
        assertThat(manager.versions()).hasSize(1);
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        manager.replace(SHOP, ANNE);
        assertThatThrownBy(() -> manager.pause("north", "south", true, ChangeRequest.of("bob", Optional.of(0L))))
                .isInstanceOf(VersionMismatchException.class)
                .hasMessage("version: the change is made for version 0, and the present one is 1: look at it, and make"
                                    + " the change again");
        assertThatThrownBy(() -> manager.replace(SHOP, ANNE)).isInstanceOf(VersionMismatchException.class);
        assertThat(manager.pause("north", "south", true, ChangeRequest.of("bob", Optional.of(1L))).version())
                .isEqualTo(2);
    }

    @Test
    void refusesToMoveToATimeThatIsStillToCome() {
        manager.replace(SHOP, ANNE);
        assertThatThrownBy(() -> manager.order("north", "south", RouteOrder.Move.SKIP,
                                               MessagingExamples.NOON.plusMillis(1), ANNE))
                .isInstanceOf(InvalidRequestException.class).hasMessageStartingWith("since: ");
    }

    @Test
    void refusesMoreThanTheStoreTakes() {
        DataCentre.Builder much = DataCentre.builder();
        much.name("north");
        for (int i = 0; i < 4_500; i++) {
            much.addBootstrapServers("a".repeat(200) + i + ":9092");
        }
        MessagingConfiguration configuration = MessagingConfiguration.builder().version(0).addDataCentres(much.build())
                .build();
        assertThatThrownBy(() -> manager.replace(configuration, ANNE)).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("at most 900000");
        assertThat(manager.configuration().version()).isZero();
    }

    @Test
    void keepsTheLatestVersionsOnly() {
        manager.replace(SHOP, ANNE);
        for (int cost = 100; cost < 100 + MessagingConfigurationService.KEPT_VERSIONS; cost++) {
            manager.put(MessageRoute.builder().from("south").to("north").cost(cost).build(), ANNE);
        }
        assertThat(manager.versions()).hasSize(MessagingConfigurationService.KEPT_VERSIONS);
        assertThat(manager.versions().get(0).version()).isEqualTo(2);
        assertThat(manager.configuration(1)).isEmpty();
        MessagingManager killed = manager;
        manager = started();
        await().until(() -> manager.versions().equals(killed.versions()));
        killed.deactivate();
    }

    @Test
    void tellsWhoWaitsOfTheNextVersion() {
        CompletableFuture<MessagingConfiguration> waiter = manager.otherThan(0);
        CompletableFuture<MessagingConfiguration> gone = manager.otherThan(0);
        gone.cancel(false);
        assertThat(waiter).isNotDone();
        MessagingConfiguration next = manager.replace(SHOP, ANNE);
        assertThat(waiter).isCompletedWithValue(next);
        assertThat(manager.otherThan(0)).isCompletedWithValue(next);
        assertThat(manager.otherThan(7)).isCompletedWithValue(next);
        assertThat(manager.otherThan(1)).isNotDone();
    }

    @Test
    void tellsWhoWaitsOfWhatAnotherNodeHasChanged() {
        MessagingManager other = started();
        CompletableFuture<MessagingConfiguration> waiter = other.otherThan(0);
        MessagingConfiguration next = manager.replace(SHOP, ANNE);
        await().until(waiter::isDone);
        assertThat(waiter).isCompletedWithValue(next);
        assertThat(other.configuration()).isEqualTo(next);
        other.deactivate();
    }

    @Test
    void letsNobodyWaitForEver() {
        CompletableFuture<MessagingConfiguration> waiter = manager.otherThan(0);
        manager.deactivate();
        assertThat(waiter).isCompletedExceptionally();
        assertThat(manager.otherThan(0)).isCompletedExceptionally();
        manager = started();
    }

    @Test
    void refusesWhenAnotherNodeLeads() {
        when(leadership.getLeader(any())).thenReturn(NodeId.nodeId("other"));
        assertThatThrownBy(() -> manager.replace(SHOP, ANNE)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("node other leads");
        assertThatThrownBy(() -> manager.report(MessagingExamples.report())).isInstanceOf(UnavailableException.class);
    }

    @Test
    void refusesWhenTheStoreDoesNotAnswerAndGoesOnWhenItDoes() {
        storage.breakDown();
        assertThatThrownBy(() -> manager.replace(SHOP, ANNE)).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("durable store");
        assertThat(manager.configuration().version()).isZero();
        storage.repair();
        assertThat(manager.replace(SHOP, ANNE).version()).isEqualTo(1);
    }

    @Test
    void joinsRoutesWithWhatProxiesTell() {
        manager.replace(SHOP, ANNE);
        assertThat(manager.route("north", "south")).get().extracting(route -> route.status().state())
                .isEqualTo(RouteState.UNKNOWN);
        ProxyReport report = ProxyReport.builder().from(MessagingExamples.report()).configurationVersion(1).build();
        assertThat(manager.report(report).status().state()).isEqualTo(ProxyState.CURRENT);
        assertThat(manager.route("north", "south")).get().extracting(route -> route.status().state())
                .isEqualTo(RouteState.WAITING);
        manager.pause("north", "south", true, ANNE);
        assertThat(manager.proxy("north-1")).get().extracting(proxy -> proxy.status().state())
                .isEqualTo(ProxyState.BEHIND);

        elapsed.addAndGet(Duration.ofSeconds(report.lease()).toNanos());
        assertThat(manager.proxies()).extracting(proxy -> proxy.status().state()).containsExactly(ProxyState.SILENT);
        assertThat(manager.routes()).extracting(route -> route.status().state()).containsOnly(RouteState.UNKNOWN);
        manager.forget("north-1");
        assertThat(manager.proxies()).isEmpty();
        assertThatThrownBy(() -> manager.forget("north-1")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void makesRoomForNewProxiesWhereOldOnesAreSilentOnly() {
        for (int i = 0; i < MessagingStateService.MOST_PROXIES; i++) {
            manager.report(proxy("p" + i));
        }
        assertThatThrownBy(() -> manager.report(proxy("one-more"))).hasMessageStartingWith("name: ");
        elapsed.addAndGet(Duration.ofSeconds(14).toNanos());
        manager.report(proxy("p0"));
        elapsed.addAndGet(Duration.ofSeconds(1).toNanos());
        manager.report(proxy("one-more"));
        assertThat(manager.proxies()).hasSize(MessagingStateService.MOST_PROXIES);
        assertThat(manager.proxy("p0")).isPresent();
        assertThat(manager.proxy("one-more")).isPresent();
    }

    private static ProxyReport proxy(String name) {
        return ProxyReport.builder().name(name).dataCentre("north").software("0.1.0").build();
    }
}
