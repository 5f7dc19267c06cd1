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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * The way of probes from the agent of a service node to a member that is attached to the switch of this node. Checks
 * that differ only in what they say or expect share one.
 */
@Value.Immutable
@ValueType
public interface ProbePath {

    /**
     * Returns where the agent sends probes. All paths of an agent to the same {@link #address} at the same network
     * interface have the same target, and no other ones.
     *
     * @return a {@link ProbeAddresses#target target} of the IP version of the address
     */
    IpAddress target();

    /**
     * Returns where probes arrive: to which the clients of the service send.
     *
     * @return an IPv4 or IPv6 address
     */
    IpAddress address();

    /**
     * Returns the MAC address of the member's network interface.
     *
     * @return the address
     */
    MacAddress mac();

    /**
     * Returns where this interface is attached.
     *
     * @return a port of a switch
     */
    ConnectPoint attachment();

    /**
     * Returns what carries the probes.
     *
     * @return the transport
     */
    ProbeTransport transport();

    /**
     * Returns to which port of the member they go.
     *
     * @return 1 to 65535; 0 for ICMP
     */
    int port();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds paths. */
    final class Builder extends ImmutableProbePath.Builder {
    }
}
