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

/**
 * What a request allows a path to use: the constraints that prune.
 * <p>
 * An arc stands for its link taken in the direction of travel. A filter has looked at both directions of the link: an
 * arc is admitted if the path's forward direction fits on it and its reverse direction on the opposite arc. The two
 * may differ, so that a link can be admitted in one direction of travel only.
 * <p>
 * Must be a pure function for as long as a search runs. Searches call it once or more for an arc, in any order, and not
 * for every arc.
 */
@FunctionalInterface
public interface ArcFilter {

    /** Admits everything. */
    ArcFilter ALL = arc -> true;

    /**
     * Returns whether a path may take an arc.
     *
     * @param arc the arc, in the direction of travel
     * @return true if it may
     */
    boolean admits(int arc);

    /**
     * Returns the filter that admits what this one and another one admit.
     *
     * @param other the other one, not asked about arcs that this one refuses
     * @return both
     */
    default ArcFilter and(ArcFilter other) {
        return arc -> admits(arc) && other.admits(arc);
    }
}
