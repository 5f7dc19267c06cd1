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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.agent.compute.StatusCodes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Compares a response with what is expected, and ends the probe as soon as it is known.
 */
final class HttpResponseHandler extends SimpleChannelInboundHandler<HttpObject> {

    /** What a response may be looked into. */
    private static final int LONGEST_BODY = 64 * 1024;

    private final ChannelProbe probe;
    private final StatusCodes expectedStatus;
    private final Optional<String> expectedBody;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int status;

    HttpResponseHandler(ChannelProbe probe, StatusCodes expectedStatus, Optional<String> expectedBody) {
        this.probe = probe;
        this.expectedStatus = expectedStatus;
        this.expectedBody = expectedBody;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            probe.end(Outcome.bad("no HTTP response: " + part.decoderResult().cause().getMessage()));
        } else if (part instanceof HttpResponse response) {
            begin(response);
        } else if (part instanceof HttpContent content && isFinal()) {
            append(content.content());
            compare(part instanceof LastHttpContent);
        }
    }

    private void begin(HttpResponse response) {
        status = response.status().code();
        if (isFinal() && !expectedStatus.contains(status)) {
            probe.end(Outcome.bad("HTTP " + status));
        } else if (isFinal() && expectedBody.isEmpty()) {
            probe.end(good());
        }
    }

    /** Interim responses come before the one that counts (RFC 9110, section 15.2). */
    private boolean isFinal() {
        return HttpStatusClass.valueOf(status) != HttpStatusClass.INFORMATIONAL && status != 0;
    }

    private void append(ByteBuf part) {
        byte[] bytes = ByteBufUtil.getBytes(part, part.readerIndex(),
                Math.min(part.readableBytes(), LONGEST_BODY - body.size()));
        body.write(bytes, 0, bytes.length);
    }

    private void compare(boolean complete) {
        expectedBody.ifPresent(expected -> {
            ByteBuf wanted = Unpooled.copiedBuffer(expected, StandardCharsets.UTF_8);
            if (ByteBufUtil.indexOf(wanted, Unpooled.wrappedBuffer(body.toByteArray())) >= 0) {
                probe.end(good());
            } else if (complete || body.size() >= LONGEST_BODY) {
                probe.end(Outcome.bad("body lacks \"" + expected + "\""));
            }
        });
    }

    private Outcome good() {
        return Outcome.good("HTTP " + status);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        // First the codec: where no length is given, the end of the connection is that of the body.
        super.channelInactive(context);
        probe.end(Outcome.bad(status == 0 ? "connection closed without an HTTP response"
                : "connection closed within the body"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        probe.end(Failures.outcome(cause));
    }
}
