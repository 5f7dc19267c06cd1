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

package org.roundtrip.distribution.openflow;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;

/**
 * The local address on which the OpenFlow controller listens for switches: that of the system property
 * {@value #PROPERTY}, or the loopback address, which no other machine reaches.
 *
 * <p>The build replaces the controller's own {@code bootstrap.bind(port)}, which listens on all addresses, by a call
 * of {@link #bind}.
 */
public final class ListenAddress {

    /** The system property that names the address; {@code 0.0.0.0} is all addresses. */
    public static final String PROPERTY = "roundtrip.listen";

    private static final String LOOPBACK = "127.0.0.1";

    private ListenAddress() {
    }

    /**
     * Binds a server to a port of the chosen address.
     *
     * @param bootstrap the server
     * @param port the TCP port, 0 for any that is free
     * @return completes when it listens, or fails with why it can't
     */
    public static ChannelFuture bind(ServerBootstrap bootstrap, int port) {
        return bootstrap.bind(System.getProperty(PROPERTY, LOOPBACK), port);
    }
}
