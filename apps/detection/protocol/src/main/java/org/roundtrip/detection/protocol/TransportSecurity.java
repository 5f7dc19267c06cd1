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
package org.roundtrip.detection.protocol;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether and how a connection is protected by TLS. Files are PEM, and are read once. Immutable, thread-safe.
 */
public final class TransportSecurity {

    private static final TransportSecurity NONE = new TransportSecurity(Optional.empty());
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<SslContext> context;

    private TransportSecurity(Optional<SslContext> context) {
        this.context = context;
    }

    /**
     * Returns none: everybody on the way can read what is said, and who can change it on the way can lie. The secret of
     * the agent is safe.
     *
     * @return no TLS
     */
    public static TransportSecurity none() {
        return NONE;
    }

    /**
     * Returns TLS of a controller.
     *
     * @param certificates the certificate of the controller and those that it was signed with, in this order
     * @param key          its private key, PKCS #8, not encrypted
     * @return TLS
     * @throws IllegalArgumentException if the files can't be used; says why
     */
    public static TransportSecurity ofController(Path certificates, Path key) {
        try {
            return new TransportSecurity(Optional.of(
                    SslContextBuilder.forServer(certificates.toFile(), key.toFile())
                            .sslProvider(SslProvider.JDK)
                            .protocols(VERSIONS)
                            .build()));
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS can't use the certificates in " + certificates + " and the key in "
                                                       + key + ": " + rootMessage(e), e);
        }
    }

    /**
     * Returns TLS of an agent. The certificate of the controller must name the host or the address that the agent
     * connects to (RFC 2818, section 3.1).
     *
     * @param trusted certificates that the controllers have, or that theirs are signed with
     * @return TLS
     * @throws IllegalArgumentException if the file can't be used; says why
     */
    public static TransportSecurity ofAgent(Path trusted) {
        try {
            return new TransportSecurity(Optional.of(
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols(VERSIONS)
                            .trustManager(trusted.toFile())
                            .build()));
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS can't use the certificates in " + trusted + ": " + rootMessage(e),
                                               e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Returns the first handler of a connection that a controller has accepted. */
    Optional<SslHandler> accepting(ByteBufAllocator allocator) {
        return context.map(tls -> tls.newHandler(allocator));
    }

    /** Returns the first handler of a connection that an agent makes. */
    Optional<SslHandler> connecting(ByteBufAllocator allocator, String host, int port) {
        return context.map(tls -> {
            SslHandler handler = tls.newHandler(allocator, host, port);
            SSLEngine engine = handler.engine();
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            return handler;
        });
    }
}
