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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;

import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A channel as a way for messages, one a line. Thread-safe.
 */
// What can't be done any more because the channel has gone is of no interest: its end is told.
@SuppressWarnings("FutureReturnValueIgnored")
final class Lines {

    /** What a peer that is told why it is refused has time to read it. */
    private static final int FAREWELL_MILLISECONDS = 1_000;

    private static final MessageCodec CODEC = new MessageCodec();

    private final Channel channel;

    Lines(Channel channel) {
        this.channel = channel;
    }

    /** Adds what makes messages of bytes. */
    static void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(new LineBasedFrameDecoder(MessageCodec.LONGEST_LINE, true, true));
        pipeline.addLast(new MessageDecoder(CODEC));
    }

    static byte[] encode(Message message) {
        return CODEC.encode(message);
    }

    ChannelFuture write(Message message) {
        return write(encode(message));
    }

    ChannelFuture write(byte[] line) {
        return channel.writeAndFlush(Unpooled.wrappedBuffer(line));
    }

    /** Closes after what waits to be sent; a peer that does not read it does not hold the connection open. */
    void closeAfterwards() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        closeSoon();
    }

    /** Says why, and closes. */
    void refuse(String reason) {
        write(Refused.builder().reason(reason).build()).addListener(ChannelFutureListener.CLOSE);
        closeSoon();
    }

    private void closeSoon() {
        try {
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Whoever has ended the threads has closed their channels.
            channel.close();
        }
    }

    /** Returns the address and the port of the peer. */
    String peer() {
        return text(channel.remoteAddress());
    }

    /** Returns an address and a port. */
    static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            return String.valueOf(address);
        }
        InetSocketAddress socket = (InetSocketAddress) address;
        String host = socket.isUnresolved() ? socket.getHostString() : socket.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }

    /** Tells whether a peer has sent what it must not, rather than that the connection broke. */
    static boolean isFault(Throwable failure) {
        return failure instanceof DecoderException && !(failure.getCause() instanceof SSLException);
    }

    /** Says for operators why a connection ended. */
    static String reason(Throwable failure) {
        if (failure instanceof TooLongFrameException) {
            return "a line has more than " + MessageCodec.LONGEST_LINE + " bytes";
        }
        Throwable cause = failure instanceof DecoderException && failure.getCause() != null
                ? failure.getCause() : failure;
        String message = MessageCodec.printable(String.valueOf(cause.getMessage()));
        if (cause instanceof SSLException) {
            return "TLS: " + message;
        }
        return cause instanceof IOException || cause instanceof MalformedMessageException ? message : cause.toString();
    }
}
