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

import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.balancer.Affinity;
import org.roundtrip.balancer.TransportProtocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How an access switch finds the slot of a request: the last eight bits of the client's address, each exclusively or'ed
 * with one of eight bits of the client's port. A table of all exclusive ors of four bits, which is asked twice, does it
 * by rules alone.
 * <p>
 * A group would choose by a hash over the whole of addresses and ports, which each release of a switch may compute in
 * its own way. Access switches agree here whatever they are; and they forward later connections without asking their
 * slow path, because what they have to know of a packet are 16 bits, not all of its addresses and ports.
 * <p>
 * The halves are found one after the other in the tunnel id, whose higher bits say how far that is. So a request has no
 * slot at all, rather than a wrong one, in a switch that lacks rules yet.
 */
final class SlotChoice {

    private static final int HALF = 4;
    private static final int VALUES = 1 << HALF;
    private static final int HALF_MASK = VALUES - 1;

    /** The last bit of ports says little: Linux connects from even ones as long as there are any. */
    private static final int FIRST_PORT_BIT = 1;

    /** In the tunnel id: one half has been found. */
    private static final long HALF_CHOSEN = 0x100;

    /** In the tunnel id: the slot has been found. */
    private static final long CHOSEN = 0x200;

    private SlotChoice() {
    }

    /**
     * Returns the tunnel id of requests of a slot.
     *
     * @param slot the slot, 0 to 255
     * @return the tunnel id
     */
    static long tunnelId(int slot) {
        return CHOSEN | slot;
    }

    /**
     * Returns the slot of a request that is looked up in {@link Pipeline#SLOTS}.
     *
     * @param tunnelId its tunnel id
     * @return the slot, 0 to 255, or empty if it has not been found
     */
    static Optional<Integer> slot(long tunnelId) {
        return (tunnelId & -SlotTable.SLOTS) == CHOSEN ? Optional.of((int) (tunnelId - CHOSEN)) : Optional.empty();
    }

    /**
     * Returns what finds the slot of a request of a virtual server, and goes on in {@link Pipeline#SLOTS}. The source
     * address of the frame says only whose request it is then. Open vSwitch tracks SCTP by addresses only, so
     * associations of one client must not be at different members.
     *
     * @param plan       the virtual server
     * @param extensions what the switch can do beyond OpenFlow
     * @return the treatment
     */
    static TrafficTreatment.Builder treatment(ServerPlan plan, SwitchExtensions extensions) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder()
                .setEthSrc(SlotMac.ofAnySlot(plan.number()));
        PacketField client = plan.request().vip().isIp4() ? PacketField.IPV4_SRC : PacketField.IPV6_SRC;
        TransportProtocol protocol = plan.request().protocol();
        if (plan.request().affinity() == Affinity.CLIENT_ADDRESS || protocol == TransportProtocol.SCTP) {
            treatment.setTunnelId(CHOSEN).add(extensions.move(client, PacketField.TUNNEL_ID, 2 * HALF));
        } else {
            PacketField port = protocol == TransportProtocol.UDP ? PacketField.UDP_SRC : PacketField.TCP_SRC;
            half(treatment, client, HALF, port, FIRST_PORT_BIT + HALF, extensions)
                    .add(extensions.move(PacketField.TUNNEL_ID, 0, PacketField.ETH_SRC, HALF, HALF));
            half(treatment, client, 0, port, FIRST_PORT_BIT, extensions)
                    .add(extensions.move(PacketField.ETH_SRC, HALF, PacketField.TUNNEL_ID, HALF, HALF))
                    .setEthSrc(SlotMac.ofAnySlot(plan.number()));
        }
        return treatment.transition(Pipeline.SLOTS);
    }

    private static TrafficTreatment.Builder half(TrafficTreatment.Builder treatment, PacketField client, int clientBit,
                                                 PacketField port, int portBit, SwitchExtensions extensions) {
        return treatment.add(extensions.move(client, clientBit, PacketField.TUNNEL_ID, HALF, HALF))
                .add(extensions.move(port, portBit, PacketField.TUNNEL_ID, 0, HALF))
                .add(extensions.resubmit(Pipeline.SLOT_HALVES));
    }

    /**
     * Compiles the table of halves, which all virtual servers of a switch share.
     *
     * @param rules makes rules of the switch
     * @return 512 rules: 256 for the first half that is found, and 256 for the second
     */
    static List<FlowRule> halves(PurposedRules rules) {
        return Stream.concat(halves(rules, 0, HALF_CHOSEN), halves(rules, HALF_CHOSEN, CHOSEN))
                .collect(Collectors.toUnmodifiableList());
    }

    private static Stream<FlowRule> halves(PurposedRules rules, long before, long after) {
        return IntStream.range(0, VALUES * VALUES).mapToObj(both -> rules.rule(
                RulePurpose.SLOT_HALF, DefaultTrafficSelector.builder().matchTunnelId(before | both),
                DefaultTrafficTreatment.builder().setTunnelId(after | both >> HALF ^ both & HALF_MASK)));
    }
}
