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

/** Finds one path of a pair: what a request asks of one of the two by itself. */
@FunctionalInterface
interface PairPathOracle {

    /**
     * Finds the best path that the request allows.
     *
     * @param weightsByPosition what arcs weigh, each at least its weight without prices
     * @param filter            the arcs that this path may take, of those that the request admits
     * @return the path, always the same for the same arguments, and whether no other is better
     */
    ConstrainedPathResult find(long[] weightsByPosition, ArcFilter filter);
}
