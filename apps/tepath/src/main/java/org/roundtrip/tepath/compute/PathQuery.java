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
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePathRequest;

import java.util.Optional;

/**
 * What is looked for: the part of a request that decides on its ways.
 */
@Value.Immutable
@ValueType
public interface PathQuery {

    /**
     * Returns the edge port where the forward direction enters.
     *
     * @return a port
     */
    ConnectPoint source();

    /**
     * Returns the edge port where the forward direction leaves.
     *
     * @return a port
     */
    ConnectPoint destination();

    /**
     * Returns what must be free in the forward direction.
     *
     * @return bit/s
     */
    long forwardBandwidth();

    /**
     * Returns what must be free in the reverse direction.
     *
     * @return bit/s
     */
    long reverseBandwidth();

    /**
     * Returns the priority with which bandwidth is taken from others.
     *
     * @return 0 to 7
     */
    int setupPriority();

    /**
     * Returns what is made as small as possible.
     *
     * @return the objective
     */
    Objective objective();

    /**
     * Returns what each way must keep to.
     *
     * @return the constraints
     */
    PathConstraints constraints();

    /**
     * Returns whether a standby way is looked for, and which.
     *
     * @return the protection, or empty for none
     */
    Optional<Protection> protection();

    /**
     * Returns the query of a request.
     *
     * @param request what was asked for
     * @return the query
     */
    static PathQuery of(TePathRequest request) {
        return builder().source(request.source()).destination(request.destination())
                .forwardBandwidth(request.bandwidth()).reverseBandwidth(request.backwardBandwidth())
                .setupPriority(request.setupPriority()).objective(request.objective())
                .constraints(request.constraints()).protection(request.protection()).build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds queries. */
    final class Builder extends ImmutablePathQuery.Builder {
    }
}
