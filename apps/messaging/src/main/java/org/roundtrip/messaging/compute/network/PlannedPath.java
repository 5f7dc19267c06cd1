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
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;

/**
 * What a te-path is to do for one route.
 */
@Value.Immutable
@ValueType
public interface PlannedPath {

    /**
     * Returns what is to be asked for, for the routes of both directions together.
     *
     * @return the request
     */
    TePathRequest request();

    /**
     * Returns whether the route begins where the te-path does.
     *
     * @return false if it ends there
     */
    boolean isForward();

    /**
     * Returns the packets from the proxies to the brokers.
     *
     * @return any of these
     */
    List<TrafficMatch> requests();

    /**
     * Returns the packets from the brokers to the proxies.
     *
     * @return any of these
     */
    List<TrafficMatch> replies();

    /**
     * Returns whether a te-path takes in all connections of the route.
     *
     * @param present what was asked for
     * @return false if some take other ways
     */
    default boolean isSteeredBy(TePathRequest present) {
        return (isForward() ? present.forwardTraffic() : present.reverseTraffic()).containsAll(requests())
                && (isForward() ? present.reverseTraffic() : present.forwardTraffic()).containsAll(replies());
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
    final class Builder extends ImmutablePlannedPath.Builder {
    }
}
