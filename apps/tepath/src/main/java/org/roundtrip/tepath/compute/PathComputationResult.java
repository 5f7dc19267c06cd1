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

import java.util.Optional;
import java.util.function.Function;

/**
 * A route, or why there is none.
 * <p>
 * Immutable and thread-safe.
 */
public final class PathComputationResult {

    private final Optional<Route> route;
    private final Optional<NoPath> noPath;

    private PathComputationResult(Optional<Route> route, Optional<NoPath> noPath) {
        this.route = route;
        this.noPath = noPath;
    }

    static PathComputationResult found(Route route) {
        return new PathComputationResult(Optional.of(route), Optional.empty());
    }

    private Optional<ComputedPath> path = Optional.empty();

    static PathComputationResult path(ComputedPath path) {
        PathComputationResult r = found(path.active());
        r.path = Optional.of(path);
        return r;
    }

    /**
     * Returns the ways.
     *
     * @return the ways, or empty if there are none
     */
    public Optional<ComputedPath> path() {
        return path;
    }

    static PathComputationResult none(NoPath noPath) {
        return new PathComputationResult(Optional.empty(), Optional.of(noPath));
    }

    /**
     * Returns the route.
     *
     * @return the route, or empty if there is none
     */
    public Optional<Route> route() {
        return route;
    }

    /**
     * Returns why there is no route.
     *
     * @return the reason, or empty if there is a route
     */
    public Optional<NoPath> noPath() {
        return noPath;
    }

    /**
     * Returns the route or throws what the reason is turned into.
     *
     * @param refusal makes an exception of the reason
     * @param <X>     the exception
     * @return the route
     * @throws X if there is no route
     */
    public <X extends Exception> Route orElseThrow(Function<NoPath, X> refusal) throws X {
        if (route.isPresent()) {
            return route.get();
        }
        throw refusal.apply(noPath.orElseThrow());
    }
}
