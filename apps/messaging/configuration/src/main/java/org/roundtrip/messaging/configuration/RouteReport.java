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

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a routing proxy tells of a route. Of several routing proxies that share a route, each tells of the partitions
 * that it has at present.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"from", "to", "state", "reason", "since", "lastError", "order", "partitions", "backlogMessages",
                    "backlogBytes", "oldestAge", "messageRate", "byteRate", "sentMessages", "deadLetters", "latencyP50",
                    "latencyP99"})
@JsonSerialize(as = ImmutableRouteReport.class)
@JsonDeserialize(as = ImmutableRouteReport.class)
public interface RouteReport {

    /**
     * Returns where the route begins.
     *
     * @return the name of a data centre
     */
    String from();

    /**
     * Returns where the route ends.
     *
     * @return the name of a data centre
     */
    String to();

    /**
     * Returns what it is doing.
     *
     * @return a state
     */
    RouteState state();

    /**
     * Returns why.
     *
     * @return a reason in words
     */
    String reason();

    /**
     * Returns since when it has been in this state.
     *
     * @return the time by the clock of the proxy
     */
    Instant since();

    /**
     * Returns what went wrong last, which may be long ago.
     *
     * @return an error in words, or empty if there was none
     */
    Optional<String> lastError();

    /**
     * Returns which order of an operator it has carried out last.
     *
     * @return the number of a {@link RouteOrder}, or empty if there was none
     */
    OptionalLong order();

    /**
     * Returns how many partitions of the public area it takes messages from.
     *
     * @return 0 if other proxies have all of them
     */
    @Value.Default
    default int partitions() {
        return 0;
    }

    /**
     * Returns how many messages wait in these partitions.
     *
     * @return a number
     */
    @Value.Default
    default long backlogMessages() {
        return 0;
    }

    /**
     * Returns how much waits in these partitions.
     *
     * @return bytes, as far as they can be estimated
     */
    @Value.Default
    default long backlogBytes() {
        return 0;
    }

    /**
     * Returns how old the oldest message is that waits.
     *
     * @return milliseconds, or empty if none waits
     */
    OptionalLong oldestAge();

    /**
     * Returns how much was sent lately.
     *
     * @return messages per second
     */
    @Value.Default
    default long messageRate() {
        return 0;
    }

    /**
     * Returns how much was sent lately.
     *
     * @return bytes per second
     */
    @Value.Default
    default long byteRate() {
        return 0;
    }

    /**
     * Returns how many messages were sent since the proxy began.
     *
     * @return a number
     */
    @Value.Default
    default long sentMessages() {
        return 0;
    }

    /**
     * Returns how many messages went to the dead letters since the proxy began.
     *
     * @return a number
     */
    @Value.Default
    default long deadLetters() {
        return 0;
    }

    /**
     * Returns how long messages took lately from their acceptance until the destination had them.
     *
     * @return the median in microseconds, or empty if none was sent
     */
    OptionalLong latencyP50();

    /**
     * Returns how long messages took lately from their acceptance until the destination had them.
     *
     * @return the 99th percentile in microseconds, or empty if none was sent
     */
    OptionalLong latencyP99();

    /**
     * Refuses what can't be a report.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation()
                .requireName(from(), "from")
                .requireName(to(), "to")
                .require(state() != RouteState.UNKNOWN, "state", "must be known to who reports it")
                .require(partitions() >= 0, "partitions", "must not be negative");
        Syntax.requireCount(validation, backlogMessages(), "backlog-messages");
        Syntax.requireCount(validation, backlogBytes(), "backlog-bytes");
        Syntax.requireCount(validation, oldestAge().orElse(0), "oldest-age");
        Syntax.requireCount(validation, messageRate(), "message-rate");
        Syntax.requireCount(validation, byteRate(), "byte-rate");
        Syntax.requireCount(validation, sentMessages(), "sent-messages");
        Syntax.requireCount(validation, deadLetters(), "dead-letters");
        Syntax.requireCount(validation, latencyP50().orElse(0), "latency-p50");
        Syntax.requireCount(validation, latencyP99().orElse(0), "latency-p99");
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
    final class Builder extends ImmutableRouteReport.Builder {
    }
}
