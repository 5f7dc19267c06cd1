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
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * All that proxies need to know, as one version of it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"version", "dataCentres", "applications", "queues", "routes", "orders"})
@JsonSerialize(as = ImmutableMessagingConfiguration.class)
@JsonDeserialize(as = ImmutableMessagingConfiguration.class)
public interface MessagingConfiguration {

    /**
     * Returns which version it is.
     *
     * @return 1 for the first, a change makes it one more; 0 while nothing is configured, with which no proxy starts
     */
    long version();

    /**
     * Returns the data centres.
     *
     * @return each once
     */
    @Value.Default
    default List<DataCentre> dataCentres() {
        return List.of();
    }

    /**
     * Returns the applications.
     *
     * @return each once
     */
    @Value.Default
    default List<Application> applications() {
        return List.of();
    }

    /**
     * Returns the queues.
     *
     * @return each once
     */
    @Value.Default
    default List<MessageQueue> queues() {
        return List.of();
    }

    /**
     * Returns the routes.
     *
     * @return at most one from each data centre to each other
     */
    @Value.Default
    default List<MessageRoute> routes() {
        return List.of();
    }

    /**
     * Returns what operators have ordered.
     *
     * @return at most one for a route
     */
    @Value.Default
    default List<RouteOrder> orders() {
        return List.of();
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
    final class Builder extends ImmutableMessagingConfiguration.Builder {
    }
}
