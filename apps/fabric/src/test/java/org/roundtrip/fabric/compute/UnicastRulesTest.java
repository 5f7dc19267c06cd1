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

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.LinkKey;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.packet.PacketPriority;
import org.roundtrip.fabric.FabricRules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class UnicastRulesTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "test");
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:01");
    private static final HostId HOST = HostId.hostId(MAC, VlanId.NONE);

    @Provide
    Arbitrary<Network> networks() {
        return Networks.networks();
    }

    /** From wherever there is a way, a frame gets to the host and nowhere else; from elsewhere it gets nowhere. */
    @Property
    void frameGetsToTheHostAndNowhereElse(@ForAll("networks") Network network) {
        Assume.that(!network.edgePorts().isEmpty());
        ConnectPoint home = network.edgePorts().iterator().next();
        ForwardingPlane plane = new ForwardingPlane(
                network.links(), UnicastRules.compile(APPLICATION, network, Attachment.of(HOST, home)));
        Map<DeviceId, Integer> hops = hops(home.deviceId(), network);
        for (DeviceId from : network.switches()) {
            List<ConnectPoint> left = plane.send(MAC, new ConnectPoint(from, PortNumber.portNumber(99)));
            assertThat(left).isEqualTo(hops.containsKey(from) ? List.of(home) : List.of());
        }
    }

    @Property
    void everySwitchTakesAShortestWay(@ForAll("networks") Network network) {
        DeviceId destination = network.switches().iterator().next();
        Map<DeviceId, LinkKey> next = ShortestPathTree.to(destination, network.links());
        Map<DeviceId, Integer> hops = hops(destination, network);
        assertThat(next.keySet()).isEqualTo(without(destination, hops.keySet()));
        next.forEach((from, link) -> {
            assertThat(network.links()).contains(link);
            assertThat(hops.get(link.dst().deviceId())).isEqualTo(hops.get(from) - 1);
        });
    }

    @Property
    void orderOfLinksDoesNotMatter(@ForAll("networks") Network network, @ForAll Random random) {
        DeviceId destination = network.switches().iterator().next();
        List<LinkKey> shuffled = new ArrayList<>(network.links());
        Collections.shuffle(shuffled, random);
        assertThat(ShortestPathTree.to(destination, shuffled))
                .isEqualTo(ShortestPathTree.to(destination, network.links()));
    }

    @Example
    void everySwitchOfARingGetsTheSameRules() {
        Set<FlowRule> rules = UnicastRules.compile(APPLICATION, Networks.ring(4),
                                                   Attachment.of(HOST, Networks.port(1, 1)));
        assertThat(rules).hasSize(4 * 4)
                .allMatch(rule -> rule.table().equals(IndexTableId.of(FabricRules.TABLE)) && rule.isPermanent());
    }

    @Example
    void stationsMakeSureOfEachOtherWithoutTheControllerButNotBehindItsBack() {
        Set<FlowRule> rules = UnicastRules.compile(APPLICATION, Networks.ring(4),
                                                   Attachment.of(HOST, Networks.port(1, 1)));
        assertThat(rules).filteredOn(rule -> rule.priority() == FabricRules.NEIGHBOUR_PRIORITY).hasSize(4 * 3)
                .allMatch(rule -> rule.priority() > PacketPriority.CONTROL.priorityValue())
                .allMatch(UnicastRulesTest::tellsTheController);
        assertThat(rules).filteredOn(rule -> rule.priority() == FabricRules.UNICAST_PRIORITY).hasSize(4)
                .noneMatch(UnicastRulesTest::tellsTheController);
    }

    @Example
    void taggedHostIsMatchedWithItsVlanAndFirst() {
        HostId tagged = HostId.hostId(MAC, VlanId.vlanId((short) 7));
        assertThat(UnicastRules.compile(APPLICATION, Networks.ring(3), Attachment.of(tagged, Networks.port(1, 1))))
                .extracting(FlowRule::priority)
                .containsOnly(FabricRules.TAGGED_UNICAST_PRIORITY, FabricRules.TAGGED_NEIGHBOUR_PRIORITY);
        assertThat(UnicastRules.compile(APPLICATION, Networks.ring(3), Attachment.of(tagged, Networks.port(1, 1))))
                .allMatch(rule -> rule.selector().toString().contains("VLAN_VID:7"));
    }

    @Example
    void hostOnASwitchThatIsAwayGetsNoRules() {
        assertThat(UnicastRules.compile(APPLICATION, Networks.ring(3), Attachment.of(HOST, Networks.port(9, 1))))
                .isEmpty();
    }

    private static boolean tellsTheController(FlowRule rule) {
        return rule.treatment().immediate().contains(Instructions.createOutput(PortNumber.CONTROLLER));
    }

    private static Set<DeviceId> without(DeviceId one, Set<DeviceId> all) {
        return all.stream().filter(device -> !device.equals(one)).collect(Collectors.toSet());
    }

    /** Bellman and Ford's way of counting, so that it is not the code under test again. */
    private static Map<DeviceId, Integer> hops(DeviceId destination, Network network) {
        Map<DeviceId, Integer> hops = new HashMap<>(Map.of(destination, 0));
        for (int round = 0; round < network.switches().size(); round++) {
            for (LinkKey link : network.links()) {
                Integer behind = hops.get(link.dst().deviceId());
                if (behind != null) {
                    hops.merge(link.src().deviceId(), behind + 1, Math::min);
                }
            }
        }
        return hops;
    }
}
