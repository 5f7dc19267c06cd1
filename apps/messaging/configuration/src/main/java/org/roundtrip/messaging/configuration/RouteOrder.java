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

/**
 * What an operator has ordered last for a route: to go back, or to leave something out. The routing proxy does it once
 * and remembers the number.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"from", "to", "number", "move", "since"})
@JsonSerialize(as = ImmutableRouteOrder.class)
@JsonDeserialize(as = ImmutableRouteOrder.class)
public interface RouteOrder {

    /** In which direction the position in the public area moves. */
    enum Move {
        /** Back: what was sent already is sent and delivered again. */
        REWIND,
        /** Forward: what was not sent yet is left out. */
        SKIP
    }

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
     * Returns which order it is.
     *
     * @return the version of the configuration with which it was given, so that a later order, even for a route that
     *         was removed and is there again, has a higher number
     */
    long number();

    /**
     * Returns the direction.
     *
     * @return back or forward; a position that lies in the other direction already stays where it is
     */
    Move move();

    /**
     * Returns where the route goes on.
     *
     * @return when the first message was stored in the public area that is sent next
     */
    Instant since();

    /**
     * Refuses what can't be an order.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(number() >= 1, "number", "must be positive")
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
    final class Builder extends ImmutableRouteOrder.Builder {
    }
}
