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
package org.roundtrip.messaging.configuration;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * A data centre: where applications process messages, and a storage server keeps them until then.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "bootstrapServers", "publicTopic", "partitions", "gateways", "proxies", "brokers"})
@JsonSerialize(as = ImmutableDataCentre.class)
@JsonDeserialize(as = ImmutableDataCentre.class)
public interface DataCentre {

    /**
     * Returns its name.
     *
     * @return a name that no other data centre has
     */
    String name();

    /**
     * Returns the management address of its storage server.
     *
     * @return at least one HOST:PORT by which a Kafka client finds the cluster
     */
    List<String> bootstrapServers();

    /**
     * Returns the identifier of the queue in the public areas of the others that holds what is for this one.
     *
     * @return the name of a Kafka topic, or empty for roundtrip.public.NAME
     */
    Optional<String> publicTopic();

    /**
     * Returns how many partitions that topic gets where it does not exist.
     *
     * @return 1 to 1,000
     */
    @Value.Default
    default int partitions() {
        return 8;
    }

    /**
     * Returns where its network begins: the edge of the routes to and from other data centres.
     *
     * @return connect points, such as of:0000000000000001/1, of which one is in use: the first that works; none if the
     *         controller provides no network for it
     */
    @Value.Default
    default List<String> gateways() {
        return List.of();
    }

    /**
     * Returns the hosts of its routing proxies, from which they connect to other data centres.
     *
     * @return IP addresses; needed where a route has a network
     */
    @Value.Default
    default List<String> proxies() {
        return List.of();
    }

    /**
     * Returns where the brokers of its storage server listen for other data centres, as far as
     * {@link #bootstrapServers} does not say so by addresses: switches can't tell connections by names. It matters for
     * the network of routes only.
     *
     * @return ADDRESS:PORT, or PREFIX:PORT for all addresses of a prefix, such as 10.2.0.0/28:9092 or
     *         [2001:db8::/64]:9092
     */
    @Value.Default
    default List<String> brokers() {
        return List.of();
    }

    /**
     * Refuses what can't be a data centre.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation()
                .requireName(name(), "name")
                .require(!bootstrapServers().isEmpty(), "bootstrap-servers", "must name at least one HOST:PORT")
                .require(partitions() >= 1 && partitions() <= 1_000, "partitions", "must be 1 to 1000");
        Syntax.requireServers(validation, bootstrapServers(), "bootstrap-servers");
        Syntax.requireTopic(validation, publicTopic(), "public-topic");
        Syntax.requireConnectPoints(validation, gateways(), "gateways");
        Syntax.requireAddresses(validation, proxies(), "proxies");
        Syntax.requireBrokers(validation, brokers(), "brokers");
        validation.throwIfInvalid();
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
    final class Builder extends ImmutableDataCentre.Builder {
    }
}
