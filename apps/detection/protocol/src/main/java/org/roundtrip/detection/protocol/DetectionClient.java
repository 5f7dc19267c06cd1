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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The end of an agent: connects to one controller after the other until one lets it in, and again whenever a session
 * ends, for ever. Pauses grow from a tenth of a second to ten. Thread-safe.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
public final class DetectionClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DetectionClient.class);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final int CONNECT_MILLISECONDS = 5_000;
    private static final long SHUTDOWN_MILLISECONDS = 2_000;
    private static final long MOST_UNSENT = 16L << 20;

    private final List<InetSocketAddress> controllers;
    private final TransportSecurity security;
    private final AgentCredentials credentials;
    private final String software;
    private final DetectionClientListener listener;
    private final SecureRandom random = new SecureRandom();
    private final EventLoopGroup thread = new NioEventLoopGroup(
            1, new DefaultThreadFactory("roundtrip-detection-client", true));
    private volatile Optional<NettySession> session = Optional.empty();
    private volatile boolean closed;
    /** Only touched by the client's own thread. */
    private int attempts;
    /** Only touched by the client's own thread. */
    private int failures;

    /**
     * Creates a client, which does nothing until it is started.
     *
     * @param controllers where the controllers listen, at least one; names are looked up before each attempt if they
     *                    are given unresolved
     * @param security    whether and how connections are protected
     * @param credentials by what the agent is known
     * @param software    what the agent is, for operators, at most 64 characters
     * @param listener    whom to tell
     */
    public DetectionClient(List<InetSocketAddress> controllers, TransportSecurity security,
                           AgentCredentials credentials, String software, DetectionClientListener listener) {
        if (controllers.isEmpty()) {
            throw new IllegalArgumentException("An agent needs at least one controller");
        }
        this.controllers = List.copyOf(controllers);
        this.security = security;
        this.credentials = credentials;
        this.software = software;
        this.listener = listener;
    }

    /**
     * Begins to connect. To be called once. Returns at once.
     */
    public void start() {
        thread.execute(this::connect);
    }

    /**
     * Returns the session with a controller.
     *
     * @return the session, or empty if there is none now
     */
    public Optional<DetectionSession> session() {
        return session.map(DetectionSession.class::cast);
    }

    /**
     * Ends the session, if there is one, and does not connect again; what happens is told before this returns. Not to
     * be called by the listener.
     */
    @Override
    public void close() {
        closed = true;
        session.ifPresent(open -> open.close("the agent stops"));
        thread.shutdownGracefully(0, SHUTDOWN_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (!thread.terminationFuture().awaitUninterruptibly(2 * SHUTDOWN_MILLISECONDS)) {
            log.warn("The connection to a controller is still being closed");
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        InetSocketAddress controller = controllers.get(attempts % controllers.size());
        attempts = (attempts + 1) % controllers.size();
        ChannelFuture connecting = new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLISECONDS)
                .handler(new Connecting(controller))
                .connect(controller);
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                failed(controller, Lines.reason(connected.cause()));
            }
        });
    }

    private void failed(InetSocketAddress controller, String reason) {
        tell(() -> listener.failed(Lines.text(controller), reason));
        failures++;
        connectAfterPause();
    }

    private void connectAfterPause() {
        if (closed) {
            return;
        }
        try {
            thread.schedule(this::connect, BACKOFF.pause(failures, random.nextDouble()).toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The agent stops: it does not connect again");
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("What listens to controllers failed", e);
        }
    }

    private static boolean comesFromControllers(Message message) {
        return message instanceof Checks || message instanceof Alive;
    }

    /** Prepares one connection. */
    private final class Connecting extends ChannelInitializer<SocketChannel> {

        private final InetSocketAddress controller;

        Connecting(InetSocketAddress controller) {
            this.controller = controller;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            security.connecting(channel.alloc(), controller.getHostString(), controller.getPort())
                    .ifPresent(pipeline::addLast);
            Lines.addTo(pipeline);
            pipeline.addLast(new AgentConnection(
                    new AgentHandshake(credentials, Nonce.next(random), software), new Attempt(controller)));
        }
    }

    /** Makes a session of a connection. */
    private final class Attempt implements AgentConnection.Departure {

        private final InetSocketAddress controller;

        Attempt(InetSocketAddress controller) {
            this.controller = controller;
        }

        @Override
        public void admitted(ChannelHandlerContext context, AgentConnection connection, AgentHandshake handshake) {
            Channel channel = context.channel();
            Welcome welcome = handshake.welcome().orElseThrow();
            NettySession begun = new NettySession(channel, credentials.agent(), handshake.version(), MOST_UNSENT);
            long beginning = System.nanoTime();
            session = Optional.of(begun);
            new SessionHandler(begun, welcome, DetectionClient::comesFromControllers, listener)
                    .replace(context.pipeline(), connection);
            begun.ended().thenRun(() -> ended(Duration.ofNanos(System.nanoTime() - beginning)));
            tell(() -> listener.connected(begun, welcome));
        }

        /** A session that did not live long is a failed attempt: somebody may throw the agent out again and again. */
        private void ended(Duration life) {
            session = Optional.empty();
            failures = life.compareTo(BACKOFF.longest()) < 0 ? failures + 1 : 1;
            connectAfterPause();
        }

        @Override
        public void failed(String reason) {
            DetectionClient.this.failed(controller, reason);
        }
    }
}
