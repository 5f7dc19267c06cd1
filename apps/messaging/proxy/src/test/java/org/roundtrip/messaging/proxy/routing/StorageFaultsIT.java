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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.testing.JavaProcess;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults of the storage server of the east, while messages flow there: leaders that change, a disk that is full, a
 * quota.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StorageFaultsIT {

    private static final String TOPIC = "roundtrip.private.to-east";

    @TempDir
    private Path folder;
    private final List<AutoCloseable> running = new ArrayList<>();
    private Broker west;
    private Landscape landscape;

    @BeforeEach
    void start() throws IOException {
        west = new Broker(folder.resolve("west"));
        running.add(west);
        landscape = new Landscape("west").dataCentre("west", west.bootstrapServers()).route("west", "east");
    }

    @AfterEach
    void stop() throws Exception {
        landscape.close();
        Collections.reverse(running);
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    /** A storage server of three brokers, each in a process of its own. */
    private final class Cluster implements AutoCloseable {

        private final List<Integer> ports = new ArrayList<>();
        private final List<Integer> controllerPorts = new ArrayList<>();
        private final Map<Integer, JavaProcess> brokers = new HashMap<>();

        Cluster() throws IOException {
            for (int i = 0; i < 3; i++) {
                ports.add(Broker.freePort());
                controllerPorts.add(Broker.freePort());
            }
            running.add(this);
            // None of them serves before most of them are there.
            Map<Integer, CompletableFuture<JavaProcess>> starting = IntStream.rangeClosed(1, 3).boxed().collect(
                    Collectors.toMap(node -> node, node -> CompletableFuture.supplyAsync(() -> process(node))));
            starting.forEach((node, process) -> brokers.put(node, process.join()));
        }

        private JavaProcess process(int node) {
            String voters = IntStream.rangeClosed(1, 3).mapToObj(each -> each + "@127.0.0.1:"
                    + controllerPorts.get(each - 1)).collect(Collectors.joining(","));
            try {
                return JavaProcess.broker(folder.resolve("east-" + node), ports.get(node - 1),
                                          controllerPorts.get(node - 1), "node.id=" + node,
                                          "controller.quorum.voters=" + voters, "min.insync.replicas=2",
                                          "offsets.topic.replication.factor=3", "default.replication.factor=3");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        List<String> bootstrapServers() {
            return ports.stream().map(port -> "127.0.0.1:" + port).toList();
        }

        int leader() {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", String.join(",", bootstrapServers())))) {
                TopicPartitionInfo first = admin.describeTopics(List.of(TOPIC)).allTopicNames()
                        .toCompletionStage().toCompletableFuture().join().get(TOPIC).partitions().get(0);
                return first.leader() == null ? -1 : first.leader().id();
            }
        }

        void awaitAllInSync() {
            Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(() -> {
                try (Admin admin = Admin.create(Map.of("bootstrap.servers", String.join(",", bootstrapServers())))) {
                    assertThat(admin.describeTopics(List.of(TOPIC)).allTopicNames().get(10, TimeUnit.SECONDS)
                                       .get(TOPIC).partitions()).allSatisfy(each -> assertThat(each.isr()).hasSize(3));
                }
            });
        }

        void kill(int node) {
            brokers.remove(node).kill();
        }

        void restart(int node) {
            brokers.put(node, process(node));
        }

        @Override
        public void close() {
            brokers.values().forEach(JavaProcess::close);
        }
    }

    @Test
    void nothingIsLostDoubledOrReorderedWhenLeadersDie() throws Exception {
        Cluster east = new Cluster();
        landscape.dataCentre("east", east.bootstrapServers());
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        for (int i = 0; i < 2; i++) {
            load.awaitMore(received, 300);
            int leader = east.leader();
            east.kill(leader);
            load.awaitMore(received, 500);
            assertThat(east.leader()).isNotEqualTo(leader);
            east.restart(leader);
            east.awaitAllInSync();
        }
        load.finish(received);
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
    }

    /** A file system of its own, which is there as long as the process that holds it. */
    private Process smallDisk(Path mountPoint) throws Exception {
        Files.createDirectories(mountPoint);
        Process holder = new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c",
                                            "mount -t tmpfs -o size=48m none " + mountPoint
                                                    + " && echo mounted && exec sleep 600").start();
        running.add(holder::destroyForcibly);
        byte[] answer = holder.getInputStream().readNBytes("mounted".length());
        Assumptions.assumeTrue(new String(answer).equals("mounted"), "this machine lets nobody mount a file system");
        return holder;
    }

    private static JavaProcess brokerOn(Process holder, Path disk, int port, int controllerPort) throws IOException {
        return JavaProcess.broker(List.of("nsenter", "--target", Long.toString(holder.pid()), "--user", "--mount",
                                          "--preserve-credentials"), disk.resolveSibling("output"), port,
                                  controllerPort, "log.dirs=" + disk.resolve("logs"), "log.segment.bytes=1048576",
                                  "log.index.size.max.bytes=65536");
    }

    @Test
    void aFullDiskHoldsTheRouteUpUntilThereIsRoomAgain() throws Exception {
        Path disk = folder.resolve("disk");
        Process holder = smallDisk(disk);
        int port = Broker.freePort();
        int controllerPort = Broker.freePort();
        JavaProcess east = brokerOn(holder, disk, port, controllerPort);
        running.add(east);
        landscape.dataCentre("east", List.of("127.0.0.1:" + port));
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        load.awaitMore(received, 200);
        Path filler = Path.of("/proc/" + holder.pid() + "/root" + disk + "/filler");
        fill(filler);
        Awaitility.await("the broker gives up").atMost(Duration.ofSeconds(90)).until(() -> !east.isAlive());
        Landscape.awaitState(routing, "east", RouteState.WAITING, "east");
        load.awaitAccepted(200);
        Files.delete(filler);
        running.add(brokerOn(holder, disk, port, controllerPort));
        load.finish(received);
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Test
    void aQuotaIsNamedAsWhatHoldsTheRouteBack() throws Exception {
        Broker east = new Broker(folder.resolve("east"));
        running.add(east);
        landscape.dataCentre("east", east.bootstrapServers());
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        load.awaitMore(received, 100);
        setQuota(east, 10_000.0);
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(
                () -> assertThat(Landscape.report(routing, "east").reason()).contains("Throttled by a quota of east"));
        setQuota(east, null);
        load.finish(received);
    }

    /** Limits what each client may produce, in bytes a second, or does not if it is null. */
    private static void setQuota(Broker broker, Double bytes) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put(ClientQuotaEntity.CLIENT_ID, null);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers().get(0)))) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                    new ClientQuotaEntity(all), List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytes)))))
                    .all().get(30, TimeUnit.SECONDS);
        }
    }
}
