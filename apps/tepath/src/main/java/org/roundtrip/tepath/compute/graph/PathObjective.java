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

/** What the best path has the least of. */
public enum PathObjective {

    /** The fewest links. */
    HOPS(CostMetric.HOPS),

    /** The least sum of TE metrics. */
    TE_METRIC(CostMetric.TE_METRIC),

    /** The least round trip. */
    DELAY(CostMetric.DELAY),

    /** The least difference between the delays of the two directions, and among equals the least round trip. */
    DELAY_ASYMMETRY(CostMetric.DELAY);

    private final CostMetric metric;

    PathObjective(CostMetric metric) {
        this.metric = metric;
    }

    /**
     * Returns what the canonical path is the cheapest in.
     *
     * @return the cost metric, which {@link #DELAY_ASYMMETRY} looks at second
     */
    public CostMetric metric() {
        return metric;
    }
}
