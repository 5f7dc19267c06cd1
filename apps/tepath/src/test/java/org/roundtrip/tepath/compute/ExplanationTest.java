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

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.FieldError;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.Obstacle;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.RouteHop;
import org.roundtrip.tepath.TePathRequest;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What explanations say. Switches 1 and 4 are joined by a fast way over 2 (400 Mbit/s, 1 ms a link, risk 7) and a slow
 * one over 3 (1 Gbit/s, 3 ms there and 3.2 ms back, affinity 1, risk 7 on its first link).
 */
class ExplanationTest {

    private static final DeviceId TWO = RandomNetwork.device(1);
    private static final DeviceId THREE = RandomNetwork.device(2);
    private static final long MEGABIT = 1_000_000;
    private static final long MILLISECOND = 1_000_000;

    private final TeTopology.Builder network = TeTopology.builder();
    private final Reservations held = new Reservations();

    ExplanationTest() {
        for (int number = 0; number < 4; number++) {
            network.node(node(number).build());
            network.port(TePort.of(RandomNetwork.edge(number, 9), true, 1000 * MEGABIT));
        }
        LinkAttributes fast = LinkAttributes.builder().delay(MILLISECOND).addSharedRisks(7).build();
        link(0, 2, 1, 1, 400, fast, fast);
        link(1, 2, 3, 1, 400, fast, fast);
        LinkAttributes there = LinkAttributes.builder().delay(3 * MILLISECOND).affinities(0b10).build();
        LinkAttributes back = LinkAttributes.builder().from(there).delay(3_200_000).build();
        link(0, 3, 2, 1, 1000, LinkAttributes.builder().from(there).addSharedRisks(7).build(),
             LinkAttributes.builder().from(back).addSharedRisks(7).build());
        link(2, 2, 3, 2, 1000, there, back);
    }

    private static TeNode.Builder node(int number) {
        return TeNode.builder().device(RandomNetwork.device(number)).available(true).mpls(true).te(true);
    }

    private void link(int one, int port, int other, int otherPort, long megabits, LinkAttributes there,
                      LinkAttributes back) {
        LinkDirection link = LinkDirection.of(RandomNetwork.port(one, port), RandomNetwork.port(other, otherPort));
        network.port(TePort.of(link.src(), true, megabits * MEGABIT))
                .port(TePort.of(link.dst(), true, megabits * MEGABIT))
                .link(link).link(link.reversed()).attributes(link, there).attributes(link.reversed(), back);
    }

    @Test
    void tellsTheWaysOfARequestThatIsPossible() {
        PathExplanation explanation = explain(request().protection(Protection.builder().build()).build());

        assertThat(explanation.possible()).isTrue();
        assertThat(explanation.active().orElseThrow().ports()).containsExactly(
                RandomNetwork.edge(0, 9), RandomNetwork.port(0, 2), RandomNetwork.port(1, 1), RandomNetwork.port(1, 2),
                RandomNetwork.port(3, 1), RandomNetwork.edge(3, 9));
        assertThat(explanation.active().orElseThrow().metrics())
                .isEqualTo(PathMetrics.of(2, 2, 2 * MILLISECOND, 2 * MILLISECOND));
        assertThat(explanation.standby().orElseThrow().metrics())
                .isEqualTo(PathMetrics.of(2, 2, 6 * MILLISECOND, 6_400_000));
        assertThat(explanation.reason()).contains("a way by " + RandomNetwork.device(0) + ", " + TWO)
                .contains("a standby way by " + RandomNetwork.device(0) + ", " + THREE);
    }

    @Test
    void tellsWhatLimitsARequestThatIsPossible() {
        PathExplanation explanation = explain(request().bandwidth(500 * MEGABIT).build());
        assertThat(explanation.possible()).isTrue();
        assertThat(explanation.obstacles()).containsExactly(Obstacle.builder().field("bandwidth")
                .detail("500 Mbit/s in each direction is not free on 2 links").decisive(false)
                .addRemovedLinks(RandomNetwork.port(0, 2), RandomNetwork.port(1, 2)).build());
    }

    @Test
    void namesTheBandwidthThatIsLeft() {
        assertError(request().bandwidth(1001 * MEGABIT).build(), "bandwidth",
                    "at most 1 Gbit/s in each direction is free, by " + RandomNetwork.device(0) + ", " + THREE);
        assertError(request().bandwidth(500 * MEGABIT).constraints(excluding(THREE)).build(), "bandwidth",
                    "at most 400 Mbit/s in each direction is free");
        assertError(request().bandwidth(1).reverseBandwidth(1_000_000_001).build(), "reverse-bandwidth",
                    "1.000000001 Gbit/s in the reverse direction is not free on 4 links: at most 1 Gbit/s in the"
                            + " reverse direction is free");
    }

    private static PathConstraints excluding(DeviceId device) {
        return PathConstraints.builder().addExcludeDevices(device).build();
    }

    @Test
    void namesTheSetupPriorityThatWouldTakeEnough() {
        hold(5, 900 * MEGABIT, THREE);
        assertError(request().bandwidth(500 * MEGABIT).build(), "setup-priority", "setup-priority 4 would take it");
        assertThat(explain(request().bandwidth(500 * MEGABIT).setupPriority(4).holdingPriority(4).build()).possible())
                .isTrue();
    }

    private void hold(int priority, long bandwidth, DeviceId by) {
        TeDatabase database = new TeDatabase(network.build(), held);
        Route route = new CoRoutedPathComputation(database).compute(PathQuery.of(request().constraints(
                PathConstraints.builder().addInclude(RouteHop.through(by)).build()).build()))
                .path().orElseThrow().active();
        held.put(Reservation.of("held", priority, List.of(new LabelAllocation(database.topology(), held)
                .allocate(route, 1, bandwidth, bandwidth).orElseThrow())));
    }

    @Test
    void namesTheBestFigureOfEachBound() {
        assertError(request().constraints(PathConstraints.builder().maxDelay(1_500_000).build()).build(),
                    "constraints.max-delay", "max-delay is 1.5 ms: the best is 2 ms by");
        assertError(request().constraints(PathConstraints.builder().maxHops(1).build()).build(),
                    "constraints.max-hops", "max-hops is 1 link: the best is 2 links by");
        assertError(request().bandwidth(500 * MEGABIT)
                            .constraints(PathConstraints.builder().maxDelayAsymmetry(150_000L).build()).build(),
                    "constraints.max-delay-asymmetry", "is 150 us: the best is 200 us by");
    }

    @Test
    void namesTheAffinitiesThatStandInTheWay() {
        assertError(request().bandwidth(500 * MEGABIT)
                            .constraints(PathConstraints.builder().addAffinitiesExcludeAny(1, 5).build()).build(),
                    "constraints.affinities-exclude-any", "leave 1 out of it");
        assertError(request().constraints(PathConstraints.builder().addAffinitiesIncludeAny(5).build()).build(),
                    "constraints.affinities-include-any", "add 1 to it");
        assertError(request().constraints(PathConstraints.builder().addAffinitiesIncludeAll(1, 5).build()).build(),
                    "constraints.affinities-include-all", "leave 5 out of it");
    }

    @Test
    void namesWhatNeedNotBeExcluded() {
        assertError(request().constraints(PathConstraints.builder().addExcludeDevices(TWO, THREE).build()).build(),
                    "constraints.exclude-devices", "leave " + TWO + " out of exclude-devices");
        ConnectPoint slow = RandomNetwork.port(2, 2);
        assertError(request().constraints(PathConstraints.builder().addExcludeDevices(TWO).addExcludeLinks(slow)
                                                  .build()).build(),
                    "constraints.exclude-links", "leave " + slow + " - " + RandomNetwork.port(3, 2)
                            + " out of exclude-links");
    }

    @Test
    void namesTheHopThatCannotBeReached() {
        assertError(request().constraints(PathConstraints.builder()
                            .addInclude(RouteHop.through(TWO), RouteHop.through(THREE)).build()).build(),
                    "constraints.include[0]", "include[1], the switch " + THREE
                            + ", can't be reached after include[0]: leave out include[0]");
        assertError(request().constraints(PathConstraints.builder().addInclude(RouteHop.builder()
                            .link(RandomNetwork.port(3, 2)).strict(true).build()).build()).build(),
                    "constraints.include[0]", "let include[0] be loose");
    }

    @Test
    void namesWhatAllWaysNeedAndWhatIsLessThanDisjoint() {
        assertError(request().protection(Protection.builder().disjoint(Disjointness.SRLG).build()).build(),
                    "protection", "the ways must be srlg-disjoint: all ways need the shared risk link group 7; disjoint"
                            + " link would do");
        assertError(request().protection(Protection.builder().build()).constraints(excluding(THREE)).build(),
                    "protection", "all ways need the link " + RandomNetwork.port(0, 2) + " - "
                            + RandomNetwork.port(1, 1));
    }

    @Test
    void namesStatesOfTheNetwork() {
        network.node(node(1).maintenance(true).build());
        network.node(node(2).mpls(false).build());
        NoPath none = whyNot(request().build());
        assertThat(none.errors()).extracting(FieldError::detail)
                .anyMatch(detail -> detail.contains("end the maintenance of " + TWO))
                .anyMatch(detail -> detail.contains(THREE + " lacks MPLS capability"));
        assertThat(none.reason()).contains("; or else, ");
    }

    @Test
    void namesPortsThatAreDownAndLinksThatAreUnsteady() {
        network.port(TePort.of(RandomNetwork.port(1, 2), false, 400 * MEGABIT));
        LinkDirection slow = LinkDirection.of(RandomNetwork.port(0, 3), RandomNetwork.port(2, 1));
        network.attributes(slow, LinkAttributes.builder().unsteady(true).build());
        NoPath none = whyNot(request().build());
        assertThat(none.errors()).extracting(FieldError::detail)
                .anyMatch(detail -> detail.startsWith("the port " + RandomNetwork.port(1, 2) + " is down: bring up"))
                .anyMatch(detail -> detail.contains("has failed too often lately: wait until"));
    }

    @Test
    void namesTheFewestChangesWhereOneIsNotEnough() {
        PathExplanation explanation = explain(request().bandwidth(500 * MEGABIT)
                .constraints(PathConstraints.builder().maxDelay(1_500_000).build()).setupPriority(0).build());
        assertThat(explanation.possible()).isFalse();
        assertThat(explanation.obstacles()).filteredOn(Obstacle::decisive).extracting(Obstacle::field)
                .containsExactly("constraints.max-delay");
        NoPath both = whyNot(request().bandwidth(1001 * MEGABIT)
                .constraints(PathConstraints.builder().maxDelay(1_500_000).build()).build());
        assertThat(both.errors()).extracting(FieldError::field)
                .containsExactly("bandwidth", "constraints.max-delay");
        assertThat(both.reason()).startsWith("only together would these do: bandwidth: at most 1 Gbit/s")
                .contains("and constraints.max-delay: the best is 6.4 ms");
    }

    @Test
    void saysWhyThereIsNoStandbyWayBesideAnActiveOne() {
        TeDatabase database = new TeDatabase(network.build(), held);
        CoRoutedPathComputation computation = new CoRoutedPathComputation(database);
        PathQuery query = PathQuery.of(request().bandwidth(500 * MEGABIT)
                                               .protection(Protection.builder().build()).build());
        PathQuery alone = PathQuery.builder().from(query).protection(Optional.empty()).build();
        Route active = computation.compute(alone).path().orElseThrow().active();
        NoPath none = computation.standby(query, active, "a").noPath().orElseThrow();
        assertThat(none.errors()).extracting(FieldError::field).containsExactly("bandwidth", "protection");
        assertThat(none.reason()).contains("at most 400 Mbit/s").contains("best-effort would share the link");
    }

    @Test
    void countsWhatAPathThatMovesHoldsAsFree() {
        hold(0, 900 * MEGABIT, THREE);
        CoRoutedPathComputation computation = new CoRoutedPathComputation(new TeDatabase(network.build(), held));
        PathQuery query = PathQuery.of(request().bandwidth(2000 * MEGABIT).build());
        assertThat(computation.compute(query, "held").noPath().orElseThrow().reason()).contains("at most 1 Gbit/s");
        assertThat(computation.compute(query).noPath().orElseThrow().reason()).contains("at most 400 Mbit/s");
    }

    private static TePathRequest.Builder request() {
        return TePathRequest.builder().name("a").source(RandomNetwork.edge(0, 9)).destination(RandomNetwork.edge(3, 9))
                .objective(Objective.DELAY);
    }

    private PathExplanation explain(TePathRequest request) {
        return new CoRoutedPathComputation(new TeDatabase(network.build(), held)).explain(PathQuery.of(request));
    }

    private NoPath whyNot(TePathRequest request) {
        return new CoRoutedPathComputation(new TeDatabase(network.build(), held)).compute(PathQuery.of(request))
                .noPath().orElseThrow();
    }

    private void assertError(TePathRequest request, String field, String detail) {
        assertThat(whyNot(request).errors()).filteredOn(error -> error.field().equals(field))
                .extracting(FieldError::detail).hasSize(1).allSatisfy(text -> assertThat(text).contains(detail));
    }
}
