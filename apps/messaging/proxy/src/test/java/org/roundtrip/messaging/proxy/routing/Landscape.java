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
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;
import org.roundtrip.messaging.proxy.message.SubscriptionOptions;
import org.roundtrip.messaging.proxy.testing.JavaProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data centres with an application each, which is called by the name of its data centre with "-app", and all proxies of
 * them in this process. An application in the first data centre sends; what arrives is compared with what was accepted.
 */
final class Landscape implements AutoCloseable {

    static final int KEYS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String first;
    private final Map<String, List<String>> servers = new LinkedHashMap<>();
    private final Map<String, MessageRoute> routes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> clients = new HashMap<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<MessageProxy> messageProxies = new ArrayList<>();
    private final List<RoutingProxy> routingProxies = new ArrayList<>();
    private final Map<String, MessageProxy> senders = new HashMap<>();
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private long version;

    /**
     * Creates one.
     *
     * @param first the data centre that sends
     */
    Landscape(String first) {
        this.first = first;
    }

    static String application(String dataCentre) {
        return dataCentre + "-app";
    }

    Landscape dataCentre(String name, List<String> bootstrapServers) {
        servers.put(name, bootstrapServers);
        return this;
    }

    /** Adds settings for the clients of a storage server. */
    Landscape clients(String dataCentre, Map<String, String> settings) {
        clients.put(dataCentre, settings);
        return this;
    }

    Landscape route(String from, String to) {
        return route(from, to, route -> route);
    }

    Landscape route(String from, String to, UnaryOperator<MessageRoute.Builder> more) {
        MessageRoute.Builder route = MessageRoute.builder();
        route.from(from).to(to);
        routes.put(from + to, more.apply(route).build());
        return this;
    }

    Landscape withoutRoute(String from, String to) {
        routes.remove(from + to);
        return this;
    }

    private MessagingConfiguration configuration() {
        MessagingConfiguration.Builder configuration = MessagingConfiguration.builder();
        configuration.version(++version);
        servers.forEach((name, addresses) -> {
            DataCentre.Builder dataCentre = DataCentre.builder();
            configuration.addDataCentres(dataCentre.name(name).bootstrapServers(addresses).partitions(3).build());
            Application.Builder application = Application.builder();
            configuration.addApplications(application.name(application(name)).dataCentre(name).build());
            if (!name.equals(first)) {
                MessageQueue.Builder queue = MessageQueue.builder();
                configuration.addQueues(queue.name("to-" + name).addSenders(application(first))
                                                .processor(application(name)).partitions(2).build());
            }
        });
        return configuration.routes(routes.values()).build();
    }

    /** Tells all proxies what is configured now. */
    void configure() {
        MessagingConfiguration configuration = configuration();
        messageProxies.forEach(proxy -> proxy.configure(configuration));
        routingProxies.forEach(proxy -> proxy.configure(Correspondence.of(configuration)));
    }

    private <T extends AutoCloseable> T closed(T each) {
        running.add(each);
        return each;
    }

    MessageProxy messageProxy(String dataCentre) {
        MessageProxySettings settings = MessageProxySettings.of("message-" + messageProxies.size(), dataCentre)
                .withKafka(clients.getOrDefault(dataCentre, Map.of()));
        MessageProxy proxy = closed(new MessageProxy(settings, new SimpleMeterRegistry()));
        proxy.configure(configuration());
        messageProxies.add(proxy);
        return proxy;
    }

    RoutingProxy routingProxy(String dataCentre, String name) {
        return routingProxy(dataCentre, name, CarrierSettings.LEASE);
    }

    RoutingProxy routingProxy(String dataCentre, String name, Duration sessionTimeout) {
        RoutingProxy proxy = closed(new RoutingProxy(dataCentre, name, other -> Map.copyOf(
                clients.getOrDefault(other, Map.of())), sessionTimeout));
        proxy.configure(Correspondence.of(configuration()));
        routingProxies.add(proxy);
        return proxy;
    }

    /** One that can be killed. */
    JavaProcess routingProcess(String dataCentre, String name, Duration sessionTimeout, Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.json"), ControllerJson.write(configuration()));
        return closed(JavaProcess.start(RoutingProgram.class, "96m", folder.resolve(name), dataCentre, name,
                                        file.toString(), Long.toString(sessionTimeout.toSeconds())));
    }

    /** Receives and acknowledges, in the order of arrival. */
    List<String> receive(String dataCentre) {
        List<String> payloads = Collections.synchronizedList(new ArrayList<>());
        MessageProxy receiver = messageProxy(dataCentre);
        closed(receiver.receive(application(dataCentre), SubscriptionOptions.USUAL, delivery -> {
            String payload = new String(delivery.payload(), StandardCharsets.UTF_8);
            arrivals.put(payload, System.nanoTime());
            payloads.add(payload);
            delivery.acknowledge();
        }));
        return payloads;
    }

    private MessageProxy sender() {
        return senders.computeIfAbsent(first, this::messageProxy);
    }

    /** Sends messages one after the other. */
    List<String> send(String to, int from, int until) {
        List<String> sent = IntStream.range(from, until).mapToObj(Landscape::payload).toList();
        sent.forEach(payload -> sender().send(message(to, payload)).join());
        return sent;
    }

    private static String payload(long number) {
        return number % KEYS + ":" + number;
    }

    private OutgoingMessage message(String to, String payload) {
        return OutgoingMessage.of(application(first), application(to), payload.substring(0, payload.indexOf(':')),
                                  payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Begins to send about 500 messages a second. */
    Load load(String to) {
        return closed(new Load(to));
    }

    /** Sends all the time, and remembers what was accepted. */
    final class Load implements AutoCloseable {

        private static final int AT_ONCE = 10;
        private static final long MILLIS = 20;

        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
        private final List<Throwable> refused = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Long> acceptances = new ConcurrentHashMap<>();
        private final AtomicLong number = new AtomicLong();
        private final String to;

        Load(String to) {
            this.to = to;
            MessageProxy sender = sender();
            executor.scheduleAtFixedRate(() -> IntStream.range(0, AT_ONCE).forEach(any -> send(sender)), 0, MILLIS,
                                         TimeUnit.MILLISECONDS);
        }

        private void send(MessageProxy sender) {
            String payload = payload(number.getAndIncrement());
            sender.send(message(to, payload)).whenComplete((receipt, failure) -> {
                if (failure == null) {
                    acceptances.put(payload, System.nanoTime());
                    accepted.add(payload);
                } else {
                    refused.add(failure);
                }
            });
        }

        /** Waits until so many more have arrived. */
        void awaitMore(List<String> received, int messages) {
            int enough = received.size() + messages;
            Awaitility.await().atMost(PATIENCE).untilAsserted(
                    () -> assertThat(received.size()).as("messages that arrived").isGreaterThanOrEqualTo(enough));
        }

        /** Waits until so many more have been accepted. */
        void awaitAccepted(int messages) {
            int enough = accepted.size() + messages;
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepted.size())
                    .as("messages that were accepted, others: " + refused).isGreaterThanOrEqualTo(enough));
        }

        /** Ends it, and awaits that all has arrived, once, and in the order of each key. */
        void finish(List<String> received) throws InterruptedException {
            executor.shutdown();
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(refused).isEmpty();
                assertThat(accepted).as("accepted").hasSize((int) number.get());
                assertThat(received.size()).as("arrived").isGreaterThanOrEqualTo(accepted.size());
            });
            assertOnceAndInOrder(received, LongStream.range(0, number.get()).mapToObj(Landscape::payload).toList());
        }

        /** Returns how long a message took at most, from its acceptance since some time to its arrival. */
        Duration longestTime(long sinceNanos) {
            return Duration.ofNanos(acceptances.entrySet().stream().filter(
                    each -> each.getValue() - sinceNanos >= 0).mapToLong(
                    each -> arrivals.getOrDefault(each.getKey(), each.getValue()) - each.getValue()).max().orElse(0));
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    static void awaitOnceAndInOrder(List<String> received, List<String> sent) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(received.size()).as("arrived").isGreaterThanOrEqualTo(sent.size()));
        assertOnceAndInOrder(received, sent);
    }

    static void assertOnceAndInOrder(List<String> received, List<String> sent) {
        List<String> all = List.copyOf(received);
        assertThat(all).doesNotHaveDuplicates().hasSize(sent.size());
        IntStream.range(0, KEYS).mapToObj(key -> key + ":").forEach(key -> assertThat(
                all.stream().filter(each -> each.startsWith(key)).toList()).as("messages of key " + key)
                .isEqualTo(sent.stream().filter(each -> each.startsWith(key)).toList()));
    }

    static RouteReport report(RoutingProxy proxy, String to) {
        return proxy.reports().stream().filter(each -> each.to().equals(to)).findFirst().orElseThrow();
    }

    static void awaitState(RoutingProxy proxy, String to, RouteState state, String... words) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            RouteReport report = report(proxy, to);
            assertThat(report.state()).as(report.reason()).isEqualTo(state);
            assertThat(List.of(words)).allSatisfy(word -> assertThat(report.reason()).contains(word));
        });
    }

    @Override
    public void close() throws Exception {
        Collections.reverse(running);
        for (AutoCloseable each : running) {
            each.close();
        }
    }
}
