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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * A switch or a link that a way must go through, in its place among others (an explicit route, RFC 3209, section 4.3).
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"index", "device", "link", "strict"})
@JsonSerialize(as = ImmutableRouteHop.class)
@JsonDeserialize(as = ImmutableRouteHop.class)
public interface RouteHop {

    /**
     * Returns the position in the list.
     *
     * @return the position from 0, or empty if it has not been given
     */
    Optional<Integer> index();

    /**
     * Returns the switch to go through.
     *
     * @return the switch, or empty if a link is named
     */
    Optional<DeviceId> device();

    /**
     * Returns the link to go through.
     *
     * @return the port at either end of the link, or empty if a switch is named
     */
    Optional<ConnectPoint> link();

    /**
     * Returns whether nothing may lie between what comes before and this.
     *
     * @return true if the way must come here from the hop before, or from the source, over one link at most; false, as
     *         when nothing is said, if it may take others in between
     */
    @Value.Default
    default boolean strict() {
        return false;
    }

    /**
     * Refuses a hop that is not either a switch or a link.
     *
     * @throws InvalidRequestException if both or none are named
     */
    @Value.Check
    default void check() {
        new Validation().require(device().isPresent() != link().isPresent(), "device",
                                 "either device or link must be given, and not both").throwIfInvalid();
    }

    /**
     * Returns a switch to go through, whatever lies before it.
     *
     * @param device the switch
     * @return the hop
     */
    static RouteHop through(DeviceId device) {
        return builder().device(device).build();
    }

    /**
     * Returns a link to go through, whatever lies before it.
     *
     * @param link the port at either end of the link
     * @return the hop
     */
    static RouteHop through(ConnectPoint link) {
        return builder().link(link).build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds hops. */
    final class Builder extends ImmutableRouteHop.Builder {
    }
}
