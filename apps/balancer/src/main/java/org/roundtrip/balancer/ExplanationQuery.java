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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * The connection that is to be explained.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"vip", "protocol", "port", "client", "clientPort"})
@JsonSerialize(as = ImmutableExplanationQuery.class)
@JsonDeserialize(as = ImmutableExplanationQuery.class)
public interface ExplanationQuery {

    /**
     * Returns where it goes.
     *
     * @return a virtual IP address
     */
    IpAddress vip();

    /**
     * Returns its protocol.
     *
     * @return TCP unless said otherwise
     */
    @Value.Default
    default TransportProtocol protocol() {
        return TransportProtocol.TCP;
    }

    /**
     * Returns to which port it goes.
     *
     * @return 1 to 65535; empty if the virtual IP address has one virtual server of the protocol with one port only,
     *         which is meant then
     */
    Optional<Integer> port();

    /**
     * Returns where it comes from.
     *
     * @return an address of the same IP version
     */
    IpAddress client();

    /**
     * Returns from which port it comes.
     *
     * @return 1 to 65535
     */
    int clientPort();

    /**
     * Refuses what can't be a connection.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(client().version() == vip().version(), "client", "must be of the IP version of the vip")
                .require(port().filter(port -> port < 1 || port > 65_535).isEmpty(), "port", "must be 1 to 65535")
                .require(clientPort() >= 1 && clientPort() <= 65_535, "client-port", "must be 1 to 65535")
                .throwIfInvalid();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableExplanationQuery.Builder {
    }
}
