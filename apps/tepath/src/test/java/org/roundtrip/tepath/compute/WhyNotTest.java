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

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Obstacle;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.RouteHop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an explanation names is held against all ways that there are: it must do, and nothing nearer may.
 */
class WhyNotTest {

    /** A query that fails in a random network. */
    private static final class Failure {

        private final RandomNetwork network;
        private final Reservations held;
        private final WhyNot whyNot;
        private final Trial trial;

        private Failure(long seed) {
            network = new RandomNetwork(seed);
            held = RandomReservations.in(network, seed);
            whyNot = new WhyNot(new TeDatabase(network.topology(), held));
            trial = Trial.of(RandomQuery.in(network, seed));
        }

        static Failure of(long seed) {
            Failure failure = new Failure(seed);
            Assume.that(!failure.isFeasible(failure.trial));
            return failure;
        }

        boolean isFeasible(Trial changed) {
            TeDatabase whole = whyNot.search().whole();
            return new ExhaustiveSearch(network, held, changed.query(), (constraint, thing) -> {
                Removal overlooked = changed.overlooked(constraint);
                return thing instanceof DeviceId
                        ? overlooked.nodes().get(whole.node((DeviceId) thing).orElseThrow())
                        : overlooked.arcs().get(whole.arc((LinkDirection) thing).orElseThrow());
            }).isFeasible();
        }

        List<Limit> limits() {
            return whyNot.set(trial).collect(Collectors.toList());
        }
    }

    @Property(tries = 5000)
    void namesALimitAsDecisiveExactlyWhenTheQueryWouldGetThroughWithoutIt(@ForAll long seed) {
        Failure failure = Failure.of(seed);
        for (Limit limit : failure.limits()) {
            assertThat(limit.relax(failure.trial).isPresent()).as(limit.detail(failure.trial))
                    .isEqualTo(failure.isFeasible(limit.lifted(failure.trial)));
        }
    }

    @Property(tries = 5000)
    void namesChangesThatLetTheQueryThrough(@ForAll long seed) {
        Failure failure = Failure.of(seed);
        for (Limit limit : failure.limits()) {
            limit.relax(failure.trial).ifPresent(relaxation -> assertThat(
                    failure.isFeasible(relaxation.change().apply(failure.trial))).as(relaxation.text()).isTrue());
        }
    }

    @Property(tries = 5000)
    void namesTheNearestChanges(@ForAll long seed) {
        Failure failure = Failure.of(seed);
        for (Limit limit : failure.limits()) {
            limit.relax(failure.trial).ifPresent(relaxation -> assertThat(
                    nearer(failure, limit, relaxation.change().apply(failure.trial)))
                    .as(relaxation.text()).noneMatch(failure::isFeasible));
        }
    }

    @Property(tries = 5000)
    void namesTheFewestChangesThatDoTogether(@ForAll long seed) {
        Failure failure = Failure.of(seed);
        List<Limit> fewest = failure.whyNot.fewest(failure.trial);

        if (fewest.isEmpty()) {
            assertThat(failure.isFeasible(lifted(failure.trial, failure.limits()))).isFalse();
            return;
        }
        assertThat(subsets(failure.limits(), fewest.size() - 1))
                .noneMatch(fewer -> failure.isFeasible(lifted(failure.trial, fewer)));
        Trial changed = failure.trial;
        for (Relaxation change : failure.whyNot.combination(failure.trial, fewest)) {
            changed = change.change().apply(changed);
        }
        assertThat(failure.isFeasible(changed)).isTrue();
    }

    @Property(tries = 2000)
    void listsWhatIsDecisiveFirst(@ForAll long seed) {
        Failure failure = Failure.of(seed);
        List<Obstacle> obstacles = failure.whyNot.obstacles(failure.trial);
        NoPath none = failure.whyNot.noPath(failure.trial, obstacles);

        assertThat(obstacles).extracting(Obstacle::decisive).isSortedAccordingTo((one, other) -> -one.compareTo(other));
        assertThat(obstacles).allMatch(obstacle -> obstacle.decisive() == obstacle.relaxation().isPresent());
        long decisive = obstacles.stream().filter(Obstacle::decisive).count();
        assertThat(none.errors()).isNotEmpty();
        if (decisive > 0) {
            assertThat(none.errors()).hasSize((int) decisive);
        }
        assertThat(none.reason()).isNotBlank();
    }

    private static Trial lifted(Trial trial, Collection<Limit> limits) {
        Trial lifted = trial;
        for (Limit limit : limits) {
            lifted = limit.lifted(lifted);
        }
        return lifted;
    }

    /** Returns all changes of a limit that would be nearer than the one that was found. */
    private static Stream<Trial> nearer(Failure failure, Limit limit, Trial changed) {
        Trial trial = failure.trial;
        if (limit instanceof BandwidthLimit) {
            return nearerBandwidths(trial, changed.query());
        } else if (limit instanceof SetupPriorityLimit) {
            return IntStream.range(changed.query().setupPriority() + 1, trial.query().setupPriority())
                    .mapToObj(priority -> trial.with(
                            PathQuery.builder().from(trial.query()).setupPriority(priority).build()));
        } else if (limit instanceof BoundLimit) {
            return nearerBounds(trial, changed.query().constraints());
        } else if (limit instanceof RemovalLimit) {
            return nearerRemovals((RemovalLimit) limit, failure, changed);
        } else if (limit instanceof AffinityLimit) {
            return nearerAffinities(trial, changed.query().constraints());
        } else if (limit instanceof ExplicitRouteLimit) {
            return nearerRoutes(trial, changed.query().constraints().include());
        }
        assertThat(limit).isInstanceOf(ProtectionLimit.class);
        return nearerProtections(trial, changed.query().protection());
    }

    private static Stream<Trial> nearerBandwidths(Trial trial, PathQuery changed) {
        return LongStream.rangeClosed(1, 5).mapToObj(more -> trial.with(PathQuery.builder().from(trial.query())
                .forwardBandwidth(Math.min(changed.forwardBandwidth() + more, trial.query().forwardBandwidth()))
                .reverseBandwidth(Math.min(changed.reverseBandwidth() + more, trial.query().reverseBandwidth()))
                .build()));
    }

    private static Stream<Trial> nearerBounds(Trial trial, PathConstraints changed) {
        PathConstraints asked = trial.query().constraints();
        PathConstraints.Builder less = PathConstraints.builder().from(asked);
        if (!changed.maxHops().equals(asked.maxHops())) {
            less.maxHops(changed.maxHops().get() - 1);
        }
        if (!changed.maxDelay().equals(asked.maxDelay())) {
            less.maxDelay(changed.maxDelay().get() - 1);
        }
        if (!changed.maxDelayAsymmetry().equals(asked.maxDelayAsymmetry())) {
            less.maxDelayAsymmetry(changed.maxDelayAsymmetry().get() - 1);
        }
        return Stream.of(with(trial, less.build()));
    }

    private static Stream<Trial> nearerRemovals(RemovalLimit limit, Failure failure, Trial changed) {
        Removal left = limit.removal(changed);
        Removal asked = limit.removal(failure.trial);
        int gone = asked.nodes().cardinality() - left.nodes().cardinality()
                + (asked.arcs().cardinality() - left.arcs().cardinality()) / 2;
        return subsets(things(asked), gone - 1).map(fewer -> limit.leaving(failure.trial, removal(fewer)));
    }

    /** Returns switches as their numbers, and links as one less than the opposite of theirs. */
    private static List<Integer> things(Removal removal) {
        return IntStream.concat(removal.nodes().stream(), removal.arcs().stream().map(arc -> -1 - arc / 2).distinct())
                .boxed().collect(Collectors.toList());
    }

    private static Removal removal(List<Integer> things) {
        BitSet nodes = new BitSet();
        BitSet arcs = new BitSet();
        things.stream().filter(thing -> thing >= 0).forEach(nodes::set);
        things.stream().filter(thing -> thing < 0).forEach(thing -> arcs.set(2 * (-1 - thing), 2 * (-1 - thing) + 2));
        return new Removal(nodes, arcs);
    }

    private static Stream<Trial> nearerAffinities(Trial trial, PathConstraints changed) {
        PathConstraints asked = trial.query().constraints();
        List<Integer> all = List.of(0, 1, 2);
        if (!changed.affinitiesIncludeAll().equals(asked.affinitiesIncludeAll())) {
            int gone = asked.affinitiesIncludeAll().size() - changed.affinitiesIncludeAll().size();
            return subsets(all, asked.affinitiesIncludeAll().size() - gone + 1)
                    .filter(asked.affinitiesIncludeAll()::containsAll).map(more -> with(
                            trial, PathConstraints.builder().from(asked).affinitiesIncludeAll(more).build()));
        }
        if (!changed.affinitiesExcludeAny().equals(asked.affinitiesExcludeAny())) {
            int gone = asked.affinitiesExcludeAny().size() - changed.affinitiesExcludeAny().size();
            return subsets(all, asked.affinitiesExcludeAny().size() - gone + 1)
                    .filter(asked.affinitiesExcludeAny()::containsAll).map(more -> with(
                            trial, PathConstraints.builder().from(asked).affinitiesExcludeAny(more).build()));
        }
        int most = changed.affinitiesIncludeAny().isEmpty() ? all.size() : changed.affinitiesIncludeAny().size() - 1;
        return subsets(all, most).filter(more -> more.containsAll(asked.affinitiesIncludeAny())
                && more.stream().noneMatch(asked.affinitiesExcludeAny()::contains)).map(more -> with(
                        trial, PathConstraints.builder().from(asked).affinitiesIncludeAny(more).build()));
    }

    private static Stream<Trial> nearerRoutes(Trial trial, List<RouteHop> changed) {
        List<RouteHop> asked = trial.query().constraints().include();
        List<Integer> all = IntStream.range(0, asked.size()).boxed().collect(Collectors.toList());
        if (changed.size() == asked.size()) {
            long loosened = asked.stream().filter(RouteHop::strict).count()
                    - changed.stream().filter(RouteHop::strict).count();
            return subsets(all, (int) loosened - 1).map(fewer -> with(trial, loosened(asked, fewer)));
        }
        return Stream.concat(Stream.of(with(trial, loosened(asked, all))),
                             subsets(all, asked.size() - changed.size() - 1).map(fewer -> with(trial, all.stream()
                                     .filter(i -> !fewer.contains(i))
                                     .map(i -> unnumbered(asked.get(i), fewer.contains(i - 1)))
                                     .collect(Collectors.toList()))));
    }

    private static List<RouteHop> loosened(List<RouteHop> hops, List<Integer> which) {
        return IntStream.range(0, hops.size()).mapToObj(i -> unnumbered(hops.get(i), which.contains(i)))
                .collect(Collectors.toList());
    }

    private static RouteHop unnumbered(RouteHop hop, boolean isLoosened) {
        return RouteHop.builder().from(hop).index(Optional.empty()).strict(hop.strict() && !isLoosened).build();
    }

    private static Stream<Trial> nearerProtections(Trial trial, Optional<Protection> changed) {
        List<Protection> nearer = new ArrayList<>();
        Protection asked = trial.query().protection().orElseThrow();
        if (changed.isEmpty() || changed.get().bestEffort() != asked.bestEffort()) {
            nearer.add(Protection.builder().from(asked).disjoint(Disjointness.LINK).build());
        }
        if (changed.isEmpty()) {
            nearer.add(Protection.builder().from(asked).bestEffort(true).build());
        }
        return nearer.stream().map(protection -> trial.with(
                PathQuery.builder().from(trial.query()).protection(protection).build()));
    }

    private static Trial with(Trial trial, List<RouteHop> include) {
        return with(trial, PathConstraints.builder().from(trial.query().constraints()).include(include).build());
    }

    private static Trial with(Trial trial, PathConstraints constraints) {
        return trial.with(PathQuery.builder().from(trial.query()).constraints(constraints).build());
    }

    /** Returns all subsets of one size. */
    private static <T> Stream<List<T>> subsets(List<T> things, int size) {
        if (size < 0) {
            return Stream.empty();
        }
        return IntStream.range(0, 1 << things.size()).filter(bits -> Integer.bitCount(bits) == size)
                .mapToObj(bits -> IntStream.range(0, things.size()).filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(things::get).collect(Collectors.toList()));
    }
}
