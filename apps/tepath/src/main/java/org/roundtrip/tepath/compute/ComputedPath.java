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
package org.roundtrip.tepath.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.PathMetrics;

import java.util.Optional;

/**
 * The ways that have been found for a query.
 */
@Value.Immutable
@ValueType
public interface ComputedPath {

    /**
     * Returns the way that the traffic takes.
     *
     * @return the route
     */
    Route active();

    /**
     * Returns what the active way costs.
     *
     * @return the metrics
     */
    PathMetrics metrics();

    /**
     * Returns the standby way.
     *
     * @return the route, or empty if no protection was asked for, if both ends are at one switch, or if best effort has
     *         found nothing but the active way itself
     */
    Optional<StandbyRoute> standby();

    /**
     * Returns whether it is certain that nothing better fits the query; for a protected path, that no two ways cost
     * less together.
     *
     * @return true if so; false if the search was cut short
     */
    boolean optimal();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds computed paths. */
    final class Builder extends ImmutableComputedPath.Builder {
    }
}
