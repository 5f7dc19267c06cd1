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

import org.roundtrip.tepath.compute.graph.ArcFilter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which links a query may use. What depends on the network alone is looked up once for all queries with the same
 * constraints; what other paths hold is looked up at every link that a search comes to.
 * <p>
 * Not thread-safe.
 */
final class LinkConstraints {

    /** That links are up and go both ways is a matter of course: the graph has no others. */
    private static final Set<LinkConstraint> LASTING = EnumSet.complementOf(EnumSet.of(
            LinkConstraint.CONNECTED, LinkConstraint.UP, LinkConstraint.DUPLEX,
            LinkConstraint.BANDWIDTH, LinkConstraint.LABELS));

    private final TeDatabase database;
    private final Map<List<Object>, BitSet> removed = new HashMap<>();

    LinkConstraints(TeDatabase database) {
        this.database = database;
    }

    /** Returns the arcs that a query may use, in the direction of travel. */
    ArcFilter filter(PathQuery query) {
        List<Object> parts = new ArrayList<>(LASTING.size());
        LASTING.forEach(constraint -> parts.add(constraint.part(database, query)));
        BitSet lasting = removed.computeIfAbsent(parts, absent -> removed(query));
        return arc -> !lasting.get(arc) && LinkConstraint.hasBandwidth(database, query, arc)
                && database.hasFreeLabels(arc);
    }

    private BitSet removed(PathQuery query) {
        BitSet arcs = new BitSet(database.graph().arcs());
        LASTING.forEach(constraint -> constraint.removal(database.topology(), database, query)
                .addTo(arcs, database.graph()));
        return arcs;
    }
}
