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

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.Status;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.messaging.NetworkState;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.compute.network.GatewayChoice;
import org.roundtrip.messaging.compute.network.NetworkPlan;
import org.roundtrip.messaging.compute.network.NetworkSummary;
import org.roundtrip.messaging.compute.network.ObservedPath;
import org.roundtrip.messaging.compute.network.PlannedPath;
import org.roundtrip.messaging.compute.network.PlannedRoute;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.tepath.TePathEvent;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathService;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The networks of routes are te-paths, which are as durable as the configuration: after a start, those that are right
 * stay untouched. Every node of the cluster watches; the one that leads acts.
 */
@Component(immediate = true, service = RouteNetworks.class)
public class TePathNetworks implements RouteNetworks {

    private static final String APPLICATION = "org.roundtrip.messaging";
    /** A te-path that was refused may be granted when anything changes in the network, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    DeviceService deviceService;
    @Reference
    TePathService tePathService;

    private final Clock clock;
    private final LongSupplier elapsed;
    private final TePathListener pathListener = this::pathChanged;
    private final DeviceListener deviceListener = this::deviceChanged;
    /** Whether something may be granted now that was refused. */
    private final AtomicBoolean isGivenBack = new AtomicBoolean();
    private final Map<List<String>, Status<NetworkState>> statuses = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Provision>> provision = new AtomicReference<>(Optional.empty());

    private ReconcileLoop loop;
    private Leader leader;
    private PathKeeper keeper;
    private long lastAsked;

    /**
     * Creates the networks for the controller, which has the time of the system.
     */
    public TePathNetworks() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    TePathNetworks(Clock clock, LongSupplier elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
    }

    @Activate
    void activate() {
        keeper = new PathKeeper(coreService.registerApplication(APPLICATION), tePathService);
        lastAsked = elapsed.getAsLong();
        loop = new ReconcileLoop("roundtrip/messaging-network", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), loop::trigger);
        tePathService.addListener(pathListener);
        deviceService.addListener(deviceListener);
        leader.run();
    }

    @Deactivate
    void deactivate() {
        loop.close();
        leader.close();
        deviceService.removeListener(deviceListener);
        tePathService.removeListener(pathListener);
    }

    @Override
    public void provide(MessagingConfiguration configuration) {
        if (provision.get().filter(present -> present.configuration.equals(configuration)).isEmpty()) {
            provision.set(Optional.of(planned(configuration)));
        }
        loop.trigger();
    }

    private Provision planned(MessagingConfiguration configuration) {
        return new Provision(configuration, NetworkPlan.of(configuration,
                                                           GatewayChoice.of(keeper.paths(), this::isUp)));
    }

    private boolean isUp(ConnectPoint port) {
        return deviceService.isAvailable(port.deviceId())
                && Optional.ofNullable(deviceService.getPort(port)).filter(Port::isEnabled).isPresent();
    }

    @Override
    public RouteNetwork network(MessageRoute route) {
        PlannedRoute planned = provision.get().flatMap(present -> present.plan.route(route))
                .orElseGet(() -> PlannedRoute.builder().absence("the controller has not looked at it yet")
                        .isProtected(false).build());
        // At once, so that nobody sees a state that is younger than another has seen it.
        RouteNetwork[] network = new RouteNetwork[1];
        statuses.compute(List.of(route.from(), route.to()), (ends, previous) -> {
            network[0] = NetworkSummary.of(planned, this::observed, Optional.ofNullable(previous), clock.instant());
            return network[0].status();
        });
        return network[0];
    }

    private ObservedPath observed(PlannedPath planned) {
        String name = planned.request().name();
        return ObservedPath.of(keeper.path(name), keeper.refusal(name));
    }

    private void pathChanged(TePathEvent event) {
        if (event.type() == TePathEvent.Type.REMOVED) {
            isGivenBack.set(true);
        }
        loop.trigger();
    }

    private void deviceChanged(DeviceEvent event) {
        if (event.type() != DeviceEvent.Type.PORT_STATS_UPDATED) {
            loop.trigger();
        }
    }

    private void reconcile() {
        Optional<Provision> present = provision.get();
        Optional<Provision> planned = present.map(before -> planned(before.configuration));
        // If another configuration has come meanwhile, it has triggered another look.
        provision.compareAndSet(present, planned);
        planned.ifPresent(this::reconcile);
    }

    private void reconcile(Provision present) {
        if (leader.isSelf()) {
            keep(present.plan);
        } else {
            keeper.forgetRefusals();
        }
        List<MessageRoute> routes = present.configuration.routes();
        statuses.keySet().retainAll(routes.stream().map(route -> List.of(route.from(), route.to()))
                                            .collect(Collectors.toSet()));
        routes.forEach(this::network);
    }

    private void keep(NetworkPlan plan) {
        long now = elapsed.getAsLong();
        if (isGivenBack.getAndSet(false) || now - lastAsked >= RETRY.toNanos()) {
            keeper.askAgain();
            lastAsked = now;
        }
        keeper.keep(plan);
        if (keeper.isRefused()) {
            loop.triggerAfter(RETRY);
        }
    }

    /** A configuration and what follows from it. */
    private static final class Provision {
        private final MessagingConfiguration configuration;
        private final NetworkPlan plan;

        Provision(MessagingConfiguration configuration, NetworkPlan plan) {
            this.configuration = Objects.requireNonNull(configuration);
            this.plan = Objects.requireNonNull(plan);
        }
    }
}
