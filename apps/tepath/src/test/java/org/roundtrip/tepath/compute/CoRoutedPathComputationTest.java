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
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TePathRequest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class CoRoutedPathComputationTest {

    private static final ConnectPoint SOURCE = port(1, 1);
    private static final ConnectPoint DESTINATION = port(4, 1);

    private final TeTopology.Builder network = TeTopology.builder();

    // Against brute force

    @Property(tries = 5000)
    void findsWaysExactlyWhenThereAreAnyAndNoneAreBetter(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        Reservations held = RandomReservations.in(random, seed);
        PathQuery query = RandomQuery.in(random, seed);
        ExhaustiveSearch exhaustive = new ExhaustiveSearch(random, held, query);

        PathComputationResult result = new CoRoutedPathComputation(new TeDatabase(random.topology(), held))
                .compute(query);

        assertThat(result.path().isPresent()).isEqualTo(exhaustive.isFeasible());
        result.path().ifPresent(path -> {
            assertThat(path.optimal()).isTrue();
            assertThat(exhaustive.actives()).contains(path.active());
            path.standby().ifPresent(standby -> assertThat(exhaustive.standbys()).contains(standby.route()));
            assertThat(exhaustive.rank(pair(query, path))).isEqualTo(exhaustive.best().orElseThrow());
        });
    }

    /** Best effort may find nothing but the active way itself, which is no standby way. */
    private static ExhaustiveSearch.Pair pair(PathQuery query, ComputedPath path) {
        boolean isProtected = query.protection().isPresent() && !path.active().links().isEmpty();
        return new ExhaustiveSearch.Pair(path.active(), path.standby().map(StandbyRoute::route)
                .or(() -> Optional.of(path.active()).filter(active -> isProtected)));
    }

    @Property(tries = 2000)
    void tellsWhatTheWaysCostAndShare(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        PathQuery query = RandomQuery.in(random, seed);
        CoRoutedPathComputation computation = new CoRoutedPathComputation(
                new TeDatabase(random.topology(), new Reservations()));

        computation.compute(query).path().ifPresent(path -> {
            ExhaustiveSearch exhaustive = new ExhaustiveSearch(random, new Reservations(), query);
            assertThat(cost(query, path.metrics())).isEqualTo(exhaustive.cost(path.active()));
            assertThat(computation.metrics(path.active())).isEqualTo(path.metrics());
            path.standby().ifPresent(standby -> {
                assertThat(cost(query, standby.metrics())).isEqualTo(exhaustive.cost(standby.route()));
                assertThat(standby.shared()).hasSize((int) exhaustive.shared(path.active(), standby.route()));
            });
        });
    }

    private static long cost(PathQuery query, PathMetrics metrics) {
        switch (query.objective()) {
            case HOPS:
                return metrics.hops();
            case TE_METRIC:
                return metrics.teMetric();
            case DELAY:
                return metrics.forwardDelay() + metrics.reverseDelay();
            default:
                return Math.abs(metrics.forwardDelay() - metrics.reverseDelay());
        }
    }

    @Property(tries = 2000)
    void restoresProtectionBesideAnActiveWay(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        PathQuery query = RandomQuery.in(random, seed);
        Assume.that(query.protection().isPresent());
        CoRoutedPathComputation computation = new CoRoutedPathComputation(
                new TeDatabase(random.topology(), new Reservations()));
        PathQuery alone = PathQuery.builder().from(query).protection(Optional.empty()).build();
        computation.compute(alone).path().map(ComputedPath::active).filter(route -> !route.links().isEmpty())
                .ifPresent(active -> {
                    PathComputationResult result = computation.standby(query, active, "a");

                    ExhaustiveSearch exhaustive = new ExhaustiveSearch(random, new Reservations(), query);
                    List<Route> disjoint = exhaustive.standbys().stream()
                            .filter(route -> exhaustive.shared(active, route) == 0).collect(Collectors.toList());
                    Optional<Route> standby = result.path().flatMap(ComputedPath::standby).map(StandbyRoute::route);
                    if (!disjoint.isEmpty()) {
                        assertThat(exhaustive.cost(standby.orElseThrow())).isEqualTo(
                                disjoint.stream().mapToLong(exhaustive::cost).min().getAsLong());
                        assertThat(disjoint).contains(standby.get());
                    } else if (standby.isPresent()) {
                        assertThat(query.protection().get().bestEffort()).isTrue();
                        assertThat(exhaustive.standbys()).contains(standby.get());
                        assertThat(standby.get()).isNotEqualTo(active);
                        if (!WaySearch.isBound(query)) {
                            assertThat(rank(exhaustive, active, standby.get())).isEqualTo(
                                    exhaustive.standbys().stream().map(route -> rank(exhaustive, active, route))
                                            .min(RANK_ORDER).orElseThrow());
                        }
                    } else {
                        assertThat(result.noPath()).isPresent();
                    }
                });
    }

    private static final Comparator<List<Long>> RANK_ORDER = Comparator.comparing((List<Long> rank) -> rank.get(0))
            .thenComparing(rank -> rank.get(1));

    private static List<Long> rank(ExhaustiveSearch exhaustive, Route active, Route standby) {
        return exhaustive.rank(new ExhaustiveSearch.Pair(active, Optional.of(standby)));
    }

    @Property(tries = 500)
    void answersTheSameWhateverTheOrderInWhichTheNetworkIsTold(@ForAll long seed, @ForAll long order) {
        RandomNetwork random = new RandomNetwork(seed);
        PathQuery query = RandomQuery.in(random, seed);
        Reservations held = RandomReservations.in(random, seed);
        CoRoutedPathComputation one = new CoRoutedPathComputation(new TeDatabase(random.topology(), held));
        CoRoutedPathComputation other = new CoRoutedPathComputation(new TeDatabase(random.shuffled(order), held));
        assertThat(other.compute(query).path()).isEqualTo(one.compute(query).path());
        assertThat(other.compute(query).noPath()).isEqualTo(one.compute(query).noPath());
        assertThat(other.explain(query)).isEqualTo(one.explain(query));
    }

    // Examples

    @Test
    void goesTheShortestWay() {
        square();
        assertThat(active(0).devices()).containsExactly(device(1), device(2), device(4));
    }

    @Test
    void tellsParallelLinksApart() {
        node(1, true, true);
        node(4, true, true);
        link(1, 2, 4, 2, 10);
        link(1, 3, 4, 3, 20);
        assertThat(active(15).links())
                .containsExactly(LinkDirection.of(port(1, 3), port(4, 3)));
        assertThat(active(5).links())
                .containsExactly(LinkDirection.of(port(1, 2), port(4, 2)));
    }

    @Test
    void saysHowMuchBandwidthThereIsOnTheWidestWay() {
        square();
        NoPath none = compute(500).noPath().orElseThrow();
        assertThat(field(none)).isEqualTo("bandwidth");
        assertThat(none.reason()).contains("500 bit/s").contains("at most 100 bit/s");
    }

    @Test
    void countsWhatOthersHold() {
        square();
        TeTopology topology = network.build();
        Route route = active(0);
        Placement placement = new LabelAllocation(topology, new Reservations())
                .allocate(route, 1, 95, 95).orElseThrow();
        Reservations held = Reservations.of(List.of(Reservation.of("a", 7, List.of(placement))));

        CoRoutedPathComputation computation = new CoRoutedPathComputation(new TeDatabase(topology, held));
        assertThat(computation.compute(query(10)).path().orElseThrow().active().devices())
                .containsExactly(device(1), device(3), device(4));
        assertThat(computation.compute(query(100), "a").path().orElseThrow().active().devices())
                .containsExactly(device(1), device(2), device(4));
        assertThat(computation.compute(query(100)).noPath().orElseThrow().reason()).contains("at most 50 bit/s");
        assertThat(computation.compute(query(200), "a").noPath().orElseThrow().reason()).contains("at most 100 bit/s");
    }

    @Test
    void saysWhichEndLacksACapabilityAndHowToSetIt() {
        node(1, true, false);
        node(4, true, true);
        link(1, 2, 4, 2, 10);
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(field(none)).isEqualTo("source");
        assertThat(none.reason()).contains(device(1) + " lacks TE capability")
                .contains("devices/" + device(1) + "/mplsTe");
    }

    @Test
    void saysWhichSwitchOnTheWayLacksACapability() {
        node(1, true, true);
        node(2, false, true);
        node(4, true, true);
        link(1, 2, 2, 1, 10);
        link(2, 2, 4, 2, 10);
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(none.reason()).contains(device(2) + " lacks MPLS capability").doesNotContain(
                device(1) + " lacks");
        NoPath both = compute(99).noPath().orElseThrow();
        assertThat(both.reason()).contains("together").contains("at most 10 bit/s");
    }

    @Test
    void namesOneWayLinks() {
        node(1, true, true);
        node(4, true, true);
        network.port(TePort.of(port(1, 2), true, 10)).port(TePort.of(port(4, 2), true, 10))
                .link(LinkDirection.of(port(4, 2), port(1, 2)));
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(none.reason()).contains(port(4, 2).toString()).contains(port(1, 2).toString());
    }

    @Test
    void saysThatNothingJoinsTheEnds() {
        node(1, true, true);
        node(4, true, true);
        assertThat(compute(0).noPath().orElseThrow().reason()).contains("no links join");
    }

    @Test
    void saysThatASwitchIsAway() {
        node(1, true, true);
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(field(none)).isEqualTo("destination");
    }

    @Test
    void saysWhereLabelsAreUsedUp() {
        network.node(TeNode.builder().device(device(1)).available(true).mpls(true).te(true)
                             .labels(LabelRange.of(16, 16)).build());
        node(4, true, true);
        link(1, 2, 4, 2, 100);
        TeTopology topology = network.build();
        Placement placement = new LabelAllocation(topology, new Reservations())
                .allocate(active(0), 1, 1, 1).orElseThrow();
        Reservations held = Reservations.of(List.of(Reservation.of("a", 7, List.of(placement))));
        NoPath none = new CoRoutedPathComputation(new TeDatabase(topology, held)).compute(query(1))
                .noPath().orElseThrow();
        assertThat(none.reason()).contains(port(1, 2).toString());
    }

    private PathComputationResult compute(long bandwidth) {
        return new CoRoutedPathComputation(new TeDatabase(network.build(), new Reservations()))
                .compute(query(bandwidth));
    }

    private Route active(long bandwidth) {
        return compute(bandwidth).path().orElseThrow().active();
    }

    private static String field(NoPath none) {
        return none.errors().get(0).field();
    }

    private static PathQuery query(long bandwidth) {
        return PathQuery.of(TePathRequest.builder().name("q").source(SOURCE).destination(DESTINATION)
                                    .bandwidth(bandwidth).build());
    }

    /** Two ways from 1 to 4: over 2 with 100 bit/s, over 3 with 50. */
    private void square() {
        for (int number = 1; number <= 4; number++) {
            node(number, true, true);
        }
        link(1, 2, 2, 1, 100);
        link(2, 2, 4, 2, 100);
        link(1, 3, 3, 1, 50);
        link(3, 2, 4, 3, 50);
    }

    private void node(int number, boolean mpls, boolean te) {
        network.node(TeNode.builder().device(device(number)).available(true).mpls(mpls).te(te).build());
    }

    private void link(int device, int port, int otherDevice, int otherPort, long speed) {
        network.port(TePort.of(port(device, port), true, speed))
                .port(TePort.of(port(otherDevice, otherPort), true, speed))
                .link(LinkDirection.of(port(device, port), port(otherDevice, otherPort)))
                .link(LinkDirection.of(port(otherDevice, otherPort), port(device, port)));
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }

    private static ConnectPoint port(int device, int port) {
        return new ConnectPoint(device(device), PortNumber.portNumber(port));
    }
}
