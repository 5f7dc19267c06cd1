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

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The affinities that links must have or must not have. */
final class AffinityLimit implements Limit {

    /** Which of the three lists of affinities it is, and what is changed to let more links through. */
    enum Kind {
        /** A link must have one of them: adding some helps. */
        INCLUDE_ANY(LinkConstraint.AFFINITIES_INCLUDE_ANY, "affinities-include-any") {
            @Override
            Collection<Integer> list(PathConstraints constraints) {
                return constraints.affinitiesIncludeAny();
            }

            @Override
            void change(PathConstraints.Builder constraints, List<Integer> affinities) {
                constraints.affinitiesIncludeAny(affinities);
            }
        },

        /** A link must have all of them: leaving some out helps. */
        INCLUDE_ALL(LinkConstraint.AFFINITIES_INCLUDE_ALL, "affinities-include-all") {
            @Override
            Collection<Integer> list(PathConstraints constraints) {
                return constraints.affinitiesIncludeAll();
            }

            @Override
            void change(PathConstraints.Builder constraints, List<Integer> affinities) {
                constraints.affinitiesIncludeAll(affinities);
            }
        },

        /** A link must have none of them: leaving some out helps. */
        EXCLUDE_ANY(LinkConstraint.AFFINITIES_EXCLUDE_ANY, "affinities-exclude-any") {
            @Override
            Collection<Integer> list(PathConstraints constraints) {
                return constraints.affinitiesExcludeAny();
            }

            @Override
            void change(PathConstraints.Builder constraints, List<Integer> affinities) {
                constraints.affinitiesExcludeAny(affinities);
            }
        };

        private final LinkConstraint constraint;
        private final String field;

        Kind(LinkConstraint constraint, String field) {
            this.constraint = constraint;
            this.field = field;
        }

        /** Returns the list. */
        abstract Collection<Integer> list(PathConstraints constraints);

        /** Changes the list. */
        abstract void change(PathConstraints.Builder constraints, List<Integer> affinities);
    }

    private final TrialSearch search;
    private final Kind kind;

    AffinityLimit(TrialSearch search, Kind kind) {
        this.search = search;
        this.kind = kind;
    }

    @Override
    public String field() {
        return "constraints." + kind.field;
    }

    @Override
    public boolean isSet(Trial trial) {
        return !search.removal(kind.constraint, trial).isEmpty();
    }

    @Override
    public String detail(Trial trial) {
        return kind.field + " " + text(listed(trial)) + " takes away "
                + Phrases.count(removedLinks(trial).size(), "link");
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        return search.removedLinks(kind.constraint, trial);
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, List.of());
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        Ways ways = search.solve(lifted(trial));
        if (!ways.isFound()) {
            return Optional.empty();
        }
        List<Integer> choices = choices(trial);
        if (kind == Kind.INCLUDE_ANY && !search.solve(changed(trial, choices)).isFound()) {
            return Optional.of(new Relaxation(this::lifted, field(), "leave it out: links without any affinity are"
                    + " needed, to go " + search.by(trial, ways)));
        }
        List<Integer> least = SmallestSet.find(choices, choices,
                                               chosen -> search.solve(changed(trial, chosen)).isFound());
        Trial relaxed = changed(trial, least);
        return Optional.of(new Relaxation(any -> changed(any, least), field(), (kind == Kind.INCLUDE_ANY
                ? "add " + text(least) + " to it" : "leave " + text(least) + " out of it")
                + ", to go " + search.by(relaxed, search.solve(relaxed))));
    }

    private List<Integer> listed(Trial trial) {
        return List.copyOf(kind.list(trial.query().constraints()));
    }

    /** Returns the affinities that can be added or left out: those that some link has, unless all links must. */
    private List<Integer> choices(Trial trial) {
        if (kind != Kind.INCLUDE_ANY) {
            return listed(trial);
        }
        Collection<Integer> excluded = trial.query().constraints().affinitiesExcludeAny();
        int present = IntStream.range(0, search.whole().graph().links()).map(search.whole().graph()::affinity)
                .reduce(0, (one, other) -> one | other);
        return IntStream.range(0, Integer.SIZE).filter(bit -> (present >>> bit & 1) == 1).boxed()
                .filter(bit -> !listed(trial).contains(bit) && !excluded.contains(bit)).collect(Collectors.toList());
    }

    private Trial changed(Trial trial, List<Integer> chosen) {
        return with(trial, kind == Kind.INCLUDE_ANY
                ? Stream.concat(listed(trial).stream(), chosen.stream()).collect(Collectors.toList())
                : listed(trial).stream().filter(bit -> !chosen.contains(bit)).collect(Collectors.toList()));
    }

    private Trial with(Trial trial, List<Integer> affinities) {
        PathConstraints.Builder constraints = PathConstraints.builder().from(trial.query().constraints());
        kind.change(constraints, affinities);
        return trial.with(PathQuery.builder().from(trial.query()).constraints(constraints.build()).build());
    }

    private static String text(List<Integer> affinities) {
        return affinities.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
