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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.roundtrip.detection.agent.compute.EchoMessage;
import org.roundtrip.detection.agent.compute.UnreachableDatagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hears that datagrams did not reach anybody. The kernel tells that only to a socket from which what the error quotes
 * was sent; but a member quotes the address of its service, and the probe was sent to that of a target. All probes
 * share one socket of each version, opened when it is first needed. Belongs to one loop.
 */
final class DatagramErrors {

    private static final Logger log = LoggerFactory.getLogger(DatagramErrors.class);

    private final EventLoop loop;
    private final Optional<ProbeSource> source;
    private final Map<EchoMessage.Version, Channel> channels = new EnumMap<>(EchoMessage.Version.class);
    /** By the ports from which they were sent, which one version has once only. */
    private final Map<EchoMessage.Version, Map<Integer, Waiting>> probes = new EnumMap<>(EchoMessage.Version.class);
    private boolean refused;

    DatagramErrors(EventLoop loop, Optional<ProbeSource> source) {
        this.loop = loop;
        this.source = source;
        for (EchoMessage.Version version : EchoMessage.Version.values()) {
            probes.put(version, new HashMap<>());
        }
    }

    /**
     * Ends a probe if an error about it comes. Without the right to hear errors, a probe ends by its timeout.
     *
     * @param channel from where it is sent, bound to a port
     * @param target  where it goes
     * @param probe   the probe
     */
    void end(Channel channel, InetSocketAddress target, ChannelProbe probe) {
        EchoMessage.Version version = target.getAddress() instanceof Inet6Address ? EchoMessage.Version.V6
                : EchoMessage.Version.V4;
        if (!refused) {
            listen(version);
            Waiting waiting = new Waiting(target.getAddress(), target.getPort(), probe);
            int port = ((InetSocketAddress) channel.localAddress()).getPort();
            probes.get(version).put(port, waiting);
            channel.closeFuture().addListener(closed -> probes.get(version).remove(port, waiting));
        }
    }

    private void listen(EchoMessage.Version version) {
        Channel open = channels.get(version);
        if (open == null || !open.isOpen()) {
            try {
                channels.put(version, RawSocket.channel(version, new int[] {version.unreachable()}, source, loop,
                        new ErrorHandler(version)));
            } catch (CannotProbeException e) {
                refused = true;
                log.warn("Members that refuse datagrams will be down by timeout, because errors of ICMP can't be"
                        + " received: {}", e.toString());
            }
        }
    }

    private record Waiting(InetAddress target, int port, ChannelProbe probe) {
    }

    private final class ErrorHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        private final EchoMessage.Version version;

        ErrorHandler(EchoMessage.Version version) {
            this.version = version;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket received) {
            UnreachableDatagram.read(version, received.content().nioBuffer()).ifPresent(error -> {
                Waiting waiting = probes.get(version).get(error.sourcePort());
                // A member can speak for its own target only: the switch sees to it.
                if (waiting != null && waiting.port == error.destinationPort()
                        && waiting.target.equals(received.sender().getAddress())) {
                    waiting.probe.end(error.outcome());
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // As when the interface goes down; the next probe opens another socket.
            log.warn("The socket for errors of {} has failed: {}", version, cause.toString());
            context.channel().unsafe().close(context.voidPromise());
        }
    }
}
