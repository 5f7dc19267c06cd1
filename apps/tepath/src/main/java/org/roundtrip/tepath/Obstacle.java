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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * A constraint that takes links away or bounds the way.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"field", "detail", "decisive", "removedLinks", "relaxation"})
@JsonSerialize(as = ImmutableObstacle.class)
public interface Obstacle {

    /**
     * Returns the field of the request that it comes from.
     *
     * @return the path of the field in JSON notation; empty if the network itself is in the way
     */
    String field();

    /**
     * Returns what it does.
     *
     * @return words that a user understands
     */
    String detail();

    /**
     * Returns whether there would be a way if only this were given up.
     *
     * @return true if so
     */
    boolean decisive();

    /**
     * Returns the links that it takes away.
     *
     * @return the port at one end of each link, ordered; none for a bound
     */
    List<ConnectPoint> removedLinks();

    /**
     * Returns the nearest change that would let the request through.
     *
     * @return what to change and to what, or empty if changing this alone would not do
     */
    Optional<String> relaxation();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds obstacles. */
    final class Builder extends ImmutableObstacle.Builder {
    }
}
