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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The setup priority, with which some bandwidth can't be taken from other paths. */
final class SetupPriorityLimit implements Limit {

    private static final int FIRST = 0;

    private final TrialSearch search;

    SetupPriorityLimit(TrialSearch search) {
        this.search = search;
    }

    @Override
    public String field() {
        return "setup-priority";
    }

    @Override
    public boolean isSet(Trial trial) {
        return trial.query().setupPriority() > FIRST && !removedLinks(trial).isEmpty();
    }

    @Override
    public String detail(Trial trial) {
        return "with setup priority " + trial.query().setupPriority()
                + ", bandwidth can't be taken from other paths on " + Phrases.count(removedLinks(trial).size(), "link");
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        BitSet left = search.removal(LinkConstraint.BANDWIDTH, lifted(trial)).arcs();
        BitSet removed = (BitSet) search.removal(LinkConstraint.BANDWIDTH, trial).arcs().clone();
        removed.andNot(left);
        return removed.stream().map(arc -> DuplexGraph.forward(DuplexGraph.link(arc))).distinct()
                .mapToObj(arc -> search.whole().link(arc).src()).sorted(LinkDirection.PORT_ORDER)
                .collect(Collectors.toList());
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, FIRST);
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        for (int priority = trial.query().setupPriority() - 1; priority >= FIRST; priority--) {
            int enough = priority;
            Trial relaxed = with(trial, enough);
            Ways ways = search.solve(relaxed);
            if (ways.isFound()) {
                return Optional.of(new Relaxation(any -> with(any, enough), field(), "setup-priority " + priority
                        + " would take it from paths that hold it with a larger number, "
                        + search.by(relaxed, ways)));
            }
        }
        return Optional.empty();
    }

    private static Trial with(Trial trial, int priority) {
        return trial.with(PathQuery.builder().from(trial.query()).setupPriority(priority).build());
    }
}
