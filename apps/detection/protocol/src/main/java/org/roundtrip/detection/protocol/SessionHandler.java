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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Hands what comes in a session to its listener, sends signs of life, and ends a session whose peer gives none:
 * one that sends no whole message for a lease, or does not read what waits for it for as long.
 */
final class SessionHandler extends SimpleChannelInboundHandler<Message> {

    /** How many signs of life there are in a lease. */
    private static final int SIGNS_IN_LEASE = 4;

    private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);

    private final NettySession session;
    private final Welcome welcome;
    private final Predicate<Message> expected;
    private final SessionListener listener;
    private int stalled;

    /**
     * Creates one.
     *
     * @param session  the session
     * @param welcome  what was agreed on
     * @param expected what the peer may say
     * @param listener whom to tell
     */
    SessionHandler(NettySession session, Welcome welcome, Predicate<Message> expected, SessionListener listener) {
        this.session = session;
        this.welcome = welcome;
        this.expected = expected;
        this.listener = listener;
    }

    /** Takes the place of the handler of the handshake. */
    void replace(ChannelPipeline pipeline, SimpleChannelInboundHandler<Message> handshake) {
        // Behind the decoder, so that whole messages count, not bytes that trickle in.
        pipeline.replace(handshake, "idle", new IdleStateHandler(welcome.lease(), welcome.lease() / SIGNS_IN_LEASE, 0,
                                                                 TimeUnit.MILLISECONDS));
        pipeline.addLast("session", this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Message message) {
        if (session.isEnding()) {
            return;
        }
        if (message instanceof Refused) {
            session.drop("refused: " + MessageCodec.printable(((Refused) message).reason()));
        } else if (expected.test(message)) {
            tell(() -> listener.received(session, message));
        } else {
            session.refuse("this type of message is not expected now");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent)) {
            context.fireUserEventTriggered(event);
        } else if (((IdleStateEvent) event).state() == IdleState.READER_IDLE) {
            session.drop("nothing was heard for " + welcome.lease() + " ms");
        } else {
            giveSignOfLife(((IdleStateEvent) event).isFirst());
        }
    }

    private void giveSignOfLife(boolean first) {
        stalled = first || !session.hasUnsent() ? 0 : stalled + 1;
        if (stalled >= SIGNS_IN_LEASE - 1) {
            session.drop("the peer does not read: nothing could be sent for " + welcome.lease() + " ms");
        } else if (!session.hasUnsent()) {
            session.send(Alive.of());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        tell(() -> listener.disconnected(session, session.reason()));
        session.ended().complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (Lines.isFault(failure)) {
            session.refuse(Lines.reason(failure));
        } else {
            session.drop(Lines.reason(failure));
        }
    }

    /** What a listener does wrong is no fault of the peer. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("What listens to the session of agent {} failed", session.agent(), e);
        }
    }
}
