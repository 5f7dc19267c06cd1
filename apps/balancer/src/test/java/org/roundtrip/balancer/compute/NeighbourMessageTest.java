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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.ARP;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborDiscoveryOptions;
import org.onlab.packet.ndp.NeighborSolicitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NeighbourMessageTest {

    private static final Ip4Address VIP4 = Ip4Address.valueOf("192.0.2.1");
    private static final Ip6Address VIP6 = Ip6Address.valueOf("2001:db8::1");
    private static final Ip4Address ASKER4 = Ip4Address.valueOf("198.51.100.7");
    private static final Ip6Address ASKER6 = Ip6Address.valueOf("2001:db8:1::7");
    private static final MacAddress ASKER = MacAddress.valueOf("02:00:00:00:00:07");

    @Test
    void arpIsAnsweredWithTheVipMac() throws DeserializationException {
        NeighbourMessage message = NeighbourMessage.of(arpRequest(ASKER4, VIP4)).orElseThrow();
        assertThat(message.question()).contains(VIP4);
        assertThat(message.claims(ASKER4)).isTrue();
        assertThat(message.claims(VIP4)).isFalse();

        Ethernet answer = throughTheWire(message.answer());
        assertThat(answer.getSourceMAC()).isEqualTo(VipMac.of(VIP4));
        assertThat(answer.getDestinationMAC()).isEqualTo(ASKER);
        ARP reply = (ARP) answer.getPayload();
        assertThat(reply.getOpCode()).isEqualTo(ARP.OP_REPLY);
        assertThat(reply.getSenderHardwareAddress()).isEqualTo(VipMac.of(VIP4).toBytes());
        assertThat(reply.getSenderProtocolAddress()).isEqualTo(VIP4.toOctets());
        assertThat(reply.getTargetHardwareAddress()).isEqualTo(ASKER.toBytes());
        assertThat(reply.getTargetProtocolAddress()).isEqualTo(ASKER4.toOctets());
    }

    @Test
    void aSolicitationIsAnsweredWithTheVipMac() throws DeserializationException {
        NeighbourMessage message = NeighbourMessage.of(solicitation(ASKER6, VIP6)).orElseThrow();
        assertThat(message.question()).contains(VIP6);
        assertThat(message.claims(VIP6)).isFalse();

        Ethernet answer = throughTheWire(message.answer());
        assertThat(answer.getSourceMAC()).isEqualTo(VipMac.of(VIP6));
        assertThat(answer.getDestinationMAC()).isEqualTo(ASKER);
        assertAdvertisement(answer, ASKER6, 1);
    }

    /** RFC 4862, section 5.4.4: who finds the address taken must not use it. */
    @Test
    void whoWantsToTakeTheAddressIsToldByAllNodes() throws DeserializationException {
        Ethernet answer = throughTheWire(
                NeighbourMessage.of(solicitation(Ip6Address.ZERO, VIP6)).orElseThrow().answer());

        assertThat(answer.getDestinationMAC()).isEqualTo(MacAddress.valueOf("33:33:00:00:00:01"));
        assertAdvertisement(answer, Ip6Address.valueOf("ff02::1"), 0);
    }

    @Test
    void aSolicitationThatCameThroughARouterMeansNothing() {
        Ethernet frame = solicitation(ASKER6, VIP6);
        ((IPv6) frame.getPayload()).setHopLimit((byte) 64);
        assertThat(NeighbourMessage.of(frame)).isEmpty();
    }

    @Test
    void claimsAreSeen() {
        Ethernet reply = ARP.buildArpReply(VIP4, ASKER, arpRequest(ASKER4, VIP4));
        NeighbourMessage claim = NeighbourMessage.of(reply).orElseThrow();
        assertThat(claim.question()).isEmpty();
        assertThat(claim.claims(VIP4)).isTrue();
        assertThatThrownBy(claim::answer).isInstanceOf(IllegalStateException.class);

        assertThat(NeighbourMessage.of(arpRequest(VIP4, VIP4)).orElseThrow().claims(VIP4)).isTrue();
        Ethernet advertisement = NeighbourMessage.of(solicitation(ASKER6, VIP6)).orElseThrow().answer();
        assertThat(NeighbourMessage.of(advertisement).orElseThrow().claims(VIP6)).isTrue();
        assertThat(NeighbourMessage.of(solicitation(VIP6, ASKER6)).orElseThrow().claims(VIP6)).isTrue();
    }

    /** Whatever a station sends, reading it has no other outcome than a message or none. */
    @Property(tries = 2000)
    void anyOctetsAreRead(@ForAll @Size(min = 0, max = 90) byte[] octets, @ForAll boolean isIpv6) {
        byte[] frame = (isIpv6 ? solicitation(ASKER6, VIP6) : arpRequest(ASKER4, VIP4)).serialize();
        for (int i = 0; i < octets.length && 14 + i < frame.length; i++) {
            frame[14 + i] ^= octets[i];
        }
        Ethernet read;
        try {
            read = Ethernet.deserializer().deserialize(frame, 0, frame.length);
        } catch (DeserializationException | RuntimeException e) {
            // What ONOS can't read, nobody gets to see.
            return;
        }
        NeighbourMessage.of(read).filter(message -> message.question().isPresent())
                .ifPresent(message -> assertThat(message.answer().getSourceMAC())
                        .isEqualTo(VipMac.of(message.question().orElseThrow())));
    }

    private static void assertAdvertisement(Ethernet answer, IpAddress to, int solicited) {
        IPv6 packet = (IPv6) answer.getPayload();
        assertThat(packet.getHopLimit()).isEqualTo((byte) 255);
        assertThat(packet.getSourceAddress()).isEqualTo(VIP6.toOctets());
        assertThat(packet.getDestinationAddress()).isEqualTo(to.toOctets());
        NeighborAdvertisement advertisement = (NeighborAdvertisement) ((ICMP6) packet.getPayload()).getPayload();
        assertThat(advertisement.getTargetAddress()).isEqualTo(VIP6.toOctets());
        assertThat(advertisement.getSolicitedFlag()).isEqualTo((byte) solicited);
        assertThat(advertisement.getOverrideFlag()).isEqualTo((byte) 1);
        assertThat(advertisement.getRouterFlag()).isEqualTo((byte) 0);
        assertThat(advertisement.getOptions()).singleElement().satisfies(option -> {
            assertThat(option.type()).isEqualTo(NeighborDiscoveryOptions.TYPE_TARGET_LL_ADDRESS);
            assertThat(option.data()).startsWith(VipMac.of(VIP6).toBytes());
        });
    }

    static Ethernet arpRequest(Ip4Address from, Ip4Address target) {
        return ARP.buildArpRequest(ASKER.toBytes(), from.toOctets(), target.toOctets(), VlanId.NONE.toShort());
    }

    static Ethernet solicitation(Ip6Address from, Ip6Address target) {
        byte[] group = IPv6.getSolicitNodeAddress(target.toOctets());
        return NeighborSolicitation.buildNdpSolicit(target, from, Ip6Address.valueOf(group), ASKER,
                                                    MacAddress.valueOf(IPv6.getMCastMacAddress(group)), VlanId.NONE);
    }

    private static Ethernet throughTheWire(Ethernet frame) throws DeserializationException {
        byte[] octets = frame.serialize();
        return Ethernet.deserializer().deserialize(octets, 0, octets.length);
    }
}
