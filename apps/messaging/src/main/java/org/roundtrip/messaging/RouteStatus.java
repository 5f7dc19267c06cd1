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
package org.roundtrip.messaging;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteState;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A route: how it is configured, what its routing proxies tell together, and what the network does for it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"route", "order", "dataCentresBeyond", "proxies", "status", "orderDone", "backlogMessages",
                    "backlogBytes", "oldestAge", "messageRate", "byteRate", "sentMessages", "deadLetters", "latencyP50",
                    "latencyP99", "network"})
@JsonSerialize(as = ImmutableRouteStatus.class)
public interface RouteStatus {

    /**
     * Returns how it is configured. In JSON its members are members of this.
     *
     * @return the route
     */
    @JsonUnwrapped
    MessageRoute route();

    /**
     * Returns what was ordered last.
     *
     * @return the order, or empty if there was none
     */
    Optional<RouteOrder> order();

    /**
     * Returns for which data centres messages take it.
     *
     * @return names, in the order of the configuration; none if there are cheaper ways to all
     */
    List<String> dataCentresBeyond();

    /**
     * Returns who tells of it at present.
     *
     * @return names of proxies, ordered
     */
    List<String> proxies();

    /**
     * Returns what it is doing.
     *
     * @return of the states of its proxies the one that needs attention most, with its reason
     */
    Status<RouteState> status();

    /**
     * Returns whether all its proxies have carried out the order.
     *
     * @return false as well if nobody tells of the route; true if there is no order
     */
    boolean orderDone();

    /**
     * Returns how many messages wait for it.
     *
     * @return a number, or empty if nobody tells
     */
    OptionalLong backlogMessages();

    /**
     * Returns how much waits for it.
     *
     * @return bytes, or empty if nobody tells
     */
    OptionalLong backlogBytes();

    /**
     * Returns how old the oldest message is that waits for it.
     *
     * @return milliseconds, or empty if none waits, or nobody tells
     */
    OptionalLong oldestAge();

    /**
     * Returns how much it sends.
     *
     * @return messages per second, or empty if nobody tells
     */
    OptionalLong messageRate();

    /**
     * Returns how much it sends.
     *
     * @return bytes per second, or empty if nobody tells
     */
    OptionalLong byteRate();

    /**
     * Returns how many messages its present proxies have sent since each of them began.
     *
     * @return a number, or empty if nobody tells
     */
    OptionalLong sentMessages();

    /**
     * Returns how many messages went to the dead letters since each of its present proxies began.
     *
     * @return a number, or empty if nobody tells
     */
    OptionalLong deadLetters();

    /**
     * Returns how long messages took lately from their acceptance until the destination had them.
     *
     * @return the largest of the medians of its proxies in microseconds, or empty if none was sent
     */
    OptionalLong latencyP50();

    /**
     * Returns how long messages took lately from their acceptance until the destination had them.
     *
     * @return the largest of the 99th percentiles of its proxies in microseconds, or empty if none was sent
     */
    OptionalLong latencyP99();

    /**
     * Returns what the network does for it. Messages may wait although the network is up, and go although it is not.
     *
     * @return the network
     */
    RouteNetwork network();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableRouteStatus.Builder {
    }
}
