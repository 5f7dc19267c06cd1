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

/**
 * The path computation engine: searches on a network of plain integers, for one path or a pair of them.
 * <p>
 * Nodes are 0 to n - 1. A duplex link {@code l} of 0 to m - 1 is two arcs, {@code 2l} from its first node to its second
 * and {@code 2l + 1} back, so the opposite of an arc is {@code arc ^ 1}. What a request rules out is an
 * {@link org.roundtrip.tepath.compute.graph.ArcFilter} over an immutable
 * {@link org.roundtrip.tepath.compute.graph.DuplexGraph}: nothing is copied for a query. Costs are the same in both
 * directions of travel, whatever the {@link org.roundtrip.tepath.compute.graph.CostMetric}.
 * <p>
 * <b>The choice among equals.</b> Every search returns the <i>canonical</i> path: of those with the least cost the ones
 * with the fewest hops, and of these the one whose sequence of arcs, read from the source, is the smallest in
 * lexicographical order. That depends on the graph and the filter alone, never on the way that a search takes.
 * <p>
 * No ONOS types, no I/O, no clock, no randomness.
 */
package org.roundtrip.tepath.compute.graph;
