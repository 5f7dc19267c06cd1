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

import org.immutables.value.Value;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.compute.message.SignallingMessage;

/**
 * A signalling message of a client to a server, and what it takes to answer it in the server's place.
 */
@Value.Immutable
@ValueType
public interface ClientSignal {

    /**
     * Returns from which client to which server.
     *
     * @return the pair
     */
    ClockPair pair();

    /**
     * Returns where it came into the network.
     *
     * @return an edge port
     */
    ConnectPoint port();

    /**
     * Returns the source of the frame.
     *
     * @return the address of the client, or of a router on its way
     */
    MacAddress source();

    /**
     * Returns the destination of the frame.
     *
     * @return the address of the server, or of a router on its way
     */
    MacAddress destination();

    /**
     * Returns what the client says.
     *
     * @return the message
     */
    SignallingMessage message();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClientSignal.Builder {
    }
}
