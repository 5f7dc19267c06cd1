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

import java.util.BitSet;

/**
 * Admits what takes none of some risks.
 * <p>
 * Immutable and thread-safe, as long as the risks do not change.
 */
final class DisjointArcFilter implements ArcFilter {

    private final DisjointRisks risks;
    private final BitSet taken;

    DisjointArcFilter(DisjointRisks risks, BitSet taken) {
        this.risks = risks;
        this.taken = taken;
    }

    @Override
    public boolean admits(int arc) {
        return !risks.takes(arc, taken);
    }
}
