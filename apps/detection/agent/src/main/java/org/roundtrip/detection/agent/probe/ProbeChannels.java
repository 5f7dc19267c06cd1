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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.roundtrip.detection.agent.compute.Outcome;

import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens the channels of probes: on one event loop, from one source.
 *
 * <p>No bootstrap is used: a probe must fail when an option can't be set, where a bootstrap logs it and goes on.
 */
final class ProbeChannels {

    private final EventLoop loop;
    private final Optional<ProbeSource> source;

    /**
     * Opens channels.
     *
     * @param loop   where they belong
     * @param source where they come from, or empty for whatever the kernel chooses
     */
    ProbeChannels(EventLoop loop, Optional<ProbeSource> source) {
        this.loop = loop;
        this.source = source;
    }

    /** Begins to connect over TCP. The channel reads nothing before it is told to. */
    Connection tcp(InetSocketAddress target, Consumer<Outcome> ended) {
        EpollSocketChannel channel = new EpollSocketChannel();
        return connect(channel, target, ended, () -> {
            // Closing sends RST: no port stays in TIME-WAIT, here or at the member (RFC 9293, section 3.6).
            channel.config().setSoLinger(0);
            // Whoever probes knows better when to give up.
            channel.config().setConnectTimeoutMillis(0);
            // Ports are chosen for each pair of addresses, so that thousands of probes need few of them.
            channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        });
    }

    /** Connects a datagram socket, which is then told of ICMP errors. */
    Connection udp(InetSocketAddress target, Consumer<Outcome> ended) {
        return connect(new EpollDatagramChannel(), target, ended, () -> {
        });
    }

    private Connection connect(Channel channel, InetSocketAddress target, Consumer<Outcome> ended, Runnable options) {
        ChannelProbe probe = new ChannelProbe(channel, ended);
        try {
            channel.config().setOption(ChannelOption.AUTO_READ, false);
            options.run();
            source.ifPresent(each -> each.bindToDevice(channel));
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw new CannotProbeException(e);
        }
        loop.register(channel).addListener((ChannelFutureListener) probe::endIfFailed);
        return new Connection(channel, target, probe);
    }

    /** A channel that is about to connect, for the time in which handlers are added. */
    final class Connection {
        private final Channel channel;
        private final InetSocketAddress target;
        private final ChannelProbe probe;

        Connection(Channel channel, InetSocketAddress target, ChannelProbe probe) {
            this.channel = channel;
            this.target = target;
            this.probe = probe;
        }

        Channel channel() {
            return channel;
        }

        ChannelProbe probe() {
            return probe;
        }

        /** Connects; what fails ends the probe. */
        void open(Runnable connected) {
            source.ifPresent(each -> channel.bind(each.socketAddress(target.getAddress()))
                    .addListener((ChannelFutureListener) probe::endIfFailed));
            if (channel.isOpen()) {
                ChannelFuture connecting = channel.connect(target);
                if (connecting.cause() instanceof NoRouteToHostException) {
                    // At once: the kernel of this node says so, and has sent nothing.
                    probe.end(Outcome.inconclusive("no route"));
                }
                connecting.addListener((ChannelFutureListener) future -> {
                    if (future.isSuccess()) {
                        connected.run();
                    } else {
                        probe.endIfFailed(future);
                    }
                });
            }
        }
    }
}
