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

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import io.grpc.ServerInterceptors;
import org.roundtrip.messaging.proxy.message.MessageProxy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Serves a message proxy to applications, by gRPC and plain HTTP on one port.
 */
public final class MessageServer implements AutoCloseable {

    /** A payload of 1 MiB in base64, and more. */
    private static final int LARGEST_REQUEST = 8 << 20;

    private final Mailboxes mailboxes;
    private final Server server;

    /**
     * By what the server proves to applications who it is, and by what their connections are encrypted.
     *
     * @param certificates a chain of X.509 certificates in PEM
     * @param key          the private key of the first, in PKCS #8 and PEM
     */
    public record Keys(Path certificates, Path key) {
    }

    /**
     * Creates a server.
     *
     * @param proxy   what it serves
     * @param address where it listens; the port 0 is any that is free
     * @param keys    those for TLS, or empty to do without
     */
    public MessageServer(MessageProxy proxy, InetSocketAddress address, Optional<Keys> keys) {
        mailboxes = new Mailboxes(proxy);
        Authentication authentication = new Authentication(proxy);
        ServerBuilder builder = Server.builder()
                .maxRequestLength(LARGEST_REQUEST)
                .gracefulShutdownTimeout(Duration.ofMillis(100), Duration.ofSeconds(5));
        keys.ifPresentOrElse(
                each -> builder.port(address, SessionProtocol.HTTPS)
                        .tls(each.certificates().toFile(), each.key().toFile()),
                () -> builder.port(address, SessionProtocol.HTTP));
        builder.service(GrpcService.builder()
                                .addService(ServerInterceptors.intercept(new GrpcMessageService(proxy),
                                                                         new GrpcAuthentication(authentication)))
                                .useClientTimeoutHeader(true)
                                .maxRequestMessageLength(LARGEST_REQUEST)
                                .build());
        builder.service("/ready", HealthCheckService.builder()
                .checkers(() -> proxy.correspondence().isPresent()).longPolling(Duration.ZERO).build());
        new HttpMessageService(proxy, authentication, mailboxes).addTo(builder);
        server = builder.build();
    }

    /** Begins to listen. */
    public void start() {
        server.start().join();
    }

    /**
     * Returns where it listens.
     *
     * @return the port
     */
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        mailboxes.close();
        server.stop().join();
    }
}
