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

import java.util.List;

/**
 * A standby way that has been found for an active one.
 */
@Value.Immutable
@ValueType
public interface StandbyRoute {

    /**
     * Returns the way.
     *
     * @return the route
     */
    @Value.Parameter
    Route route();

    /**
     * Returns what it costs.
     *
     * @return the metrics
     */
    @Value.Parameter
    PathMetrics metrics();

    /**
     * Returns what it shares with the active way although it should not, as best effort allows.
     *
     * @return links, switches and shared risk link groups in words; none if the two are disjoint
     */
    @Value.Parameter
    List<String> shared();

    /**
     * Returns a standby way.
     *
     * @param route   the way
     * @param metrics what it costs
     * @param shared  what it shares with the active way although it should not
     * @return the standby way
     */
    static StandbyRoute of(Route route, PathMetrics metrics, List<String> shared) {
        return ImmutableStandbyRoute.of(route, metrics, shared);
    }
}
