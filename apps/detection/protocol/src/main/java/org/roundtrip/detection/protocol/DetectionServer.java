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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The end of a controller: agents connect to it. An agent has one session; one that connects again ends its old one.
 * <p>
 * Somebody who knows no secret gets no further than a handshake, and costs a bounded number of connections, each for a
 * bounded time and with one line in memory. An agent that misbehaves loses its session; others do not notice.
 * Thread-safe.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
public final class DetectionServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DetectionServer.class);

    /** Decoding takes tens of microseconds for a message: two threads are enough for thousands of agents. */
    private static final int THREADS = 2;
    private static final int BACKLOG = 256;
    private static final long SHUTDOWN_MILLISECONDS = 2_000;

    private final InetSocketAddress wanted;
    private final TransportSecurity security;
    private final SecretLookup secrets;
    private final Welcome welcome;
    private final ServerLimits limits;
    private final DetectionServerListener listener;
    private final Strangers strangers;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, NettySession> sessions = new ConcurrentHashMap<>();
    private final EventLoopGroup acceptor = new NioEventLoopGroup(
            1, new DefaultThreadFactory("roundtrip-detection-accept", true));
    private final EventLoopGroup workers = new NioEventLoopGroup(
            THREADS, new DefaultThreadFactory("roundtrip-detection-server", true));
    private volatile Optional<Channel> listening = Optional.empty();

    /**
     * Creates a server, which does nothing until it is started.
     *
     * @param address  where to listen; any port if it is 0
     * @param security whether and how connections are protected
     * @param secrets  knows the secrets of the agents
     * @param welcome  what agents have to keep to
     * @param limits   what is spent on those who connect
     * @param listener whom to tell
     */
    public DetectionServer(InetSocketAddress address, TransportSecurity security, SecretLookup secrets,
                           Welcome welcome, ServerLimits limits, DetectionServerListener listener) {
        this.wanted = address;
        this.security = security;
        this.secrets = secrets;
        this.welcome = welcome;
        this.limits = limits;
        this.listener = listener;
        this.strangers = new Strangers(limits.strangersPerAddress(), limits.strangers());
    }

    /**
     * Begins to listen. To be called once.
     *
     * @throws IOException if it can't listen there; says why
     */
    public void start() throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Accepting());
        ChannelFuture bound = bootstrap.bind(wanted).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Can't listen for agents at " + Lines.text(wanted) + ": "
                                          + bound.cause().getMessage(), bound.cause());
        }
        listening = Optional.of(bound.channel());
        log.info("Agents of detection can connect to {}", Lines.text(address()));
    }

    /**
     * Returns where it listens.
     *
     * @return the address with the port that is used
     * @throws IllegalStateException if it was not started
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.orElseThrow(() -> new IllegalStateException("Not started"))
                .localAddress();
    }

    /**
     * Returns the session of an agent.
     *
     * @param agent its name
     * @return its session, or empty if it is not connected
     */
    public Optional<DetectionSession> session(String agent) {
        return Optional.ofNullable(sessions.get(agent));
    }

    /**
     * Stops listening and ends all sessions; what happens to them is told before this returns. Not to be called by the
     * listener.
     */
    @Override
    public void close() {
        listening.ifPresent(channel -> channel.close().awaitUninterruptibly(SHUTDOWN_MILLISECONDS));
        sessions.values().forEach(session -> session.close("the controller stops"));
        acceptor.shutdownGracefully(0, SHUTDOWN_MILLISECONDS, TimeUnit.MILLISECONDS);
        workers.shutdownGracefully(0, SHUTDOWN_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (!workers.terminationFuture().awaitUninterruptibly(2 * SHUTDOWN_MILLISECONDS)) {
            log.warn("Connections of agents are still being closed");
        }
    }

    private static boolean comesFromAgents(Message message) {
        return message instanceof Results || message instanceof Snapshot || message instanceof Accepted
                || message instanceof Alive;
    }

    /** Lets in whoever connects, as far as there is room. */
    private final class Accepting extends ChannelInitializer<SocketChannel> {

        @Override
        protected void initChannel(SocketChannel channel) {
            InetAddress address = channel.remoteAddress().getAddress();
            if (!strangers.enter(address)) {
                log.debug("Too many are connected from {} that have not proved who they are", address);
                channel.close();
                return;
            }
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new ChannelTrafficShapingHandler(0, limits.readPerSecond()));
            security.accepting(channel.alloc()).ifPresent(pipeline::addLast);
            Lines.addTo(pipeline);
            pipeline.addLast(new ControllerConnection(
                    new ControllerHandshake(secrets, Nonce.next(random), welcome), limits, strangers, address,
                    new Desk()));
        }
    }

    /** Makes sessions of connections. */
    private final class Desk implements ControllerConnection.Reception {

        @Override
        public void admit(ChannelHandlerContext context, ControllerConnection connection,
                          ControllerHandshake handshake) {
            Hello hello = handshake.hello().orElseThrow();
            NettySession session = new NettySession(context.channel(), hello.agent(), handshake.version(),
                                                    limits.unsent());
            Optional<NettySession> previous = Optional.ofNullable(sessions.put(hello.agent(), session));
            previous.ifPresent(old -> old.drop("the agent has connected again"));
            // Its end is told first, by the thread that has told its beginning.
            previous.map(NettySession::ended).orElse(CompletableFuture.completedFuture(null))
                    .thenRun(() -> context.executor().execute(() -> establish(context, connection, session, hello)));
        }

        private void establish(ChannelHandlerContext context, ControllerConnection connection, NettySession session,
                               Hello hello) {
            session.ended().thenRun(() -> sessions.remove(hello.agent(), session));
            if (!context.channel().isActive() || session.isEnding()) {
                context.close();
                session.ended().complete(null);
                return;
            }
            new SessionHandler(session, welcome, DetectionServer::comesFromAgents, listener)
                    .replace(context.pipeline(), connection);
            session.send(welcome);
            try {
                listener.connected(session, hello);
            } catch (RuntimeException e) {
                log.error("What listens to agent {} failed", hello.agent(), e);
            }
        }

        @Override
        public void refused(String peer, ControllerHandshake handshake, String reason) {
            try {
                listener.refused(peer, handshake.hello().map(Hello::agent), reason);
            } catch (RuntimeException e) {
                log.error("What listens to those that are refused failed", e);
            }
        }
    }
}
