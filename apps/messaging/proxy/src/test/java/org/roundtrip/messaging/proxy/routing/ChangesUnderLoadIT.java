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
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Hops;
import org.roundtrip.messaging.proxy.record.Origin;
import org.roundtrip.messaging.proxy.record.RoutingInformation;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.testing.JavaProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators change while messages flow: proxies that come and go, ways, pauses, topics; and messages that can't be
 * delivered among others that can.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChangesUnderLoadIT {

    /** Longer than any of these tests waits. */
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final String LETTERS = "roundtrip.dead-letters.to-east";

    @TempDir
    private Path folder;
    private Broker west;
    private Broker centre;
    private Broker east;
    private Landscape landscape;

    @BeforeEach
    void start() throws IOException {
        west = new Broker(folder.resolve("west"));
        centre = new Broker(folder.resolve("centre"));
        east = new Broker(folder.resolve("east"));
        landscape = new Landscape("west").dataCentre("west", west.bootstrapServers())
                .dataCentre("centre", centre.bootstrapServers()).dataCentre("east", east.bootstrapServers())
                .route("west", "centre").route("centre", "east");
    }

    @AfterEach
    void stop() throws Exception {
        landscape.close();
        west.close();
        centre.close();
        east.close();
    }

    @Test
    void nothingIsLostDoubledOrReorderedWhileProxiesComeAndGo() throws Exception {
        landscape.route("west", "east");
        List<String> received = landscape.receive("east");
        RoutingProxy first = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        load.awaitMore(received, 200);
        RoutingProxy second = landscape.routingProxy("west", "routing-2");
        load.awaitMore(received, 500);
        RoutingProxy third = landscape.routingProxy("west", "routing-3");
        load.awaitMore(received, 500);
        first.close();
        load.awaitMore(received, 500);
        landscape.routingProxy("west", "routing-1");
        second.close();
        load.awaitMore(received, 500);
        third.close();
        load.awaitMore(received, 500);
        load.finish(received);
    }

    @Test
    void othersTakeOverFromAProxyThatIsKilledLongBeforeTheirGroupWouldLetThem() throws Exception {
        landscape.route("west", "east");
        List<String> received = landscape.receive("east");
        JavaProcess victim = landscape.routingProcess("west", "victim", NEVER, folder);
        Landscape.Load load = landscape.load("east");
        load.awaitMore(received, 200);
        RoutingProxy survivor = landscape.routingProxy("west", "survivor", NEVER);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                Landscape.report(survivor, "east").partitions()).isPositive());
        load.awaitMore(received, 500);
        long killed = System.nanoTime();
        victim.kill();
        load.awaitMore(received, 500);
        load.finish(received);
        System.out.println("The longest time of a message when a routing proxy is killed: "
                                   + load.longestTime(killed).toMillis() + " ms");
    }

    @Test
    void nothingIsLostDoubledOrReorderedWhileTheWayChanges() throws Exception {
        List<String> received = landscape.receive("east");
        RoutingProxy transit = landscape.routingProxy("centre", "routing-1");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        load.awaitMore(received, 300);
        // Many are under way in the centre when the direct way opens.
        transit.close();
        load.awaitAccepted(500);
        landscape.route("west", "east").configure();
        Landscape.awaitState(routing, "east", RouteState.WAITING, "under way in centre", "overtakes");
        landscape.routingProxy("centre", "routing-1");
        load.awaitMore(received, 800);
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
        landscape.withoutRoute("west", "east").configure();
        load.awaitMore(received, 500);
        landscape.route("west", "east").configure();
        load.awaitMore(received, 500);
        load.finish(received);
    }

    @Test
    void aRouteThatIsPausedCarriesNothingAndAllWhenItGoesOn() throws Exception {
        landscape.route("west", "east", route -> route.isPaused(true));
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.Load load = landscape.load("east");
        load.awaitAccepted(200);
        Landscape.awaitState(routing, "east", RouteState.PAUSED, "operator");
        Awaitility.await().untilAsserted(() -> assertThat(Landscape.report(routing, "east").backlogMessages())
                .isGreaterThan(100));
        assertThat(received).isEmpty();
        landscape.route("west", "east").configure();
        load.awaitMore(received, 300);
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
        landscape.route("west", "east", route -> route.isPaused(true)).configure();
        Landscape.awaitState(routing, "east", RouteState.PAUSED, "operator");
        load.awaitAccepted(200);
        landscape.route("west", "east").configure();
        load.finish(received);
    }

    @Test
    void aTopicThatIsDeletedIsMadeAgainAndMessagesGoOn() throws Exception {
        landscape.route("west", "east");
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        Landscape.awaitOnceAndInOrder(received, landscape.send("east", 0, 50));
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
        received.clear();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", west.bootstrapServers().get(0)))) {
            admin.deleteTopics(List.of("roundtrip.public.east")).all().get(30, TimeUnit.SECONDS);
        }
        Landscape.awaitOnceAndInOrder(received, landscape.send("east", 50, 100));
        received.clear();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", east.bootstrapServers().get(0)))) {
            admin.deleteTopics(List.of("roundtrip.private.to-east")).all().get(30, TimeUnit.SECONDS);
        }
        Landscape.awaitOnceAndInOrder(received, landscape.send("east", 100, 150));
    }

    @Test
    void whatCanNotBeDeliveredBecomesADeadLetterWithItsReasonAndNothingElseDoes() {
        landscape.route("west", "east");
        List<String> received = landscape.receive("east");
        RoutingProxy routing = landscape.routingProxy("west", "routing-1");
        List<String> sent = new ArrayList<>(landscape.send("east", 0, 20));
        long past = System.currentTimeMillis() - 1;
        store(headers("to-east"), 3 << 20);
        store(headers("to-nowhere"), 1);
        store(headers("to-east").add(HeaderNames.EXPIRES, Decimal.bytes(past)), 1);
        store(headers("to-east").add(HeaderNames.HOPS, Hops.NONE.with("centre").with("west").bytes()).add(
                HeaderNames.ORIGIN, new Origin("centre", 0, 1, 1).bytes()), 1);
        store(new RecordHeaders(), 1);
        store(new RecordHeaders().add(HeaderNames.ROUTING, new byte[]{'?'}), 1);
        sent.addAll(landscape.send("east", 20, 40));
        Landscape.awaitOnceAndInOrder(received, sent);
        Awaitility.await().untilAsserted(() -> assertThat(Landscape.report(routing, "east").deadLetters())
                .isEqualTo(6));
        assertThat(reasons()).hasSize(6).anyMatch(reason -> reason.contains("refuses it"))
                .anyMatch(reason -> reason.contains("no queue 'to-nowhere'"))
                .anyMatch(reason -> reason.contains("expired"))
                .anyMatch(reason -> reason.contains("loop") && reason.contains("west"))
                .anyMatch(reason -> reason.contains("no routing information"));
        Landscape.awaitState(routing, "east", RouteState.RUNNING);
    }

    private RecordHeaders headers(String queue) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.SENDER, Landscape.application("west").getBytes(StandardCharsets.UTF_8));
        headers.add(HeaderNames.ACCEPTED, Decimal.bytes(System.currentTimeMillis()));
        headers.add(HeaderNames.ROUTING, new RoutingInformation(queue, "east", east.bootstrapServers()).bytes());
        return headers;
    }

    /** Stores what no message proxy would, in a topic that allows it. */
    private void store(Headers headers, int bytes) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", west.bootstrapServers().get(0)))) {
            admin.incrementalAlterConfigs(Map.of(
                    new ConfigResource(
                            ConfigResource.Type.TOPIC, "roundtrip.public.east"),
                    List.of(new AlterConfigOp(
                            new ConfigEntry("max.message.bytes", "8388608"),
                            AlterConfigOp.OpType.SET)))).all().toCompletionStage()
                    .toCompletableFuture().join();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaClients.writer(Map.of(), west.bootstrapServers(), "none"))) {
            producer.send(new ProducerRecord<>("roundtrip.public.east", 0, new byte[]{1}, new byte[bytes], headers));
            producer.flush();
        }
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        TopicPartition letters = new TopicPartition(LETTERS, 0);
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                KafkaClients.reader(Map.of(), west.bootstrapServers()))) {
            reader.assign(Set.of(letters));
            reader.seekToBeginning(Set.of(letters));
            long end = reader.endOffsets(Set.of(letters)).get(letters);
            while (reader.position(letters) < end) {
                reader.poll(Duration.ofMillis(200)).forEach(record -> reasons.add(HeaderNames.value(
                        record.headers(), HeaderNames.REASON).map(text -> new String(text, StandardCharsets.UTF_8))
                        .orElseThrow()));
            }
        }
        return reasons;
    }
}
