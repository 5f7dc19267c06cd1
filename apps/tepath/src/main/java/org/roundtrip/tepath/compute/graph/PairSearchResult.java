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

/**
 * What a search for a pair has come to, when that can take more time than it was given.
 * <p>
 * Immutable and thread-safe.
 */
public final class PairSearchResult {

    private final Optional<PathPair> pair;
    private final boolean proven;

    private PairSearchResult(Optional<PathPair> pair, boolean proven) {
        this.pair = pair;
        this.proven = proven;
    }

    static PairSearchResult proven(Optional<PathPair> pair) {
        return new PairSearchResult(pair, true);
    }

    static PairSearchResult boundReached(Optional<PathPair> pair) {
        return new PairSearchResult(pair, false);
    }

    /**
     * Returns the best pair that was found.
     *
     * @return a pair that satisfies what was asked for, or empty if none was found
     */
    public Optional<PathPair> pair() {
        return pair;
    }

    /**
     * Returns whether that is proven.
     *
     * @return true if no pair is better or, where there is none, that there is none; false if the search has reached
     *         its bound before it knew
     */
    public boolean isProven() {
        return proven;
    }

    @Override
    public String toString() {
        return (proven ? "proven " : "bound reached ") + pair;
    }
}
