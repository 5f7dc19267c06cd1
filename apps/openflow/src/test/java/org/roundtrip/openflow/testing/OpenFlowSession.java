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
package org.roundtrip.openflow.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFEchoRequest;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The controller's end of one OpenFlow 1.3 connection, as small as can be: handshake, echo, and messages in and out.
 * <p>
 * Thread-safe. Listeners are called on the thread that reads, in the order in which the messages came.
 */
public final class OpenFlowSession implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READ_SIZE = 1 << 16;

    private final OFFactory factory = OFFactories.getFactory(OFVersion.OF_13);
    private final List<Consumer<OFMessage>> listeners = new CopyOnWriteArrayList<>();
    private final Path path;
    private final ServerSocketChannel server;
    private SocketChannel channel;
    private volatile boolean connected;

    OpenFlowSession(Path path) {
        this.path = path;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    /**
     * Waits for the switch to connect, again if it has been connected before, and for its hello.
     */
    public void accept() {
        try {
            channel = server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connected = true;
        Thread reader = new Thread(this::read, "openflow-session-" + path.getFileName());
        reader.setDaemon(true);
        reader.start();
        send(List.of(factory.buildHello().setElements(List.of()).build()));
        transact(List.of());
    }

    /**
     * Returns the factory of this session's messages.
     *
     * @return the factory of OpenFlow 1.3
     */
    public OFFactory factory() {
        return factory;
    }

    /**
     * Tells whether the switch is connected.
     *
     * @return true until either side closes the connection
     */
    public boolean isConnected() {
        return connected;
    }

    /**
     * Adds a listener for all messages from the switch.
     *
     * @param listener called for each message
     * @return removes the listener
     */
    public Runnable listen(Consumer<OFMessage> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Sends messages.
     *
     * @param messages the messages
     */
    public synchronized void send(List<? extends OFMessage> messages) {
        ByteBuf buffer = Unpooled.buffer();
        messages.forEach(message -> message.writeTo(buffer));
        ByteBuffer bytes = buffer.nioBuffer();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends messages and waits until the switch has handled them.
     *
     * @param messages the messages
     * @return the errors that they caused
     */
    public List<OFErrorMsg> transact(List<? extends OFMessage> messages) {
        OFBarrierRequest barrier = factory.barrierRequest();
        List<OFMessage> all = new ArrayList<>(messages);
        all.add(barrier);
        List<OFMessage> replies = new CopyOnWriteArrayList<>();
        Runnable stop = listen(replies::add);
        try {
            send(all);
            Awaitility.await("barrier").atMost(PATIENCE).pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> replies.stream().anyMatch(reply -> reply instanceof OFBarrierReply
                            && reply.getXid() == barrier.getXid()));
        } finally {
            stop.run();
        }
        return replies.stream().filter(OFErrorMsg.class::isInstance).map(OFErrorMsg.class::cast)
                .collect(Collectors.toList());
    }

    /**
     * Asks for statistics and collects all parts of the answer.
     *
     * @param request the request
     * @param <T>     the class of reply
     * @return the parts
     */
    public <T extends OFStatsReply> List<T> statistics(OFStatsRequest<T> request) {
        List<T> parts = new CopyOnWriteArrayList<>();
        Runnable stop = listen(message -> {
            if (message instanceof OFStatsReply && message.getXid() == request.getXid()) {
                // The switch answers a request with replies of its own kind.
                @SuppressWarnings("unchecked")
                T part = (T) message;
                parts.add(part);
            }
        });
        try {
            send(List.of(request));
            Awaitility.await("statistics").atMost(PATIENCE).pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> parts.stream()
                            .anyMatch(part -> !part.getFlags().contains(OFStatsReplyFlags.REPLY_MORE)));
        } finally {
            stop.run();
        }
        return List.copyOf(parts);
    }

    /**
     * Asks for the switch's ports.
     *
     * @return the ports
     */
    public List<OFPortDesc> ports() {
        return statistics(factory.buildPortDescStatsRequest().build()).stream()
                .map(OFPortDescStatsReply::getEntries).flatMap(List::stream).collect(Collectors.toList());
    }

    /**
     * Asks for the switch's features.
     *
     * @return the features
     */
    public OFFeaturesReply features() {
        List<OFFeaturesReply> replies = new CopyOnWriteArrayList<>();
        Runnable stop = listen(message -> {
            if (message instanceof OFFeaturesReply) {
                replies.add((OFFeaturesReply) message);
            }
        });
        try {
            send(List.of(factory.featuresRequest()));
            Awaitility.await("features").atMost(PATIENCE).until(() -> !replies.isEmpty());
        } finally {
            stop.run();
        }
        return replies.get(0);
    }

    @Override
    public void close() {
        connected = false;
        try {
            if (channel != null) {
                channel.close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes the connection, upon which the switch will connect anew: {@link #accept()} waits for it.
     */
    public void drop() {
        connected = false;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        SocketChannel from = channel;
        ByteBuf received = Unpooled.buffer();
        ByteBuffer bytes = ByteBuffer.allocate(READ_SIZE);
        try {
            while (from.read(bytes.clear()) >= 0) {
                received.writeBytes(bytes.flip());
                OFMessage message = OFFactories.getGenericReader().readFrom(received);
                while (message != null) {
                    handle(message);
                    message = OFFactories.getGenericReader().readFrom(received);
                }
                received.discardReadBytes();
            }
        } catch (IOException | UncheckedIOException e) {
            // The connection is gone, which is all there is to know.
        } catch (OFParseError e) {
            throw new IllegalStateException(e);
        } finally {
            if (from == channel) {
                connected = false;
            }
        }
    }

    private void handle(OFMessage message) {
        if (message instanceof OFEchoRequest) {
            send(List.of(factory.buildEchoReply().setXid(message.getXid())
                                 .setData(((OFEchoRequest) message).getData()).build()));
        }
        listeners.forEach(listener -> listener.accept(message));
    }
}
