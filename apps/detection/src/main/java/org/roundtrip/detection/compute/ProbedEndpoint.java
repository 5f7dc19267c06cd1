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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.ValueType;

/**
 * What answers probes: the address of a service at a member of it. Packets to two of them can be told from each other
 * in both directions; services that have the same one share its target.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"service", "member", "transport", "port"})
@JsonSerialize(as = ImmutableProbedEndpoint.class)
@JsonDeserialize(as = ImmutableProbedEndpoint.class)
public interface ProbedEndpoint {

    /**
     * Returns the address to which clients of the service send.
     *
     * @return an IPv4 or IPv6 address
     */
    IpAddress service();

    /**
     * Returns the address by which the network knows where the member is attached.
     *
     * @return an address of the same IP version
     */
    IpAddress member();

    /**
     * Returns what carries the probes.
     *
     * @return the transport
     */
    ProbeTransport transport();

    /**
     * Returns the port to which they go.
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

    /** Builds these values. */
    final class Builder extends ImmutableProbedEndpoint.Builder {
    }
}
