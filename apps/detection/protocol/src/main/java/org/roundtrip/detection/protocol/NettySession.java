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

import io.netty.channel.Channel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A session over a channel. Thread-safe.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettySession implements DetectionSession {

    private final Channel channel;
    private final Lines lines;
    private final String agent;
    private final String peer;
    private final int version;
    private final long mostUnsent;
    private final AtomicLong unsent = new AtomicLong();
    /** Why it ends, once it does. */
    private final AtomicReference<Optional<String>> end = new AtomicReference<>(Optional.empty());
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Creates one.
     *
     * @param channel    an open channel
     * @param agent      the name of the agent
     * @param version    the version of the protocol
     * @param mostUnsent how many bytes may wait to be sent
     */
    NettySession(Channel channel, String agent, int version, long mostUnsent) {
        this.channel = channel;
        this.lines = new Lines(channel);
        this.agent = agent;
        this.peer = lines.peer();
        this.version = version;
        this.mostUnsent = mostUnsent;
    }

    @Override
    public String agent() {
        return agent;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public boolean send(Message message) {
        byte[] line = Lines.encode(message);
        if (end.get().isPresent() || !channel.isActive()) {
            return false;
        }
        if (unsent.addAndGet(line.length) > mostUnsent) {
            drop("the peer does not read: more than " + mostUnsent + " bytes wait for it");
            return false;
        }
        lines.write(line).addListener(sent -> unsent.addAndGet(-line.length));
        return true;
    }

    @Override
    public void close(String reason) {
        if (endBecause(reason)) {
            lines.closeAfterwards();
        }
    }

    /** Ends it at once, with all that waits to be sent. */
    void drop(String reason) {
        endBecause(reason);
        channel.close();
    }

    /** Ends it because of what the peer has sent, and tells it so. */
    void refuse(String reason) {
        if (endBecause(reason)) {
            lines.refuse(reason);
        }
    }

    /** Says why it ends; the first one to say so is right. */
    boolean endBecause(String reason) {
        return end.compareAndSet(Optional.empty(), Optional.of(reason));
    }

    boolean isEnding() {
        return end.get().isPresent();
    }

    boolean hasUnsent() {
        return unsent.get() > 0;
    }

    String reason() {
        return end.get().orElse("the peer has closed the connection");
    }

    /** Returns what completes when everybody has been told that it has ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }
}
