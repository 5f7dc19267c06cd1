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
import io.netty.channel.unix.RawUnixChannelOption;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where all probes of the agent come from: the reserved link-local addresses on one interface. Immutable.
 */
public final class ProbeSource {

    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    /** The length of a name with its end (linux/if.h). */
    private static final int IFNAMSIZ = 16;
    private static final RawUnixChannelOption BIND_TO_DEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ);

    private final String device;
    private final InetAddress ipv4;
    private final InetAddress ipv6;

    private ProbeSource(String device, InetAddress ipv4, InetAddress ipv6) {
        this.device = device;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * Returns a source.
     *
     * @param device the name of the interface, at most 15 bytes
     * @param ipv4   its IPv4 address
     * @param ipv6   its IPv6 address
     * @return the source
     */
    public static ProbeSource of(String device, InetAddress ipv4, InetAddress ipv6) {
        return new ProbeSource(device, ipv4, ipv6);
    }

    /** Returns where a socket is bound that probes a target. */
    SocketAddress socketAddress(InetAddress target) {
        return new InetSocketAddress(target instanceof Inet6Address ? ipv6 : ipv4, 0);
    }

    InetAddress ipv4() {
        return ipv4;
    }

    InetAddress ipv6() {
        return ipv6;
    }

    /** Returns the name of the interface. */
    String device() {
        return device;
    }

    /**
     * Keeps what a channel sends on the interface, whatever the routes of the node are: a probe that went elsewhere
     * would leave the node. It gives a link-local IPv6 address its scope, too.
     */
    void bindToDevice(Channel channel) {
        byte[] name = device.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer value = ByteBuffer.allocateDirect(IFNAMSIZ);
        value.put(name).rewind();
        channel.config().setOption(BIND_TO_DEVICE, value);
    }

    /**
     * Reads an address without asking any name server.
     *
     * @param text an IPv4 or IPv6 address
     * @return the address
     * @throws IllegalArgumentException if the text is none
     */
    public static InetAddress numeric(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("\"" + text + "\" is no IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no IP address", e);
        }
    }
}
