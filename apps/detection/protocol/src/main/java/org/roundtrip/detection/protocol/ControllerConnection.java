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

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * A connection that a controller has accepted, until the peer has proved who it is.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
final class ControllerConnection extends SimpleChannelInboundHandler<Message> {

    /** What a server does with those who connect to it. */
    interface Reception {

        /**
         * The peer has proved who it is.
         *
         * @param context    the connection
         * @param connection its handler
         * @param handshake  what was said
         */
        void admit(ChannelHandlerContext context, ControllerConnection connection, ControllerHandshake handshake);

        /**
         * The peer is refused.
         *
         * @param peer      its address and port
         * @param handshake what was said
         * @param reason    why
         */
        void refused(String peer, ControllerHandshake handshake, String reason);
    }

    private final ControllerHandshake handshake;
    private final ServerLimits limits;
    private final Strangers strangers;
    private final InetAddress address;
    private final Reception reception;
    private boolean over;

    /**
     * Creates one.
     *
     * @param handshake not yet begun
     * @param limits    what may be spent on it
     * @param strangers counts this connection as long as it is one
     * @param address   from where the peer connects
     * @param reception whom to tell
     */
    ControllerConnection(ControllerHandshake handshake, ServerLimits limits, Strangers strangers, InetAddress address,
                         Reception reception) {
        this.handshake = handshake;
        this.limits = limits;
        this.strangers = strangers;
        this.address = address;
        this.reception = reception;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.executor().schedule(() -> {
            if (!over && !context.isRemoved()) {
                refuse(context, "the handshake has taken more than " + limits.handshake().toMillis() + " ms");
            }
        }, limits.handshake().toMillis(), TimeUnit.MILLISECONDS);
        context.fireChannelActive();
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
                reception.admit(context, this, handshake);
                break;
            default:
                refuse(context, step.reason());
                break;
        }
    }

    private void refuse(ChannelHandlerContext context, String reason) {
        over = true;
        Lines lines = new Lines(context.channel());
        reception.refused(lines.peer(), handshake, reason);
        context.executor().schedule(() -> lines.refuse(reason), limits.refusal().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (over) {
            return;
        }
        if (Lines.isFault(failure)) {
            refuse(context, Lines.reason(failure));
        } else {
            over = true;
            reception.refused(new Lines(context.channel()).peer(), handshake, Lines.reason(failure));
            context.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        strangers.leave(address);
    }
}
