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
import io.netty.channel.SimpleChannelInboundHandler;

import java.util.concurrent.TimeUnit;

/**
 * A connection that an agent has made, until the peer has proved that it is a controller and has let the agent in.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
final class AgentConnection extends SimpleChannelInboundHandler<Message> {

    /** What a client does with its connections. */
    interface Departure {

        /**
         * The controller has proved who it is and has let the agent in.
         *
         * @param context    the connection
         * @param connection its handler
         * @param handshake  what was said
         */
        void admitted(ChannelHandlerContext context, AgentConnection connection, AgentHandshake handshake);

        /**
         * The connection has ended before it came so far.
         *
         * @param reason why
         */
        void failed(String reason);
    }

    /** Longer than controllers wait themselves, so that what they say about it arrives. */
    private static final int HANDSHAKE_MILLISECONDS = 10_000;

    private final AgentHandshake handshake;
    private final Departure departure;
    private String reason = "the controller has closed the connection";
    private boolean over;

    /**
     * Creates one.
     *
     * @param handshake not yet begun
     * @param departure whom to tell
     */
    AgentConnection(AgentHandshake handshake, Departure departure) {
        this.handshake = handshake;
        this.departure = departure;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        new Lines(context.channel()).write(handshake.hello());
        context.executor().schedule(() -> {
            if (!over) {
                give(context, "the handshake has taken more than " + HANDSHAKE_MILLISECONDS + " ms");
            }
        }, HANDSHAKE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Message message) {
        if (over) {
            return;
        }
        HandshakeStep step = handshake.receive(message);
        switch (step.outcome()) {
            case PENDING:
                step.reply().ifPresent(reply -> new Lines(context.channel()).write(reply));
                break;
            case AUTHENTICATED:
                over = true;
                departure.admitted(context, this, handshake);
                break;
            default:
                step.reply().ifPresent(reply -> new Lines(context.channel()).write(reply));
                give(context, step.reason());
                break;
        }
    }

    private void give(ChannelHandlerContext context, String why) {
        over = true;
        reason = why;
        new Lines(context.channel()).closeAfterwards();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over = true;
        departure.failed(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (!over) {
            give(context, Lines.reason(failure));
        }
    }
}
