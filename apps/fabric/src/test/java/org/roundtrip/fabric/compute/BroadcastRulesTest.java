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
package org.roundtrip.fabric.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;
import org.onosproject.net.flow.FlowRule;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BroadcastRulesTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "test");
    private static final MacAddress PTP_MULTICAST = MacAddress.valueOf("01:00:5e:00:01:81");
    private static final MacAddress PTP_PEER_DELAY = MacAddress.valueOf("01:80:c2:00:00:0e");

    @Provide
    Arbitrary<Network> networks() {
        return Networks.networks();
    }

    /** Two networks of the same switches: a network, and what is left of it when some links are lost. */
    @Provide
    Arbitrary<List<Network>> changes() {
        return Combinators.combine(Networks.networks(), Arbitraries.randoms()).as((whole, random) -> {
            Network before = without(whole, random);
            Network after = without(whole, random);
            return List.of(whole, before, after);
        });
    }

    @Property
    void everyEdgePortOfThePartGetsOneCopy(@ForAll("networks") Network network) {
        ForwardingPlane plane = plane(network, rules(network));
        for (ConnectPoint in : network.edgePorts()) {
            Set<DeviceId> part = bidirectionallyConnected(in.deviceId(), network);
            List<ConnectPoint> expected = network.edgePorts().stream()
                    .filter(port -> !port.equals(in) && part.contains(port.deviceId())).toList();
            for (MacAddress group : List.of(PTP_MULTICAST, MacAddress.BROADCAST,
                                            MacAddress.valueOf("01:1b:19:00:00:00"))) {
                assertThat(plane.send(group, in)).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Property
    void reservedAddressesAreNotForwarded(@ForAll("networks") Network network) {
        ForwardingPlane plane = plane(network, rules(network));
        network.edgePorts().forEach(in -> assertThat(plane.send(PTP_PEER_DELAY, in)).isEmpty());
    }

    @Property
    void everyPortOfALinkHasARuleOfItsOwn(@ForAll("networks") Network network) {
        Set<ConnectPoint> ports = new HashSet<>(network.edgePorts());
        network.links().forEach(link -> ports.addAll(List.of(link.src(), link.dst())));
        assertThat(rules(network)).hasSize(ports.size() + network.switches().size());
    }

    /**
     * While a tree is changed, some switches have taken a step and some not. Whatever mixture that is, no frame goes
     * round and no port gets two copies, and in the end the new tree is in use.
     */
    @Property(tries = 2_000)
    void noLoopWhileTheTreeChanges(@ForAll("changes") List<Network> change, @ForAll Random random) {
        Network whole = change.get(0);
        Set<ConnectPoint> inUse = BroadcastRules.ports(change.get(1));
        Set<ConnectPoint> target = BroadcastRules.ports(change.get(2));
        int steps = 0;
        while (!inUse.equals(target)) {
            assertThat(++steps).isLessThanOrEqualTo(2);
            Set<ConnectPoint> next = BroadcastTransition.next(inUse, target);
            Set<FlowRule> mixture = new HashSet<>();
            for (DeviceId device : whole.switches()) {
                Set<ConnectPoint> taken = random.nextBoolean() ? next : inUse;
                BroadcastRules.compile(APPLICATION, whole, taken).stream()
                        .filter(rule -> rule.deviceId().equals(device)).forEach(mixture::add);
            }
            ForwardingPlane plane = plane(whole, mixture);
            for (ConnectPoint in : whole.edgePorts()) {
                assertThat(plane.send(PTP_MULTICAST, in)).doesNotHaveDuplicates().doesNotContain(in);
            }
            inUse = next;
        }
    }

    @Example
    void withoutTheMiddleStepARingWouldLoop() {
        Network ring = Networks.ring(4);
        Set<ConnectPoint> all = new HashSet<>(ring.edgePorts());
        ring.links().forEach(link -> all.add(link.src()));
        ForwardingPlane plane = plane(ring, BroadcastRules.compile(APPLICATION, ring, all));
        assertThatThrownBy(() -> plane.send(PTP_MULTICAST, Networks.port(1, 1)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("goes round");
    }

    @Example
    void onlyEdgePortOfALoneSwitchHasNowhereToFloodTo() {
        Network lone = ImmutableNetwork.builder()
                .addSwitches(Networks.device(1)).addEdgePorts(Networks.port(1, 1)).build();
        assertThat(plane(lone, rules(lone)).send(PTP_MULTICAST, Networks.port(1, 1))).isEmpty();
    }

    @Example
    void networkThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> ImmutableNetwork.builder().from(Networks.ring(3))
                .addEdgePorts(Networks.port(1, 2)).build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("edgePorts");
        assertThatThrownBy(() -> ImmutableNetwork.builder().from(Networks.ring(3))
                .addEdgePorts(Networks.port(9, 2)).build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not in the network");
    }

    private static Set<FlowRule> rules(Network network) {
        return BroadcastRules.compile(APPLICATION, network, BroadcastRules.ports(network));
    }

    private static ForwardingPlane plane(Network network, Set<FlowRule> rules) {
        return new ForwardingPlane(network.links(), rules);
    }

    private static Network without(Network whole, Random random) {
        Set<LinkKey> links = new HashSet<>(whole.links());
        links.removeIf(link -> random.nextInt(4) == 0);
        return ImmutableNetwork.builder().from(whole).links(links).build();
    }

    private static Set<DeviceId> bidirectionallyConnected(DeviceId start, Network network) {
        Set<DeviceId> part = new HashSet<>(Set.of(start));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (LinkKey link : network.links()) {
                boolean both = network.links().contains(LinkKey.linkKey(/* src= */ link.dst(), /* dst= */ link.src()));
                if (both && part.contains(link.src().deviceId())) {
                    grown |= part.add(link.dst().deviceId());
                }
            }
        }
        return part;
    }
}
