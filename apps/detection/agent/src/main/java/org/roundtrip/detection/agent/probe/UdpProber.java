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
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.protocol.Check;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends a datagram and compares the first response, or hears that nobody takes it.
 *
 * <p>Each probe has a socket of its own: a late response to the one before goes to another port, and is not taken for
 * one to this.
 */
final class UdpProber implements Prober {

    private final ProbeChannels channels;
    private final DatagramErrors errors;

    UdpProber(ProbeChannels channels, DatagramErrors errors) {
        this.channels = channels;
        this.errors = errors;
    }

    @Override
    public Probe begin(Check check, Consumer<Outcome> ended) {
        byte[] payload = HexFormat.of().parseHex(check.settings().payload());
        Optional<byte[]> expected = check.settings().expectedResponse().map(HexFormat.of()::parseHex);
        InetSocketAddress target = Targets.of(check);
        ProbeChannels.Connection connection = channels.udp(target, ended);
        ChannelProbe probe = connection.probe();
        connection.channel().pipeline().addLast(new ResponseHandler(probe, expected));
        connection.open(() -> {
            errors.end(connection.channel(), target, probe);
            connection.channel().read();
            connection.channel().writeAndFlush(Unpooled.wrappedBuffer(payload))
                    .addListener((ChannelFutureListener) probe::endIfFailed);
        });
        return probe;
    }

    private static final class ResponseHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        private final ChannelProbe probe;
        private final Optional<byte[]> expected;

        ResponseHandler(ChannelProbe probe, Optional<byte[]> expected) {
            this.probe = probe;
            this.expected = expected;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket response) {
            boolean asExpected = expected.map(each -> startsWith(response.content(), each)).orElse(true);
            probe.end(asExpected ? Outcome.good("response received")
                    : Outcome.bad("response does not begin with " + HexFormat.of().formatHex(expected.orElseThrow())));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            probe.end(Failures.outcome(cause));
        }

        private static boolean startsWith(ByteBuf response, byte[] expected) {
            return response.readableBytes() >= expected.length
                    && response.slice(0, expected.length).equals(Unpooled.wrappedBuffer(expected));
        }
    }
}
