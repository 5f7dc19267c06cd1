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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.agent.compute.StatusCodes;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.ProbeSettings;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends an HTTP/1.1 request and compares the response, over TLS or not.
 *
 * <p>Over TLS the member's certificate is not verified: clients verify it, and a probe asks whether the member answers
 * them at all.
 */
final class HttpProber implements Prober {

    private static final String USER_AGENT = "roundtrip-detection";

    private final ProbeChannels channels;
    private final Optional<MemberTls> tls;

    HttpProber(ProbeChannels channels, Optional<MemberTls> tls) {
        this.channels = channels;
        this.tls = tls;
    }

    @Override
    public Probe begin(Check check, Consumer<Outcome> ended) {
        ProbeSettings settings = check.settings();
        StatusCodes expected = StatusCodes.of(settings.expectedStatus());
        String host = settings.host().orElseGet(() -> bracketed(check.host()));
        FullHttpRequest request = request(settings, host);
        InetSocketAddress target = Targets.of(check);

        ProbeChannels.Connection connection = channels.tcp(target, ended);
        ChannelProbe probe = connection.probe();
        ChannelPipeline pipeline = connection.channel().pipeline();
        Optional<SslHandler> security = tls.map(
                each -> each.handler(connection.channel().alloc(), host, settings.verifyCertificate()));
        security.ifPresent(each -> pipeline.addLast(each));
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(new HttpResponseHandler(probe, expected, settings.expectedBody()));
        connection.open(() -> {
            connection.channel().config().setAutoRead(true);
            probe.waitFor(tls.isPresent() ? "the TLS handshake" : "the HTTP response");
            security.ifPresent(each -> each.handshakeFuture().addListener(done -> probe.waitFor("the HTTP response")));
            connection.channel().writeAndFlush(request).addListener((ChannelFutureListener) probe::endIfFailed);
        });
        return probe;
    }

    private static FullHttpRequest request(ProbeSettings settings, String host) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(settings.method()), settings.path(), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
