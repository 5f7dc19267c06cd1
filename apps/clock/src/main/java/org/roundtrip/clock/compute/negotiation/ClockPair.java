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
package org.roundtrip.clock.compute.negotiation;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.PtpTransport;

/**
 * A client and the server that it asks. Both addresses are of one version of IP.
 */
@Value.Immutable
@ValueType
public abstract class ClockPair {

    private static final BaseEncoding HEXADECIMAL = BaseEncoding.base16().lowerCase();
    private static final int HASH_OCTETS = 8;

    /**
     * Returns the clock that asks.
     *
     * @return its address
     */
    @Value.Parameter
    public abstract IpAddress client();

    /**
     * Returns the clock that is asked.
     *
     * @return its address
     */
    @Value.Parameter
    public abstract IpAddress server();

    /**
     * Returns what carries the messages.
     *
     * @return UDP over the version of IP of the addresses
     */
    public PtpTransport transport() {
        return server().isIp4() ? PtpTransport.UDP_IPV4 : PtpTransport.UDP_IPV6;
    }

    /**
     * Returns the name of the session of this pair. Two addresses of IPv6 are too long for a name, so it has a hash of
     * the server's: that the same client asks two servers with the same hash does not happen by chance, and servers are
     * named by operators.
     *
     * @return the same name whenever the same client asks the same server, such as unicast-10.0.0.2-10.0.0.1, at most
     * 57 characters
     */
    public String sessionName() {
        if (server().isIp4()) {
            return "unicast-" + client() + "-" + server();
        }
        byte[] hash = Hashing.sha256().hashBytes(server().toOctets()).asBytes();
        return "unicast-" + HEXADECIMAL.encode(client().toOctets()) + "-" + HEXADECIMAL.encode(hash, 0, HASH_OCTETS);
    }

    /**
     * Returns whether a clock can have the addresses: both are unicast, of the same version, and not the same.
     *
     * @return false if a frame with these addresses is forged
     */
    public boolean isPlausible() {
        return client().version() == server().version() && !client().equals(server()) && !client().isZero()
                && !client().isMulticast();
    }

    /**
     * Returns a pair.
     *
     * @param client the clock that asks
     * @param server the clock that is asked
     * @return the pair
     */
    public static ClockPair of(IpAddress client, IpAddress server) {
        return ImmutableClockPair.of(client, server);
    }
}
