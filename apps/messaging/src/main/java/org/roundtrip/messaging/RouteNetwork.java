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
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * What the network does for a route.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"status", "paths"})
@JsonSerialize(as = ImmutableRouteNetwork.class)
public interface RouteNetwork {

    /**
     * Returns how it fares.
     *
     * @return the state, since when this node sees it, why, and what went wrong last
     */
    Status<NetworkState> status();

    /**
     * Returns the te-paths that the connections of the route are to take, as they are now.
     *
     * @return one for each IP version that is spoken, IPv4 first; none if none stands
     */
    List<NetworkPath> paths();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableRouteNetwork.Builder {
    }
}
