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
package org.roundtrip.balancer.impl.packet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.ARP;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.compute.VipMac;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NeighbourResponderTest {

    private static final Ip4Address VIP4 = Ip4Address.valueOf("198.51.100.1");
    private static final Ip6Address VIP6 = Ip6Address.valueOf("2001:db8:1::1");
    private static final Ip4Address STATION4 = Ip4Address.valueOf("203.0.113.7");
    private static final Ip6Address STATION6 = Ip6Address.valueOf("2001:db8:3::7");
    private static final MacAddress STATION = MacAddress.valueOf("02:00:00:00:00:07");
    private static final ConnectPoint PORT = ConnectPoint.deviceConnectPoint("of:0000000000000001/5");

    private final PacketsInMemory packets = new PacketsInMemory();
    private final Plans plans = new Plans();
    private final NeighbourResponder responder = new NeighbourResponder();

    @BeforeEach
    void start() {
        plans.add("198.51.100.1", TransportProtocol.TCP, 80, "192.0.2.1", 8080, true);
        plans.add("2001:db8:1::1", TransportProtocol.TCP, 80, "2001:db8:2::1", 8080, true);
        responder.coreService = Plans.core();
        responder.packetService = packets;
        responder.plans = plans;
        responder.activate();
    }

    @AfterEach
    void stop() {
        responder.deactivate();
        assertThat(packets.processors).isEmpty();
    }

    @Test
    void solicitationsAreAnsweredWhereTheyComeFrom() {
        assertThat(packets.receive(PORT, solicitation(STATION6, VIP6), Optional.of(Plans.COOKIE))).isTrue();

        assertSent(VIP6);
    }

    @Test
    void arpIsAnsweredByTheSwitchThatHasTheRules() {
        assertThat(packets.receive(PORT, arpRequest(STATION4, VIP4), Optional.of(Plans.COOKIE))).isTrue();
        assertThat(packets.receive(PORT, solicitation(STATION6, VIP6), Optional.of(Plans.COOKIE))).isTrue();

        assertSent(VIP6);
    }

    @Test
    void arpIsAnsweredAsLongAsASwitchHasNoRules() {
        assertThat(packets.receive(PORT, arpRequest(STATION4, VIP4), Optional.of(8L << 48))).isTrue();

        assertSent(VIP4);
    }

    /** Whoever resolves addresses would tell all edge ports, and the members behind them have the address. */
    @Test
    void claimsAreSwallowed() {
        assertThat(packets.receive(PORT, arpRequest(VIP4, STATION4), Optional.empty())).isTrue();
        assertThat(packets.receive(PORT, arpRequest(VIP4, VIP4), Optional.empty())).isTrue();
        assertThat(packets.receive(PORT, solicitation(VIP6, STATION6), Optional.empty())).isTrue();
        assertThat(packets.receive(PORT, solicitation(STATION6, VIP6), Optional.empty())).isTrue();

        assertSent(VIP6);
    }

    @Test
    void whatIsForOthersGoesOn() {
        assertThat(packets.receive(PORT, arpRequest(STATION4, Ip4Address.valueOf("203.0.113.8")), Optional.empty()))
                .isFalse();
        assertThat(packets.receive(PORT, solicitation(STATION6, Ip6Address.valueOf("2001:db8:3::8")),
                                   Optional.empty())).isFalse();
        assertThat(packets.receive(PORT, new byte[]{1, 2, 3}, Optional.empty())).isFalse();
        plans.clear();
        assertThat(packets.receive(PORT, arpRequest(STATION4, VIP4), Optional.empty())).isFalse();
        assertThat(packets.sent).isEmpty();
    }

    private void assertSent(IpAddress vip) {
        await().untilAsserted(() -> assertThat(packets.sent).isNotEmpty());
        assertThat(packets.sent).singleElement().satisfies(packet -> {
            assertThat(packet.sendThrough()).isEqualTo(PORT.deviceId());
            assertThat(packet.treatment()).isEqualTo(
                    DefaultTrafficTreatment.builder().setOutput(PORT.port()).build());
            Ethernet answer = read(packet.data().array());
            assertThat(answer.getSourceMAC()).isEqualTo(VipMac.of(vip));
            assertThat(answer.getDestinationMAC()).isEqualTo(STATION);
        });
    }

    private static Ethernet read(byte[] frame) throws DeserializationException {
        return Ethernet.deserializer().deserialize(frame, 0, frame.length);
    }

    private static byte[] arpRequest(Ip4Address from, Ip4Address target) {
        return ARP.buildArpRequest(STATION.toBytes(), from.toOctets(), target.toOctets(), VlanId.NONE.toShort())
                .serialize();
    }

    private static byte[] solicitation(Ip6Address from, Ip6Address target) {
        byte[] group = IPv6.getSolicitNodeAddress(target.toOctets());
        return NeighborSolicitation.buildNdpSolicit(
                target, from, Ip6Address.valueOf(group), STATION,
                MacAddress.valueOf(IPv6.getMCastMacAddress(group)), VlanId.NONE).serialize();
    }
}
