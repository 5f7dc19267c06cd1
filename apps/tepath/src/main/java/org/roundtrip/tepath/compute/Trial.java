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

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * A query that is tried for the sake of an explanation, with what is overlooked for once: switches and links that a
 * constraint would take away.
 * <p>
 * Immutable by agreement: nobody changes the sets of a removal.
 */
final class Trial {

    private final PathQuery query;
    private final Removal avoided;
    private final Map<LinkConstraint, Removal> overlooked;

    private Trial(PathQuery query, Removal avoided, Map<LinkConstraint, Removal> overlooked) {
        this.query = query;
        this.avoided = avoided;
        this.overlooked = overlooked;
    }

    static Trial of(PathQuery query) {
        return new Trial(query, Removal.NONE, Map.of());
    }

    /** Returns this trial for ways that must keep away from something, and from nothing else. */
    Trial avoiding(Removal something) {
        return new Trial(query, something, overlooked);
    }

    PathQuery query() {
        return query;
    }

    /** Returns what the way must keep away from. */
    Removal avoided() {
        return avoided;
    }

    Removal overlooked(LinkConstraint constraint) {
        return overlooked.getOrDefault(constraint, Removal.NONE);
    }

    Trial with(PathQuery changed) {
        return new Trial(changed, avoided, overlooked);
    }

    /** Returns this trial with some switches and links overlooked that a constraint would take away. */
    Trial overlooking(LinkConstraint constraint, Removal removal) {
        Map<LinkConstraint, Removal> more = new EnumMap<>(LinkConstraint.class);
        more.putAll(overlooked);
        more.merge(constraint, removal, (one, other) -> new Removal(union(one.nodes(), other.nodes()),
                                                                     union(one.arcs(), other.arcs())));
        return new Trial(query, avoided, more);
    }

    private static BitSet union(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
