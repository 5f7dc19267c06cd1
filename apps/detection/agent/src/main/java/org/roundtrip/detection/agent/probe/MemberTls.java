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
package org.roundtrip.detection.agent.probe;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS with members. Thread-safe.
 */
final class MemberTls {

    private static final int HTTPS = 443;

    private final SslContext anybody;
    private final SslContext trusted;

    MemberTls() {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            // Without a trust manager of its own it trusts whom the Java runtime does.
            this.trusted = builder.build();
            this.anybody = builder.trustManager(InsecureTrustManagerFactory.INSTANCE).build();
        } catch (SSLException e) {
            throw new IllegalStateException("The Java runtime offers no TLS", e);
        }
    }

    /**
     * Returns what does TLS on a channel. It has no timeout of its own.
     *
     * @param allocator of the channel
     * @param host      the name or address of the service, perhaps with a port; an IPv6 address in brackets
     * @param verifies  whether the member must have a certificate for it from somebody who is trusted
     * @return the handler
     */
    SslHandler handler(ByteBufAllocator allocator, String host, boolean verifies) {
        String name = host.startsWith("[") ? host.substring(1, host.indexOf(']')) : host.replaceFirst(":\\d+$", "");
        SslHandler handler = verifies ? verifying(allocator, name) : unverified(allocator, name);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private SslHandler verifying(ByteBufAllocator allocator, String name) {
        SslHandler handler = trusted.newHandler(allocator, name, HTTPS);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private SslHandler unverified(ByteBufAllocator allocator, String name) {
        // A name is sent to the member as server name indication (RFC 6066, section 3); an address must not be.
        return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name) ? anybody.newHandler(allocator)
                : anybody.newHandler(allocator, name, HTTPS);
    }
}
