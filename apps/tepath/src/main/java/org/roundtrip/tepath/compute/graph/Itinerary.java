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

import java.util.List;

/**
 * The waypoints of a path in their order. A path is at <i>stage</i> i when it has passed the first i of them; it passes
 * each as early as it can. Immutable and thread-safe.
 */
final class Itinerary {

    private final DuplexGraph graph;
    private final Waypoint[] waypoints;

    Itinerary(DuplexGraph graph, List<Waypoint> waypoints) {
        this.graph = graph;
        this.waypoints = waypoints.toArray(new Waypoint[0]);
    }

    /** Returns the number of stages: one more than there are waypoints. */
    int stages() {
        return waypoints.length + 1;
    }

    /** Returns the stage at which everything has been passed. */
    int lastStage() {
        return waypoints.length;
    }

    /** Returns whether a path at a stage may take an arc: any, unless a strict waypoint is next. */
    boolean allows(int stage, int arc) {
        return stage == waypoints.length || !waypoints[stage].isStrict() || waypoints[stage].isPassedBy(graph, arc);
    }

    /** Returns the stage at which a path is that takes an arc. The link to a node does not come after that node. */
    int stageAfter(int stage, int arc) {
        int next = stage;
        while (next < waypoints.length && waypoints[next].isPassedBy(graph, arc)
                && (next == stage || !waypoints[next].isLink())) {
            next++;
        }
        return next;
    }
}
