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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class CoRoutedPathComputationTest {

    private static final ConnectPoint SOURCE = port(1, 1);
    private static final ConnectPoint DESTINATION = port(4, 1);

    private final TeTopology.Builder network = TeTopology.builder();

    // Against brute force

    @Property(tries = 5000)
    void findsAPathExactlyWhenThereIsOneAndNoneIsShorter(@ForAll long seed, @ForAll @IntRange(max = 35) int bandwidth) {
        RandomNetwork random = new RandomNetwork(seed);
        TeTopology topology = random.topology();
        ConnectPoint source = RandomNetwork.edge(0, 1);
        ConnectPoint destination = RandomNetwork.edge(random.size - 1, 1);

        PathComputationResult result = new CoRoutedPathComputation(topology, new Reservations())
                .compute(source, destination, bandwidth);

        OptionalInt shortest = shortest(random, source.deviceId(), destination.deviceId(), bandwidth, new HashSet<>());
        assertThat(result.route().isPresent()).isEqualTo(shortest.isPresent());
        assertThat(result.noPath().isPresent()).isNotEqualTo(shortest.isPresent());
        result.route().ifPresent(route -> {
            assertThat(route.links()).hasSize(shortest.orElseThrow());
            assertThat(route.links()).allMatch(link -> isUsable(random, link, bandwidth));
        });
    }

    @Property(tries = 500)
    void answersTheSameWhateverTheOrderInWhichTheNetworkIsTold(@ForAll long seed, @ForAll long order) {
        RandomNetwork random = new RandomNetwork(seed);
        ConnectPoint source = RandomNetwork.edge(0, 1);
        ConnectPoint destination = RandomNetwork.edge(random.size - 1, 1);
        PathComputationResult one = new CoRoutedPathComputation(random.topology(), new Reservations())
                .compute(source, destination, 10);
        PathComputationResult other = new CoRoutedPathComputation(random.shuffled(order), new Reservations())
                .compute(source, destination, 10);
        assertThat(other.route()).isEqualTo(one.route());
        assertThat(other.noPath()).isEqualTo(one.noPath());
    }

    /** Tries all simple paths, knowing nothing but the definition of a usable link. */
    private static OptionalInt shortest(RandomNetwork network, DeviceId from, DeviceId to, long bandwidth,
                                        Set<DeviceId> visited) {
        boolean available = network.nodes.stream().anyMatch(node -> node.device().equals(from) && node.available());
        if (from.equals(to)) {
            return available ? OptionalInt.of(0) : OptionalInt.empty();
        }
        visited.add(from);
        OptionalInt least = network.directions.stream()
                .filter(link -> link.src().deviceId().equals(from) && !visited.contains(link.dst().deviceId()))
                .filter(link -> isUsable(network, link, bandwidth))
                .map(link -> shortest(network, link.dst().deviceId(), to, bandwidth, visited))
                .filter(OptionalInt::isPresent).mapToInt(found -> found.getAsInt() + 1).min();
        visited.remove(from);
        return least;
    }

    private static boolean isUsable(RandomNetwork network, LinkDirection link, long bandwidth) {
        return network.directions.contains(link) && network.directions.contains(link.reversed())
                && List.of(link.src(), link.dst()).stream().allMatch(end ->
                        network.ports.stream().anyMatch(port -> port.at().equals(end) && port.enabled()
                                && port.speed() >= bandwidth)
                        && network.nodes.stream().anyMatch(node -> node.device().equals(end.deviceId())
                                && node.available() && node.mpls() && node.te()));
    }

    // Why not

    @Test
    void goesTheShortestWay() {
        square();
        assertThat(compute(0).route().orElseThrow().devices()).containsExactly(device(1), device(2), device(4));
    }

    @Test
    void tellsParallelLinksApart() {
        node(1, true, true);
        node(4, true, true);
        link(1, 2, 4, 2, 10);
        link(1, 3, 4, 3, 20);
        assertThat(compute(15).route().orElseThrow().links())
                .containsExactly(LinkDirection.of(port(1, 3), port(4, 3)));
        assertThat(compute(5).route().orElseThrow().links())
                .containsExactly(LinkDirection.of(port(1, 2), port(4, 2)));
    }

    @Test
    void saysHowMuchBandwidthThereIsOnTheWidestWay() {
        square();
        NoPath none = compute(500).noPath().orElseThrow();
        assertThat(none.reason()).isEqualTo(NoPath.Reason.BANDWIDTH);
        assertThat(none.error().field()).isEqualTo("bandwidth");
        assertThat(none.error().detail()).contains("500 bit/s").contains("at most 100 bit/s");
    }

    @Test
    void countsWhatOthersHold() {
        square();
        TeTopology topology = network.build();
        Route route = compute(0).route().orElseThrow();
        Placement placement = new LabelAllocation(topology, new Reservations())
                .allocate(route, 1, 95, 95).orElseThrow();
        Reservations held = Reservations.of(List.of(Reservation.of("a", 7, List.of(placement))));

        assertThat(new CoRoutedPathComputation(topology, held).compute(SOURCE, DESTINATION, 10)
                           .route().orElseThrow().devices()).containsExactly(device(1), device(3), device(4));
        assertThat(held.whileMoving("a", () -> new CoRoutedPathComputation(topology, held)
                .compute(SOURCE, DESTINATION, 100).route().orElseThrow().devices()))
                .containsExactly(device(1), device(2), device(4));
    }

    @Test
    void saysWhichEndLacksACapabilityAndHowToSetIt() {
        node(1, true, false);
        node(4, true, true);
        link(1, 2, 4, 2, 10);
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(none.reason()).isEqualTo(NoPath.Reason.CAPABILITY);
        assertThat(none.error().field()).isEqualTo("source");
        assertThat(none.error().detail()).contains(device(1) + " lacks TE capability")
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
        assertThat(none.reason()).isEqualTo(NoPath.Reason.CAPABILITY);
        assertThat(none.error().detail()).contains(device(2) + " lacks MPLS capability").doesNotContain(
                device(1).toString());
        NoPath both = compute(99).noPath().orElseThrow();
        assertThat(both.reason()).isEqualTo(NoPath.Reason.CAPABILITY);
        assertThat(both.error().detail()).contains("more bandwidth");
    }

    @Test
    void namesOneWayLinks() {
        node(1, true, true);
        node(4, true, true);
        network.port(TePort.of(port(1, 2), true, 10)).port(TePort.of(port(4, 2), true, 10))
                .link(LinkDirection.of(port(4, 2), port(1, 2)));
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(none.reason()).isEqualTo(NoPath.Reason.ONE_WAY);
        assertThat(none.error().detail()).contains(port(4, 2).toString()).contains(port(1, 2).toString());
    }

    @Test
    void saysThatNothingJoinsTheEnds() {
        node(1, true, true);
        node(4, true, true);
        assertThat(compute(0).noPath().orElseThrow().reason()).isEqualTo(NoPath.Reason.DISCONNECTED);
    }

    @Test
    void saysThatASwitchIsAway() {
        node(1, true, true);
        NoPath none = compute(0).noPath().orElseThrow();
        assertThat(none.reason()).isEqualTo(NoPath.Reason.UNREACHABLE);
        assertThat(none.error().field()).isEqualTo("destination");
    }

    @Test
    void saysWhereLabelsAreUsedUp() {
        network.node(TeNode.builder().device(device(1)).available(true).mpls(true).te(true)
                             .labels(LabelRange.of(16, 16)).build());
        node(4, true, true);
        link(1, 2, 4, 2, 100);
        TeTopology topology = network.build();
        Placement placement = new LabelAllocation(topology, new Reservations())
                .allocate(compute(0).route().orElseThrow(), 1, 1, 1).orElseThrow();
        Reservations held = Reservations.of(List.of(Reservation.of("a", 7, List.of(placement))));
        NoPath none = new CoRoutedPathComputation(topology, held).compute(SOURCE, DESTINATION, 1)
                .noPath().orElseThrow();
        assertThat(none.reason()).isEqualTo(NoPath.Reason.LABELS);
        assertThat(none.error().detail()).contains(port(1, 2).toString());
    }

    private PathComputationResult compute(long bandwidth) {
        return new CoRoutedPathComputation(network.build(), new Reservations())
                .compute(SOURCE, DESTINATION, bandwidth);
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
