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

/** What a path costs: a sum over its links, of figures that are the same in both directions of travel. */
public enum CostMetric {

    /** The number of links. */
    HOPS,

    /** The sum of the links' TE metrics (RFC 3630 section 2.5.5, RFC 5305 section 3.7). */
    TE_METRIC,

    /** The round trip: the sum of the links' delays in both directions, in nanoseconds. */
    DELAY
}
