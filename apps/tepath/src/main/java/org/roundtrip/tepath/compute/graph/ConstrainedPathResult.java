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
package org.roundtrip.tepath.compute.graph;

import java.util.Optional;

/** What a search under constraints has found, and whether that is certain. Immutable and thread-safe. */
public final class ConstrainedPathResult {

    private final Optional<GraphPath> path;
    private final boolean exact;

    private ConstrainedPathResult(Optional<GraphPath> path, boolean exact) {
        this.path = path;
        this.exact = exact;
    }

    static ConstrainedPathResult exactly(Optional<GraphPath> path) {
        return new ConstrainedPathResult(path, true);
    }

    static ConstrainedPathResult atLimit(Optional<GraphPath> best) {
        return new ConstrainedPathResult(best, false);
    }

    /**
     * Returns the path.
     *
     * @return a path that keeps to all constraints: the best one if the result is exact, else the best that was found;
     *         empty if there is none, or if none was found
     */
    public Optional<GraphPath> path() {
        return path;
    }

    /**
     * Returns whether the search has come to its end.
     *
     * @return true if there is no better path, or none at all if there is no path; false if the search stopped at its
     *         label limit, or after 64 nodes that it had to watch for cycles, so that there may be one
     */
    public boolean isExact() {
        return exact;
    }

    @Override
    public String toString() {
        return path.map(GraphPath::toString).orElse("no path") + (exact ? "" : ", at the label limit");
    }
}
