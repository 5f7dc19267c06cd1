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
package org.roundtrip.balancer.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class AnycastTest {

    private static final int SWITCHES = 8;

    /** Who follows the ways from any switch comes to a destination, if there is a way at all. */
    @Property(tries = 300)
    void everyWayEnds(@ForAll("networks") Set<SwitchLink> links, @ForAll("destinations") Set<DeviceId> ends) {
        Anycast ways = Anycast.of(links, ends);
        Map<ConnectPoint, SwitchLink> bySource = links.stream().collect(
                Collectors.toMap(SwitchLink::source, Function.identity()));
        for (int n = 1; n <= SWITCHES; n++) {
            DeviceId at = device(n);
            int steps = 0;
            while (!ends.contains(at) && ways.port(at).isPresent()) {
                at = bySource.get(new ConnectPoint(at, ways.port(at).get())).destination().deviceId();
                assertThat(++steps).isLessThan(SWITCHES);
            }
            assertThat(ends.contains(at)).isEqualTo(reaches(links, device(n), ends));
        }
    }

    @Test
    void ofEqualWaysTheOneToTheLeastSwitchIsTaken() {
        Set<SwitchLink> links = Set.of(link(4, 3), link(4, 2), link(3, 1), link(2, 1));

        assertThat(Anycast.of(links, Set.of(device(1))).port(device(4))).contains(PortNumber.portNumber(2));
        assertThat(Anycast.of(links, Set.of(device(2), device(3))).port(device(4))).contains(PortNumber.portNumber(2));
    }

    @Test
    void linksAreOneWay() {
        assertThat(Anycast.of(Set.of(link(1, 2)), Set.of(device(1))).port(device(2))).isEqualTo(Optional.empty());
    }

    private static boolean reaches(Set<SwitchLink> links, DeviceId from, Set<DeviceId> ends) {
        Set<DeviceId> reached = new HashSet<>(Set.of(from));
        while (reached.addAll(links.stream().filter(link -> reached.contains(link.source().deviceId()))
                                      .map(link -> link.destination().deviceId()).collect(Collectors.toSet()))) {
            continue;
        }
        return reached.stream().anyMatch(ends::contains);
    }

    @Provide
    Arbitrary<Set<SwitchLink>> networks() {
        Arbitrary<Integer> devices = Arbitraries.integers().between(1, SWITCHES);
        return Combinators.combine(devices, devices).as(List::of).filter(pair -> !pair.get(0).equals(pair.get(1)))
                .map(pair -> link(pair.get(0), pair.get(1))).set().ofMaxSize(20);
    }

    @Provide
    Arbitrary<Set<DeviceId>> destinations() {
        return Arbitraries.integers().between(1, SWITCHES).map(AnycastTest::device).set().ofMaxSize(3);
    }

    /** The port of each switch to another one has the number of the other. */
    private static SwitchLink link(int from, int to) {
        return SwitchLink.of(new ConnectPoint(device(from), PortNumber.portNumber(to)),
                             new ConnectPoint(device(to), PortNumber.portNumber(from)));
    }

    private static DeviceId device(int n) {
        return DeviceId.deviceId("of:000000000000000" + n);
    }
}
