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

import com.sun.management.OperatingSystemMXBean;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.event.EventDeliveryServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.host.FakeHosts;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.tepath.FakeTePaths;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathState;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import static org.roundtrip.clock.Sessions.host;
import static org.roundtrip.clock.Sessions.hostId;

/**
 * Measures the service with many sessions, over te-paths and a store that answer at once: so what it measures is the
 * application's own part. Each client has two servers, one better than the other.
 * {@code tests/benchmarks/session_scale.py} runs it; the arguments are the number of clients and of failures, and the
 * last line that it prints is the result in JSON.
 */
final class SessionScale {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final int PORTS = 40;
    private static final int FIRST_CLIENT = 1_000;
    private static final long SECONDS_TO_SETTLE = 600;
    private static final int COLLECTIONS = 5;
    private static final long BETWEEN_COLLECTIONS_NANOS = 200_000_000;
    private static final double NANOS = 1e9;

    private final int clients;
    private final InMemoryStorage storage = new InMemoryStorage();
    private final FakeTePaths paths = new FakeTePaths();
    private final FakeHosts hosts = new FakeHosts();
    private final ClockSessionManager manager = new ClockSessionManager();
    /** The switches: they do what they are told, one after the other. */
    private final ExecutorService switches = Executors.newSingleThreadExecutor();
    private final TePathListener confirming = event -> {
        if (event.subject().status().state() == TePathState.INSTALLING) {
            switches.execute(() -> confirm(event.subject().request().name()));
        }
    };

    private SessionScale(int clients) {
        this.clients = clients;
        hosts.learn(host(1, port(1, 1)));
        hosts.learn(host(2, port(2, 1)));
        for (int client = 0; client < clients; client++) {
            hosts.learn(host(FIRST_CLIENT + client, port(FIRST_CLIENT + client / PORTS, 1 + client % PORTS)));
        }
    }

    private static ConnectPoint port(int device, int port) {
        return ConnectPoint.deviceConnectPoint(String.format("of:%016x/%d", device, port));
    }

    /**
     * Measures.
     *
     * @param arguments how many clients, and failures
     */
    public static void main(String[] arguments) {
        int clients = Integer.parseInt(arguments[0]);
        int failures = Integer.parseInt(arguments[1]);
        new SessionScale(Math.max(1, clients / 5)).measure(failures);
        System.out.println(Json.write(new SessionScale(clients).measure(failures)));
        System.exit(0);
    }

    private Map<String, Object> measure(int failures) {
        paths.addListener(confirming);
        start();
        Map<String, Object> result = new LinkedHashMap<>(Map.of("sessions", 2 * clients));
        long empty = heap();
        result.put("setUp", times(() -> {
            addAll("a", 1);
            awaitAll("a", ClockSessionState.UP);
            addAll("b", 2);
            awaitAll("b", ClockSessionState.STANDBY);
        }));
        result.put("bytesWithEmulation", (heap() - empty) / (2 * clients));
        List<Map<String, Object>> failed = new ArrayList<>();
        for (int i = 0; i < failures; i++) {
            failed.add(Map.of("affected", clients, "movedOver", failOver(), "changedOver", changeOver(), "restored",
                              restore()));
        }
        result.put("failures", failed);
        manager.deactivate();
        paths.removeListener(confirming);
        switches.shutdown();
        return result;
    }

    private void start() {
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(1, name);
            }
        };
        manager.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        manager.leadershipService = new LeadershipServiceAdapter() {
            @Override
            public NodeId getLeader(String topic) {
                return SELF;
            }
        };
        manager.storageService = storage;
        manager.eventDispatcher = new EventDeliveryServiceAdapter();
        manager.hostService = hosts;
        manager.networkConfigService = new FakeNetworkConfig();
        manager.tePathService = paths;
        manager.sessionRules = new FakeSessionRules();
        manager.sessionQuality = new FakeSessionQuality();
        manager.activate();
    }

    private void addAll(String prefix, int server) {
        for (int client = 0; client < clients; client++) {
            manager.add(ClockSessionRequest.builder().name(prefix + client)
                                .server(ClockReference.of(hostId(server)))
                                .client(ClockReference.of(hostId(FIRST_CLIENT + client)))
                                .transport(PtpTransport.ETHERNET)
                                .delivery(PtpDelivery.UNICAST).priority(server).build());
        }
    }

    private void confirm(String name) {
        if (paths.path(name).filter(path -> path.status().state() == TePathState.INSTALLING).isPresent()) {
            paths.become(name, TePathState.UP, "both directions are in the switches");
        }
    }

    /** A link fails that all tunnels to the better server use; each has another way, and takes it. */
    private Map<String, Double> failOver() {
        paths.removeListener(confirming);
        Map<String, Double> times = times(() -> {
            forAll("a", TePathState.INSTALLING);
            awaitAll("a", ClockSessionState.HOLDOVER);
            forAll("a", TePathState.UP);
            awaitAll("a", ClockSessionState.UP);
        });
        paths.addListener(confirming);
        return times;
    }

    /** A link fails that all tunnels to the better server use, and there is no other way: the other server serves. */
    private Map<String, Double> changeOver() {
        return times(() -> {
            forAll("a", TePathState.DOWN);
            awaitAll("b", ClockSessionState.UP);
            awaitAll("a", ClockSessionState.DOWN);
        });
    }

    /** The link is back, and so is the better server. */
    private Map<String, Double> restore() {
        return times(() -> {
            forAll("a", TePathState.UP);
            awaitAll("b", ClockSessionState.STANDBY);
            awaitAll("a", ClockSessionState.UP);
        });
    }

    private void forAll(String prefix, TePathState state) {
        for (int client = 0; client < clients; client++) {
            paths.become("clock." + prefix + client, state, "as the network is");
        }
    }

    private void awaitAll(String prefix, ClockSessionState state) {
        long began = System.nanoTime();
        for (int client = 0; client < clients; client++) {
            while (manager.session(prefix + client).orElseThrow().status().state() != state) {
                if (System.nanoTime() - began > SECONDS_TO_SETTLE * 1_000_000_000L) {
                    throw new IllegalStateException("Not settled: " + manager.session(prefix + client).orElseThrow());
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Returns how long something takes on the clock, and how much of the processors all threads together take. */
    private static Map<String, Double> times(Runnable task) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = System.nanoTime();
        long processor = system.getProcessCpuTime();
        task.run();
        return Map.of("seconds", (System.nanoTime() - began) / NANOS,
                      "processorSeconds", (system.getProcessCpuTime() - processor) / NANOS);
    }

    /** Returns how many bytes are reachable. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            LockSupport.parkNanos(BETWEEN_COLLECTIONS_NANOS);
        }
        return least;
    }
}
