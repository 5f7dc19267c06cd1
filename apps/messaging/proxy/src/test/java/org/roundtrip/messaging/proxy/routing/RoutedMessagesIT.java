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

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;
import org.roundtrip.messaging.proxy.message.SubscriptionOptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages from an application in one data centre to one in another: both message proxies, routing proxies and storage
 * servers. There is no direct route from the west to the east: that way leads through the centre.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RoutedMessagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int KEYS = 10;

    @TempDir
    private Path folder;
    private final List<AutoCloseable> running = new ArrayList<>();
    private Broker west;
    private Broker centre;
    private Broker east;
    private MessageProxy sender;
    private MessagingConfiguration configuration;

    @BeforeEach
    void start() throws IOException {
        Awaitility.setDefaultTimeout(PATIENCE);
        west = closed(new Broker(folder.resolve("west")));
        centre = closed(new Broker(folder.resolve("centre")));
        east = closed(new Broker(folder.resolve("east")));
        configuration = configuration(1, List.of());
        sender = messageProxy("west");
    }

    @AfterEach
    void stop() throws Exception {
        Collections.reverse(running);
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closed(T each) {
        running.add(each);
        return each;
    }

    private MessagingConfiguration configuration(long version, List<RouteOrder> orders) {
        MessagingConfiguration.Builder builder = MessagingConfiguration.builder();
        return builder.version(version)
                .addDataCentres(dataCentre("west", west), dataCentre("centre", centre), dataCentre("east", east))
                .addApplications(application("shop", "west"), application("stock", "centre"),
                                 application("ledger", "east"))
                .addQueues(queue("items", "stock"), queue("bookings", "ledger"))
                .addRoutes(route("west", "centre"), route("centre", "east"))
                .orders(orders).build();
    }

    private static DataCentre dataCentre(String name, Broker broker) {
        DataCentre.Builder builder = DataCentre.builder();
        return builder.name(name).bootstrapServers(broker.bootstrapServers()).partitions(3).build();
    }

    private static Application application(String name, String dataCentre) {
        Application.Builder builder = Application.builder();
        return builder.name(name).dataCentre(dataCentre).build();
    }

    private static MessageQueue queue(String name, String processor) {
        MessageQueue.Builder builder = MessageQueue.builder();
        return builder.name(name).addSenders("shop").processor(processor).partitions(2).build();
    }

    private static MessageRoute route(String from, String to) {
        MessageRoute.Builder builder = MessageRoute.builder();
        builder.from(from).to(to);
        return builder.build();
    }

    private MessageProxy messageProxy(String dataCentre) {
        MessageProxy proxy = closed(new MessageProxy(MessageProxySettings.of("message-" + dataCentre, dataCentre),
                                                     new SimpleMeterRegistry()));
        proxy.configure(configuration);
        return proxy;
    }

    private RoutingProxy routingProxy(String dataCentre, String name) {
        RoutingProxy proxy = closed(new RoutingProxy(dataCentre, name, any -> Map.of()));
        proxy.configure(Correspondence.of(configuration));
        return proxy;
    }

    /** Receives and acknowledges, in the order of arrival. */
    private List<String> received(String dataCentre, String application) {
        List<String> payloads = Collections.synchronizedList(new ArrayList<>());
        MessageProxy receiver = messageProxy(dataCentre);
        closed(receiver.receive(application, SubscriptionOptions.USUAL, delivery -> {
            payloads.add(new String(delivery.payload(), StandardCharsets.UTF_8));
            delivery.acknowledge();
        }));
        return payloads;
    }

    private List<String> send(String processor, int from, int to) {
        List<String> sent = IntStream.range(from, to).mapToObj(i -> i % KEYS + ":" + i).toList();
        sent.forEach(payload -> sender.send(OutgoingMessage.of(
                "shop", processor, payload.substring(0, 1), payload.getBytes(StandardCharsets.UTF_8))).join());
        return sent;
    }

    private static void awaitOnceAndInOrder(List<String> received, List<String> sent) {
        Awaitility.await().untilAsserted(() -> assertThat(received).hasSizeGreaterThanOrEqualTo(sent.size()));
        assertOnceAndInOrder(received, sent);
    }

    private static void assertOnceAndInOrder(List<String> received, List<String> sent) {
        List<String> all = List.copyOf(received);
        assertThat(all).containsExactlyInAnyOrderElementsOf(sent);
        IntStream.range(0, KEYS).mapToObj(key -> key + ":").forEach(key -> assertThat(
                all.stream().filter(each -> each.startsWith(key)).toList())
                .isEqualTo(sent.stream().filter(each -> each.startsWith(key)).toList()));
    }

    private static RouteReport report(RoutingProxy proxy, String to) {
        return proxy.reports().stream().filter(each -> each.to().equals(to)).findFirst().orElseThrow();
    }

    @Test
    void messagesArriveOnceAndInOrderThoughRoutingProxiesComeAndGo() {
        List<String> received = received("centre", "stock");
        List<String> sent = new ArrayList<>(send("stock", 0, 100));
        RoutingProxy first = routingProxy("west", "routing-1");
        awaitOnceAndInOrder(received, sent);
        RoutingProxy second = routingProxy("west", "routing-2");
        sent.addAll(send("stock", 100, 200));
        first.close();
        sent.addAll(send("stock", 200, 300));
        awaitOnceAndInOrder(received, sent);
        Awaitility.await().untilAsserted(() -> {
            RouteReport report = report(second, "centre");
            assertThat(report.state()).isEqualTo(RouteState.RUNNING);
            assertThat(report.backlogMessages()).isZero();
            // The public topics of the centre and, in transit, of the east.
            assertThat(report.partitions()).isEqualTo(6);
        });
        assertOnceAndInOrder(received, sent);
    }

    @Test
    void aMessageOfAMebibyteArrivesThoughTheRoutingProxyHasMadeItsTopics() {
        RoutingProxy routing = routingProxy("west", "routing-1");
        Awaitility.await().until(() -> report(routing, "centre").state() == RouteState.RUNNING);
        String payload = "x".repeat(1 << 20);
        sender.send(OutgoingMessage.of("shop", "stock", "large", payload.getBytes(StandardCharsets.UTF_8))).join();
        Awaitility.await().until(() -> report(routing, "centre").sentMessages() == 1);

        List<String> received = received("centre", "stock");
        Awaitility.await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0)).isEqualTo(payload);
        assertThat(report(routing, "centre").deadLetters()).isZero();
    }

    @Test
    void messagesArriveThroughAThirdDataCentre() {
        List<String> received = received("east", "ledger");
        routingProxy("west", "routing-1");
        List<String> sent = new ArrayList<>(send("ledger", 0, 50));
        RoutingProxy transit = routingProxy("centre", "routing-1");
        awaitOnceAndInOrder(received, sent);
        transit.close();
        sent.addAll(send("ledger", 50, 100));
        routingProxy("centre", "routing-1");
        awaitOnceAndInOrder(received, sent);
    }

    @Test
    void aDataCentreThatIsDownHoldsUpNoOtherAndItsMessagesArriveWhenItIsBack() {
        List<String> received = received("centre", "stock");
        List<String> booked = received("east", "ledger");
        RoutingProxy transit = routingProxy("centre", "routing-1");
        routingProxy("west", "routing-1");
        List<String> before = new ArrayList<>(send("ledger", 0, 10));
        awaitOnceAndInOrder(booked, before);
        east.stop();
        before.addAll(send("ledger", 10, 60));
        List<String> sent = send("stock", 0, 60);
        awaitOnceAndInOrder(received, sent);
        Awaitility.await().untilAsserted(() -> assertThat(report(transit, "east").state())
                .as(report(transit, "east").reason()).isEqualTo(RouteState.WAITING));
        east.start();
        awaitOnceAndInOrder(booked, before);
    }

    @Test
    void anOperatorHasMessagesSentAgainOrLeftOut() {
        List<String> received = received("centre", "stock");
        RoutingProxy routing = routingProxy("west", "routing-1");
        List<String> first = send("stock", 0, 20);
        awaitOnceAndInOrder(received, first);
        received.clear();

        Instant before = Instant.now().minusSeconds(3600);
        configuration = configuration(2, List.of(order(2, RouteOrder.Move.REWIND, before)));
        routing.configure(Correspondence.of(configuration));
        awaitOnceAndInOrder(received, first);
        Awaitility.await().untilAsserted(() -> assertThat(report(routing, "centre").order()).hasValue(2));
        received.clear();

        routing.close();
        send("stock", 20, 40);
        Instant now = Instant.now();
        Awaitility.await().until(() -> Instant.now().isAfter(now.plusMillis(5)));
        configuration = configuration(3, List.of(order(3, RouteOrder.Move.SKIP, Instant.now())));
        List<String> last = send("stock", 40, 60);
        RoutingProxy next = routingProxy("west", "routing-1");
        awaitOnceAndInOrder(received, last);
        Awaitility.await().untilAsserted(() -> assertThat(report(next, "centre").order()).hasValue(3));
        assertOnceAndInOrder(received, last);
    }

    private static RouteOrder order(long number, RouteOrder.Move move, Instant since) {
        RouteOrder.Builder builder = RouteOrder.builder();
        builder.from("west").to("centre").number(number).move(move).since(since);
        return builder.build();
    }
}
