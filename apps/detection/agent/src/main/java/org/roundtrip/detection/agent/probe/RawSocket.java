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

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import org.roundtrip.detection.agent.compute.EchoMessage;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens raw sockets for ICMP, which neither the JDK nor Netty can; Netty reads and writes them. Needs CAP_NET_RAW.
 */
final class RawSocket {

    // Numbers of Linux (bits/socket.h, netinet/in.h, linux/icmp.h, netinet/icmp6.h).
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int SOCK_RAW_NONBLOCK_CLOEXEC = 3 | 0x800 | 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int ICMP6_FILTER = 1;
    private static final int ICMP6_FILTER_LENGTH = 32;
    private static final int SOCKADDR_IN_LENGTH = 16;
    private static final int SOCKADDR_IN6_LENGTH = 28;

    /** The kernel grants less if net.core.rmem_max is less. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    static {
        Native.register(RawSocket.class, "c");
    }

    private RawSocket() {
    }

    // The names are those of the C library (socket(2), setsockopt(2), bind(2), close(2)).

    private static native int socket(int domain, int type, int protocol);

    private static native int setsockopt(int socket, int level, int name, byte[] value, int length);

    private static native int bind(int socket, byte[] address, int length);

    private static native int close(int socket);

    /**
     * Opens a channel of a socket that receives some types of messages only.
     *
     * @param version  the version of ICMP
     * @param types    the types
     * @param source   where it is bound
     * @param loop     the loop to which it belongs
     * @param received takes the messages, in that loop
     * @throws CannotProbeException if the kernel refuses
     */
    static Channel channel(EchoMessage.Version version, int[] types, Optional<ProbeSource> source, EventLoop loop,
            ChannelInboundHandler received) {
        EpollDatagramChannel channel = new EpollDatagramChannel(open(version, types, source));
        channel.config().setReceiveBufferSize(RECEIVE_BUFFER);
        channel.pipeline().addLast(received);
        loop.register(channel).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return channel;
    }

    private static int open(EchoMessage.Version version, int[] types, Optional<ProbeSource> source) {
        try {
            return version == EchoMessage.Version.V4
                    ? open(AF_INET, IPPROTO_ICMP, SOL_RAW, ICMP_FILTER, filter(types, Integer.BYTES), source)
                    : open(AF_INET6, IPPROTO_ICMPV6, IPPROTO_ICMPV6, ICMP6_FILTER,
                            filter(types, ICMP6_FILTER_LENGTH), source);
        } catch (LastErrorException e) {
            throw new CannotProbeException(e);
        }
    }

    private static int open(short family, int protocol, int level, int option, byte[] filter,
            Optional<ProbeSource> source) {
        int socket = checked(socket(family, SOCK_RAW_NONBLOCK_CLOEXEC, protocol));
        try {
            checked(setsockopt(socket, level, option, filter, filter.length));
            source.ifPresent(each -> {
                byte[] device = each.device().getBytes(StandardCharsets.US_ASCII);
                checked(setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, device, device.length));
                byte[] address = address(family, each);
                checked(bind(socket, address, address.length));
            });
            return socket;
        } catch (LastErrorException e) {
            close(socket);
            throw e;
        }
    }

    private static int checked(int result) {
        if (result < 0) {
            throw new LastErrorException(Native.getLastError());
        }
        return result;
    }

    /** Returns a struct sockaddr_in or sockaddr_in6. */
    private static byte[] address(short family, ProbeSource source) {
        int length = family == AF_INET ? SOCKADDR_IN_LENGTH : SOCKADDR_IN6_LENGTH;
        InetAddress address = family == AF_INET ? source.ipv4() : source.ipv6();
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        bytes.putShort(family).putShort((short) 0);
        if (family == AF_INET6) {
            bytes.putInt(0);
        }
        return bytes.put(address.getAddress()).array();
    }

    /** Returns the bits of the types that are not received, least significant first (RFC 3542, section 3.2). */
    private static byte[] filter(int[] types, int length) {
        byte[] blocked = new byte[length];
        Arrays.fill(blocked, (byte) 0xff);
        ByteBuffer words = ByteBuffer.wrap(blocked).order(ByteOrder.nativeOrder());
        for (int type : types) {
            int at = type / Integer.SIZE * Integer.BYTES;
            words.putInt(at, words.getInt(at) & ~(1 << type % Integer.SIZE));
        }
        return blocked;
    }
}
