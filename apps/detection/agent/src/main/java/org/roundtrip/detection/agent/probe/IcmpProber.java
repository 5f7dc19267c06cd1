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
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.roundtrip.detection.agent.compute.EchoMessage;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.protocol.Check;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends ICMP and ICMPv6 echo requests. All probes share one socket of each version, opened when it is first needed.
 */
final class IcmpProber implements Prober {

    private static final Logger log = LoggerFactory.getLogger(IcmpProber.class);

    private final EventLoop loop;
    private final Optional<ProbeSource> source;
    private final Map<EchoMessage.Version, Channel> channels = new EnumMap<>(EchoMessage.Version.class);
    private final Map<Long, EchoProbe> probes = new HashMap<>();
    /** An answer must bear it, so that nobody can answer for a member without having seen the request. */
    private final long key = new SecureRandom().nextLong();
    private long lastProbe;

    IcmpProber(EventLoop loop, Optional<ProbeSource> source) {
        this.loop = loop;
        this.source = source;
    }

    @Override
    public Probe begin(Check check, Consumer<Outcome> ended) {
        InetAddress target = ProbeSource.numeric(check.target());
        EchoMessage.Version version = target instanceof Inet6Address ? EchoMessage.Version.V6 : EchoMessage.Version.V4;
        Channel channel = channel(version);
        lastProbe++;
        EchoProbe probe = new EchoProbe(lastProbe, target, ended);
        probes.put(probe.number, probe);
        byte[] request = EchoMessage.request(version, key, probe.number);
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(request), new InetSocketAddress(target, 0)))
                .addListener((ChannelFutureListener) sent -> {
                    if (!sent.isSuccess()) {
                        probe.end(Failures.outcome(sent.cause()));
                    }
                });
        return probe;
    }

    private Channel channel(EchoMessage.Version version) {
        Channel open = channels.get(version);
        if (open != null && open.isOpen()) {
            return open;
        }
        Channel channel = RawSocket.channel(version, version.answers(), source, loop, new AnswerHandler(version));
        channels.put(version, channel);
        return channel;
    }

    private final class EchoProbe implements Probe {
        private final long number;
        private final InetAddress target;
        private final Consumer<Outcome> listener;

        EchoProbe(long number, InetAddress target, Consumer<Outcome> listener) {
            this.number = number;
            this.target = target;
            this.listener = listener;
        }

        void end(Outcome outcome) {
            if (probes.remove(number, this)) {
                listener.accept(outcome);
            }
        }

        @Override
        public String abandon() {
            probes.remove(number);
            return "";
        }
    }

    private final class AnswerHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        private final EchoMessage.Version version;

        AnswerHandler(EchoMessage.Version version) {
            this.version = version;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket received) {
            EchoMessage.read(version, key, received.content().nioBuffer()).ifPresent(answer -> {
                EchoProbe probe = probes.get(answer.probe());
                if (probe != null && probe.target.equals(received.sender().getAddress())) {
                    probe.end(answer.outcome());
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // As when the interface goes down; the next probe opens another socket.
            log.warn("The socket for {} has failed: {}", version, cause.toString());
            context.channel().unsafe().close(context.voidPromise());
        }
    }
}
