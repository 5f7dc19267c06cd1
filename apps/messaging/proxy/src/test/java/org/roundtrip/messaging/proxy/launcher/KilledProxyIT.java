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
package org.roundtrip.messaging.proxy.launcher;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.sun.net.httpserver.HttpServer;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;
import org.roundtrip.messaging.proxy.message.Examples;
import org.roundtrip.messaging.proxy.server.v1.Delivery;
import org.roundtrip.messaging.proxy.server.v1.MessageProxyGrpc;
import org.roundtrip.messaging.proxy.server.v1.Position;
import org.roundtrip.messaging.proxy.server.v1.ReceiveRequest;
import org.roundtrip.messaging.proxy.server.v1.SendRequest;
import org.roundtrip.messaging.proxy.server.v1.Settlement;
import org.roundtrip.messaging.proxy.server.v1.Subscription;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The proxy as a process that is killed between the delivery of messages and their commit.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KilledProxyIT {

    @TempDir
    private Path folder;
    private Broker broker;
    private HttpServer controller;
    private int port;
    private int metricsPort;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        broker = new Broker(folder.resolve("north"));
        byte[] configuration = ControllerJson.write(Examples.configuration(broker.bootstrapServers()).build())
                .getBytes(StandardCharsets.UTF_8);
        controller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        controller.createContext("/onos/roundtrip/messaging/configuration", exchange -> {
            boolean isKnown = "\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            exchange.sendResponseHeaders(isKnown ? 304 : 200, isKnown ? -1 : configuration.length);
            if (!isKnown) {
                exchange.getResponseBody().write(configuration);
            }
            exchange.close();
        });
        controller.start();
        port = Broker.freePort();
        metricsPort = Broker.freePort();
        Files.writeString(folder.resolve("proxy.properties"), String.join(
                "\n", "name = proxy-1", "data-centre = north",
                "controllers = http://127.0.0.1:" + controller.getAddress().getPort(),
                "state-folder = " + folder.resolve("state"), "listen = 127.0.0.1:" + port,
                "metrics-listen = 127.0.0.1:" + metricsPort));
        startProxy("message");
    }

    private void startProxy(String command) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                                     "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                                     Main.class.getName(), command, "--config",
                                     folder.resolve("proxy.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("proxy.log").toFile())).start();
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @AfterEach
    void stop() throws InterruptedException {
        kill();
        controller.stop(0);
        broker.close();
    }

    private <T extends AbstractStub<T>> T stub(String application, Class<T> type) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + port)
                .responseTimeoutMillis(0).maxResponseLength(0)
                .addHeader("authorization", "Bearer token of " + application)
                .build(type);
    }

    private String send(String key, String payload) {
        SendRequest request = SendRequest.newBuilder().setProcessor("audit").setKey(key)
                .setPayload(ByteString.copyFromUtf8(payload)).build();
        List<String> ids = new ArrayList<>();
        Awaitility.await().ignoreExceptionsMatching(StatusRuntimeException.class::isInstance).until(() -> {
            ids.add(stub("shop", MessageProxyGrpc.MessageProxyBlockingStub.class).send(request).getId());
            return true;
        });
        return ids.get(0);
    }

    /** An application that comes back again and again until it is closed, with what it remembers. */
    private final class Audit implements StreamObserver<Delivery>, AutoCloseable {

        private final Set<Position> processed = ConcurrentHashMap.newKeySet();
        private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
        private final boolean isToAcknowledge;
        private volatile boolean isClosed;
        private volatile StreamObserver<ReceiveRequest> requests;

        Audit(boolean isToAcknowledge) {
            this.isToAcknowledge = isToAcknowledge;
            connect();
        }

        private void connect() {
            requests = stub("audit", MessageProxyGrpc.MessageProxyStub.class).receive(this);
            requests.onNext(ReceiveRequest.newBuilder().setSubscription(
                    Subscription.newBuilder().setWindow(20).addAllProcessed(processed)).build());
        }

        @Override
        public void onNext(Delivery delivery) {
            deliveries.add(delivery);
            processed.add(delivery.getPosition());
            if (isToAcknowledge) {
                requests.onNext(ReceiveRequest.newBuilder().setAcknowledge(
                        Settlement.newBuilder().setNumber(delivery.getNumber())).build());
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!isClosed) {
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                        .execute(this::connect);
            }
        }

        @Override
        public void onCompleted() {
            onError(new IOException("The proxy has ended the call"));
        }

        @Override
        public void close() {
            isClosed = true;
            requests.onCompleted();
        }

        List<String> payloads() {
            synchronized (deliveries) {
                return deliveries.stream().map(each -> each.getPayload().toStringUtf8()).toList();
            }
        }
    }

    @Test
    void anApplicationThatStaysGetsNothingTwiceAndEverythingInOrder() throws Exception {
        int messages = 300;
        try (Audit audit = new Audit(true)) {
            for (int i = 0; i < messages; i++) {
                send("key " + i % 7, i % 7 + ":" + i);
                if (i % 100 == 50) {
                    kill();
                    startProxy("message");
                }
            }
            Awaitility.await().untilAsserted(() -> assertThat(Set.copyOf(audit.payloads())).hasSize(messages));
            Map<String, Long> perPosition = positions(audit.deliveries);
            assertThat(perPosition.values()).as("deliveries of a message").containsOnly(1L);
            for (int key = 0; key < 7; key++) {
                String prefix = key + ":";
                List<Integer> numbers = audit.payloads().stream().filter(each -> each.startsWith(prefix))
                        .map(each -> Integer.valueOf(each.substring(prefix.length()))).distinct().toList();
                assertThat(numbers).isSorted();
            }
        }
        assertThat(metrics()).contains("roundtrip_configuration_version 7.0")
                .contains("roundtrip_message_acknowledged_total{queue=\"audits\"}");
    }

    private String metrics() throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void oneProcessCanBeBothProxies() throws Exception {
        kill();
        startProxy("both");
        send("key", "hello");
        try (Audit audit = new Audit(true)) {
            Awaitility.await().untilAsserted(() -> assertThat(audit.payloads()).containsExactly("hello"));
            Awaitility.await().untilAsserted(() -> assertThat(metrics())
                    .contains("roundtrip_configuration_version 7.0")
                    .contains("roundtrip_message_acknowledged_total{queue=\"audits\"} 1.0")
                    .contains("roundtrip_route_running{to=\"south\"}"));
        }
    }

    private static Map<String, Long> positions(Collection<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::getPosition).map(Position::toString)
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    }

    @Test
    void anApplicationThatHasForgottenEverythingGetsWhatItHasNotAcknowledgedAgainByTheSameIdentifiers()
            throws Exception {
        List<String> sent = IntStream.range(0, 10).mapToObj(i -> send("key " + i, "m" + i)).toList();
        List<Delivery> before;
        try (Audit audit = new Audit(false)) {
            Awaitility.await().untilAsserted(() -> assertThat(audit.payloads()).hasSize(10));
            kill();
            before = List.copyOf(audit.deliveries);
        }
        startProxy("message");
        try (Audit audit = new Audit(true)) {
            Awaitility.await().untilAsserted(() -> assertThat(audit.payloads()).hasSize(10));
            assertThat(audit.deliveries).extracting(Delivery::getId).containsExactlyInAnyOrderElementsOf(sent)
                    .containsExactlyInAnyOrderElementsOf(before.stream().map(Delivery::getId).toList());
        }
    }
}
