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

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The bandwidth that must be free: of both directions, where they need the same, or else of one of them. */
final class BandwidthLimit implements Limit {

    /** What is limited. */
    enum Direction {
        /** Both directions alike. */
        BOTH,
        /** The forward direction alone. */
        FORWARD,
        /** The reverse direction alone. */
        REVERSE
    }

    private final TrialSearch search;
    private final Direction direction;

    BandwidthLimit(TrialSearch search, Direction direction) {
        this.search = search;
        this.direction = direction;
    }

    @Override
    public String field() {
        return direction == Direction.REVERSE ? "reverse-bandwidth" : "bandwidth";
    }

    @Override
    public boolean isSet(Trial trial) {
        boolean alike = trial.query().forwardBandwidth() == trial.query().reverseBandwidth();
        return alike == (direction == Direction.BOTH) && !removedLinks(trial).isEmpty();
    }

    @Override
    public String detail(Trial trial) {
        return text(bandwidth(trial)) + " is not free on " + Phrases.count(removedLinks(trial).size(), "link");
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        Trial alone = with(trial.with(PathQuery.builder().from(trial.query()).forwardBandwidth(0).reverseBandwidth(0)
                                              .build()), bandwidth(trial));
        return search.removedLinks(LinkConstraint.BANDWIDTH, alone);
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, 0);
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        if (!search.solve(lifted(trial)).isFound()) {
            return Optional.empty();
        }
        long most = most(trial);
        Trial relaxed = with(trial, most);
        return Optional.of(new Relaxation(any -> with(any, most), field(), "at most " + text(most) + " is free, "
                + search.by(relaxed, search.solve(relaxed))));
    }

    /** Nothing but what is free on some link can be the most that is free: a binary search among that. */
    private long most(Trial trial) {
        long[] amounts = amounts(trial);
        int feasible = -1;
        int infeasible = amounts.length;
        while (infeasible - feasible > 1) {
            int middle = (feasible + infeasible) >>> 1;
            if (search.solve(with(trial, amounts[middle])).isFound()) {
                feasible = middle;
            } else {
                infeasible = middle;
            }
        }
        return feasible < 0 ? 0 : amounts[feasible];
    }

    private long[] amounts(Trial trial) {
        return IntStream.range(0, search.whole().graph().arcs()).mapToLong(arc -> free(trial, arc))
                .filter(amount -> amount > 0 && amount < bandwidth(trial)).sorted().distinct().toArray();
    }

    private long free(Trial trial, int arc) {
        int priority = trial.query().setupPriority();
        long free = search.whole().free(arc, priority);
        return direction == Direction.BOTH
                ? Math.min(free, search.whole().free(DuplexGraph.opposite(arc), priority)) : free;
    }

    private long bandwidth(Trial trial) {
        return direction == Direction.REVERSE ? trial.query().reverseBandwidth() : trial.query().forwardBandwidth();
    }

    private Trial with(Trial trial, long bandwidth) {
        PathQuery.Builder query = PathQuery.builder().from(trial.query());
        if (direction != Direction.REVERSE) {
            query.forwardBandwidth(bandwidth);
        }
        if (direction != Direction.FORWARD) {
            query.reverseBandwidth(bandwidth);
        }
        return trial.with(query.build());
    }

    private String text(long bandwidth) {
        return Phrases.bandwidth(bandwidth) + " in " + (direction == Direction.BOTH ? "each direction"
                : direction == Direction.FORWARD ? "the forward direction" : "the reverse direction");
    }
}
