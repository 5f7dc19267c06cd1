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

import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.server.v1.MessageProxyGrpc;
import org.roundtrip.messaging.proxy.server.v1.SendRequest;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What applications are told by a proxy that has no configuration yet.
 */
@Timeout(60)
class UnconfiguredServerTest {

    private final MessageProxy proxy =
            new MessageProxy(MessageProxySettings.of("proxy-1", "north"), new SimpleMeterRegistry());
    private final MessageServer server =
            new MessageServer(proxy, new InetSocketAddress("127.0.0.1", 0), Optional.empty());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        proxy.close();
    }

    @Test
    void plainHttpIsToldThatItIsUnavailableAndNotThatItsTokenIsWrong() throws Exception {
        HttpResponse<String> response = get("v1/messages");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.body()).contains("no configuration yet");
    }

    @Test
    void itIsNotReady() throws Exception {
        assertThat(get("ready").statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + path))
                        .header("Authorization", "Bearer right").build(), BodyHandlers.ofString());
    }

    @Test
    void grpcIsToldThatItIsUnavailableAndNotThatItsTokenIsWrong() {
        MessageProxyGrpc.MessageProxyBlockingStub stub =
                GrpcClients.builder("gproto+http://127.0.0.1:" + server.port())
                        .addHeader("authorization", "Bearer right")
                        .build(MessageProxyGrpc.MessageProxyBlockingStub.class);

        assertThatThrownBy(() -> stub.send(SendRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                    assertThat(refusal.getStatus().getDescription()).contains("no configuration yet");
                });
    }
}
