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
package org.roundtrip.messaging.proxy.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.message.Examples;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.server.v1.Delivery;
import org.roundtrip.messaging.proxy.server.v1.MessageProxyGrpc;
import org.roundtrip.messaging.proxy.server.v1.ReceiveRequest;
import org.roundtrip.messaging.proxy.server.v1.SendRequest;
import org.roundtrip.messaging.proxy.server.v1.SendResponse;
import org.roundtrip.messaging.proxy.server.v1.Settlement;
import org.roundtrip.messaging.proxy.server.v1.Subscription;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The server with real clients and a real storage server. HTTP asks for the payment and gRPC for the audit, so that
 * neither gets what the other waits for.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MessageServerIT {

    @TempDir
    private static Path folder;
    private static Broker broker;
    private static MessageProxy proxy;
    private static MessageServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        broker = new Broker(folder.resolve("north"));
        proxy = new MessageProxy(MessageProxySettings.of("proxy-1", "north"), new SimpleMeterRegistry());
        server = new MessageServer(proxy, new InetSocketAddress("127.0.0.1", 0), Optional.empty());
        server.start();
        proxy.configure(Examples.configuration(broker.bootstrapServers()).build());
    }

    @AfterAll
    static void stop() {
        server.close();
        proxy.close();
        broker.close();
    }

    private HttpResponse<String> ask(String token, String path, HttpRequest.Builder request) throws Exception {
        return client.send(request.uri(URI.create("http://127.0.0.1:" + server.port() + path))
                                   .header("Authorization", "Bearer " + token).timeout(Duration.ofMinutes(1)).build(),
                           BodyHandlers.ofString());
    }

    private static MessageProxyGrpc.MessageProxyStub stub(String token) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + server.port())
                .responseTimeoutMillis(0).maxResponseLength(0)
                .addHeader("authorization", "Bearer " + token)
                .build(MessageProxyGrpc.MessageProxyStub.class);
    }

    private static MessageProxyGrpc.MessageProxyBlockingStub blocking(String token) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + server.port())
                .addHeader("authorization", "Bearer " + token)
                .responseTimeout(Duration.ofMinutes(1))
                .build(MessageProxyGrpc.MessageProxyBlockingStub.class);
    }

    @Test
    void plainHttpSendsReceivesAndAcknowledges() throws Exception {
        HttpResponse<String> sent = ask("token of shop", "/v1/messages/payment", HttpRequest.newBuilder()
                .POST(BodyPublishers.ofString("hello")).header("Roundtrip-Key", "%D0%BA 1")
                .header("Roundtrip-Header-tenant", "%C3%BC"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        String id = new ObjectMapper().readTree(sent.body()).get("id").asText();

        JsonNode messages = new ObjectMapper().readTree(ask("token of payment", "/v1/messages?max=10",
                HttpRequest.newBuilder().GET().header("Prefer", "wait=60")).body());
        assertThat(messages).hasSize(1);
        JsonNode message = messages.get(0);
        assertThat(message.get("id").asText()).isEqualTo(id);
        assertThat(message.get("key").asText()).isEqualTo("к 1");
        assertThat(message.get("sender").asText()).isEqualTo("shop");
        assertThat(Base64.getDecoder().decode(message.get("payload").asText())).asString().isEqualTo("hello");
        assertThat(Base64.getDecoder().decode(message.get("headers").get("tenant").asText())).asString()
                .isEqualTo("ü");

        String settlement = "{\"acknowledge\": [\"" + message.get("receipt").asText() + "\"]}";
        assertThat(ask("token of payment", "/v1/acknowledgements",
                       HttpRequest.newBuilder().POST(BodyPublishers.ofString(settlement))).statusCode()).isEqualTo(204);
        HttpResponse<String> twice = ask("token of payment", "/v1/acknowledgements",
                                         HttpRequest.newBuilder().POST(BodyPublishers.ofString(settlement)));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(ask("token of payment", "/v1/messages", HttpRequest.newBuilder().GET()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void whoAsksWhetherItIsReadyNeedsNoToken() throws Exception {
        HttpResponse<String> response = ask("guess", "/ready", HttpRequest.newBuilder().GET());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void whatIsWrongIsAProblemDocument() throws Exception {
        assertProblem(ask("guess", "/v1/messages/payment", post("x")), 401, "no application has this token");
        assertProblem(ask("token of shop", "/v1/messages/nobody", post("x")), 404, "no application 'nobody'");
        assertProblem(ask("token of payment", "/v1/messages/shop", post("x")), 404, "no queue");
        assertProblem(ask("token of shop", "/v1/messages/payment?when-full=maybe", post("x")), 400, "maybe");
        assertProblem(ask("token of shop", "/v1/messages/payment", post("x").header("Roundtrip-Key", "%D0")), 400,
                      "UTF-8");
        assertProblem(ask("token of shop", "/v1/messages/payment", post("x").header("Roundtrip-Key", "%zz")), 400,
                      "hexadecimal");
        assertProblem(ask("token of ledger", "/v1/messages", HttpRequest.newBuilder().GET()), 400, "south");
        assertProblem(ask("token of ledger", "/v1/messages?max=0", HttpRequest.newBuilder().GET()), 400, "");
        assertProblem(ask("token of payment", "/v1/acknowledgements", post("[")), 400, "malformed JSON");
    }

    private static HttpRequest.Builder post(String body) {
        return HttpRequest.newBuilder().POST(BodyPublishers.ofString(body));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).contains(detail).contains("\"status\":" + status);
    }

    @Test
    void grpcSaysWhatIsWrongByItsCodes() {
        SendRequest request = SendRequest.newBuilder().setProcessor("nobody").build();
        assertStatus(() -> blocking("guess").send(request), Status.Code.UNAUTHENTICATED);
        assertStatus(() -> blocking("token of shop").send(request), Status.Code.NOT_FOUND);
        assertStatus(() -> blocking("token of shop").send(
                request.toBuilder().setProcessor("payment").setPayload(ByteString.copyFrom(new byte[2 << 20])).build()),
                     Status.Code.INVALID_ARGUMENT);
    }

    private static void assertStatus(ThrowingCallable call, Status.Code code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, failure ->
                assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(code));
    }

    @Test
    void grpcStreamsDeliveriesAndWhatIsRefusedComesAgain() throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        StreamObserver<ReceiveRequest> requests = stub("token of audit").receive(new StreamObserver<>() {
            @Override
            public void onNext(Delivery delivery) {
                deliveries.add(delivery);
            }

            @Override
            public void onError(Throwable failure) {
                failures.add(failure);
            }

            @Override
            public void onCompleted() {
                // As the call ends.
            }
        });
        requests.onNext(ReceiveRequest.newBuilder().setSubscription(Subscription.newBuilder().setWindow(10)).build());
        SendResponse sent = blocking("token of shop").send(
                SendRequest.newBuilder().setProcessor("audit").setKey("grpc").setPayload(ByteString.EMPTY).build());
        Delivery first = until(deliveries, sent.getId());
        requests.onNext(ReceiveRequest.newBuilder().setRefuse(
                Settlement.newBuilder().setNumber(first.getNumber()).setReason("not now")).build());
        Delivery second = until(deliveries, sent.getId());
        assertThat(second.getAttempt()).isEqualTo(2);
        assertThat(second.getPosition()).isEqualTo(first.getPosition());
        assertThat(second.getKey()).isEqualTo("grpc");
        requests.onNext(ReceiveRequest.newBuilder().setAcknowledge(
                Settlement.newBuilder().setNumber(second.getNumber())).build());
        requests.onCompleted();
        assertThat(failures).isEmpty();
    }

    private static Delivery until(BlockingQueue<Delivery> deliveries, String id) throws InterruptedException {
        for (Delivery delivery = deliveries.poll(1, TimeUnit.MINUTES); delivery != null;
                delivery = deliveries.poll(1, TimeUnit.MINUTES)) {
            if (delivery.getId().equals(id)) {
                return delivery;
            }
        }
        throw new AssertionError("no delivery of " + id);
    }
}
