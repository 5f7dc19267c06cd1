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

import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.Optional;

/** The figures of a way that a request can bound. */
enum Bound {

    /** The number of links. */
    MAX_HOPS("max-hops", Objective.HOPS) {
        @Override
        Optional<Long> limit(PathConstraints constraints) {
            return constraints.maxHops().map(Integer::longValue);
        }

        @Override
        void set(PathConstraints.Builder constraints, Optional<Long> limit) {
            constraints.maxHops(limit.map(Math::toIntExact));
        }

        @Override
        long figure(DuplexGraph graph, GraphPath way) {
            return way.hops();
        }

        @Override
        String text(long figure) {
            return Phrases.count(Math.toIntExact(figure), "link");
        }
    },

    /** The delay of the slower direction. */
    MAX_DELAY("max-delay", Objective.DELAY) {
        @Override
        Optional<Long> limit(PathConstraints constraints) {
            return constraints.maxDelay();
        }

        @Override
        void set(PathConstraints.Builder constraints, Optional<Long> limit) {
            constraints.maxDelay(limit);
        }

        @Override
        long figure(DuplexGraph graph, GraphPath way) {
            return Math.max(way.forwardDelay(graph), way.reverseDelay(graph));
        }

        @Override
        String text(long figure) {
            return Phrases.duration(figure);
        }
    },

    /** Half of the difference between the delays of the two directions, rounded up. */
    MAX_DELAY_ASYMMETRY("max-delay-asymmetry", Objective.DELAY_ASYMMETRY) {
        @Override
        Optional<Long> limit(PathConstraints constraints) {
            return constraints.maxDelayAsymmetry();
        }

        @Override
        void set(PathConstraints.Builder constraints, Optional<Long> limit) {
            constraints.maxDelayAsymmetry(limit);
        }

        @Override
        long figure(DuplexGraph graph, GraphPath way) {
            return (Math.abs(way.forwardDelay(graph) - way.reverseDelay(graph)) + 1) / 2;
        }

        @Override
        String text(long figure) {
            return Phrases.duration(figure);
        }
    };

    private final String field;
    private final Objective objective;

    Bound(String field, Objective objective) {
        this.field = field;
        this.objective = objective;
    }

    /** Returns the name of the field of the constraints. */
    String field() {
        return field;
    }

    /** Returns the objective that makes the figure small. */
    Objective objective() {
        return objective;
    }

    /** Returns the bound that is asked for. */
    abstract Optional<Long> limit(PathConstraints constraints);

    /** Changes the bound. */
    abstract void set(PathConstraints.Builder constraints, Optional<Long> limit);

    /** Returns the least bound that a way is within. */
    abstract long figure(DuplexGraph graph, GraphPath way);

    /** Returns a figure with its unit. */
    abstract String text(long figure);
}
