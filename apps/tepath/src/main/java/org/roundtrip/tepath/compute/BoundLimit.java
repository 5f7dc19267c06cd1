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
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.List;
import java.util.Optional;

/** A bound on a figure of each way. */
final class BoundLimit implements Limit {

    private final TrialSearch search;
    private final Bound bound;

    BoundLimit(TrialSearch search, Bound bound) {
        this.search = search;
        this.bound = bound;
    }

    @Override
    public String field() {
        return "constraints." + bound.field();
    }

    @Override
    public boolean isSet(Trial trial) {
        return bound.limit(trial.query().constraints()).isPresent();
    }

    @Override
    public String detail(Trial trial) {
        return bound.field() + " is " + bound.text(limit(trial));
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        return List.of();
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, Optional.empty());
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        Trial lifted = lifted(trial);
        Ways best = search.solve(lifted.with(
                PathQuery.builder().from(lifted.query()).objective(bound.objective()).build()));
        if (!best.isFound()) {
            return Optional.empty();
        }
        long least = least(trial, figure(best));
        Trial relaxed = with(trial, Optional.of(least));
        return Optional.of(new Relaxation(any -> with(any, Optional.of(least)), field(),
                                          "the best is " + bound.text(least) + " "
                + search.by(relaxed, search.solve(relaxed))));
    }

    /** A binary search that begins where the answer nearly always is, and follows what is found. */
    private long least(Trial trial, long known) {
        long infeasible = limit(trial);
        long feasible = known;
        long tried = feasible - 1;
        while (feasible - infeasible > 1) {
            Ways ways = search.solve(with(trial, Optional.of(tried)));
            if (ways.isFound()) {
                feasible = figure(ways);
            } else {
                infeasible = tried;
            }
            tried = infeasible + (feasible - infeasible) / 2;
        }
        return feasible;
    }

    private long figure(Ways ways) {
        DuplexGraph graph = search.whole().graph();
        return Math.max(bound.figure(graph, ways.active()),
                        ways.standby().map(way -> bound.figure(graph, way)).orElse(0L));
    }

    private long limit(Trial trial) {
        return bound.limit(trial.query().constraints()).orElseThrow();
    }

    private Trial with(Trial trial, Optional<Long> limit) {
        PathConstraints.Builder constraints = PathConstraints.builder().from(trial.query().constraints());
        bound.set(constraints, limit);
        return trial.with(PathQuery.builder().from(trial.query()).constraints(constraints.build()).build());
    }
}
