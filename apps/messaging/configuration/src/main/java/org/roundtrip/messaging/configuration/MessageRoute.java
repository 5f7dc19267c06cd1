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

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A direct way of messages from one data centre to another, and how it is used. Where there is none, several of
 * them lead there one after the other, the cheapest way.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"from", "to", "cost", "bandwidth", "protected", "priority", "timeToLive", "maximumBacklog",
                    "compression", "paused"})
@JsonSerialize(as = ImmutableMessageRoute.class)
@JsonDeserialize(as = ImmutableMessageRoute.class)
public interface MessageRoute {

    /**
     * Returns where it begins.
     *
     * @return the name of a data centre
     */
    String from();

    /**
     * Returns where it ends.
     *
     * @return the name of another data centre
     */
    String to();

    /**
     * Returns how dear it is; messages take the cheapest way.
     *
     * @return 1 to 1,000,000
     */
    @Value.Default
    default int cost() {
        return 10;
    }

    /**
     * Returns what the network reserves for it in each direction.
     *
     * @return bit/s, 0 if the controller provides no network for it
     */
    @Value.Default
    default long bandwidth() {
        return 0;
    }

    /**
     * Returns whether the network holds a second, disjoint way ready.
     *
     * @return true if it does
     */
    @JsonProperty("protected")
    @Value.Default
    default boolean isProtected() {
        return false;
    }

    /**
     * Returns how important it is that the network gives it its bandwidth, where there is not enough for all: it takes
     * that from routes that are less important.
     *
     * @return 0, the least, to 7
     */
    @Value.Default
    default int priority() {
        return 0;
    }

    /**
     * Returns how old a message may become on its way; older ones go to the dead letters.
     *
     * @return a positive duration, or empty if it may take for ever
     */
    Optional<Duration> timeToLive();

    /**
     * Returns how much may wait in its public area before senders are held back.
     *
     * @return bytes, at least 1 MiB, or empty for no limit
     */
    OptionalLong maximumBacklog();

    /**
     * Returns how it is compressed.
     *
     * @return an algorithm
     */
    @Value.Default
    default Compression compression() {
        return Compression.NONE;
    }

    /**
     * Returns whether an operator holds it.
     *
     * @return true if nothing is to be sent
     */
    @JsonProperty("paused")
    @Value.Default
    default boolean isPaused() {
        return false;
    }

    /**
     * Returns the same route, held or not.
     *
     * @param paused true if nothing is to be sent
     * @return the route
     */
    default MessageRoute withPaused(boolean paused) {
        return ((ImmutableMessageRoute) ImmutableMessageRoute.copyOf(this)).withIsPaused(paused);
    }

    /**
     * Refuses what can't be a route.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .requireName(from(), "from")
                .requireName(to(), "to")
                .require(!from().equals(to()), "to", "must be another data centre than \"from\"")
                .require(cost() >= 1 && cost() <= 1_000_000, "cost", "must be 1 to 1000000")
                .require(bandwidth() >= 0, "bandwidth", "must not be negative")
                .require(bandwidth() > 0 || !isProtected(), "protected",
                         "needs a bandwidth: without one the controller provides no network to protect")
                .require(priority() >= 0 && priority() <= 7, "priority", "must be 0 to 7")
                .require(timeToLive().filter(time -> time.isNegative() || time.isZero()).isEmpty(), "time-to-live",
                         "must be positive")
                .require(maximumBacklog().orElse(1 << 20) >= 1 << 20, "maximum-backlog",
                         "must be at least 1048576 bytes")
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
    final class Builder extends ImmutableMessageRoute.Builder {
    }
}
