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
package org.roundtrip.messaging.compute.network;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * The network that a route is to have.
 */
@Value.Immutable
@ValueType
public interface PlannedRoute {

    /**
     * Returns why it is to have none.
     *
     * @return what is not configured, or empty
     */
    Optional<String> absence();

    /**
     * Returns why it can't have any.
     *
     * @return what is wrong with the configuration, or empty
     */
    Optional<String> obstacle();

    /**
     * Returns what of it will be missing.
     *
     * @return what is missing in the configuration, or empty
     */
    Optional<String> remark();

    /**
     * Returns whether there is to be a standby way.
     *
     * @return true if the route is to be protected
     */
    boolean isProtected();

    /**
     * Returns the te-paths that its connections are to take.
     *
     * @return one for each IP version; none if it is to have none, or can't have any
     */
    List<PlannedPath> paths();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutablePlannedRoute.Builder {
    }
}
