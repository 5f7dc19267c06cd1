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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TCP;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.TransportProtocol;

import java.nio.ByteBuffer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProbePacketsTest {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int FRAME_HEADER = 14;
    private static final int ERROR_HEADER = 8;

    @ParameterizedTest
    @EnumSource(TransportProtocol.class)
    void thePortsAreWhereEachProtocolHasThem(TransportProtocol protocol) {
        ByteBuffer frame = ProbePackets.forMark(connection(protocol), TracedNetwork.place(TracedNetwork.member(1)), 1);

        int quoted = FRAME_HEADER + IPV4_HEADER + ERROR_HEADER;
        assertThat(frame.get(quoted + 9)).isEqualTo((byte) protocol.number());
        assertThat(frame.getShort(quoted + IPV4_HEADER)).isEqualTo((short) 80);
        assertThat(frame.getShort(quoted + IPV4_HEADER + 2)).isEqualTo((short) 40_000);
        assertThat(frame.limit()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void theMarkIsAskedForByAnErrorAboutAReply() throws DeserializationException {
        MemberPlace place = TracedNetwork.place(TracedNetwork.member(1, 8080));

        ByteBuffer frame = ProbePackets.forMark(connection(TransportProtocol.TCP), place, 7);

        Ethernet parsed = parsed(frame);
        assertThat(parsed.getSourceMAC()).isEqualTo(VipMac.of(IpAddress.valueOf("198.51.100.1")));
        assertThat(parsed.getDestinationMAC()).isEqualTo(place.mac());
        IPv4 packet = (IPv4) parsed.getPayload();
        assertThat(packet.getProtocol()).isEqualTo(IPv4.PROTOCOL_ICMP);
        assertThat(IpAddress.valueOf(packet.getDestinationAddress())).isEqualTo(place.member().address());
        assertThat(sum(frame, FRAME_HEADER + IPV4_HEADER)).isEqualTo(0xffff);
        byte[] quoted = octets(frame, FRAME_HEADER + IPV4_HEADER + ERROR_HEADER);
        IPv4 reply = IPv4.deserializer().deserialize(quoted, 0, quoted.length);
        assertThat(IpAddress.valueOf(reply.getSourceAddress())).isEqualTo(IpAddress.valueOf("198.51.100.1"));
        assertThat(IpAddress.valueOf(reply.getDestinationAddress())).isEqualTo(TracedNetwork.CLIENT);
        assertThat(((TCP) reply.getPayload()).getSourcePort()).isEqualTo(80);
        assertThat(((TCP) reply.getPayload()).getDestinationPort()).isEqualTo(40_000);
        assertThat(ProbePackets.token(frame)).isEqualTo(7);
    }

    @Test
    void errorsOfIpv6CoverTheAddressesByTheirChecksum() throws DeserializationException {
        MemberId member = MemberId.of(IpAddress.valueOf("2001:db8:2::1"), 0);
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.requestIpv6(TransportProtocol.UDP).build(), member);
        ServedConnection connection = ServedConnection.of(
                List.of(TracedNetwork.vip(plan)), TracedNetwork.query().vip(plan.request().vip())
                        .client(IpAddress.valueOf("2001:db8:3::5")).protocol(TransportProtocol.UDP).build());

        ByteBuffer frame = ProbePackets.forMark(connection, TracedNetwork.place(member), 7);

        IPv6 packet = (IPv6) parsed(frame).getPayload();
        assertThat(packet.getNextHeader()).isEqualTo(IPv6.PROTOCOL_ICMP6);
        byte[] message = octets(frame, FRAME_HEADER + IPV6_HEADER);
        ByteBuffer covered = ByteBuffer.allocate(IPV6_HEADER + message.length).put(packet.getSourceAddress())
                .put(packet.getDestinationAddress()).putInt(message.length).putInt(IPv6.PROTOCOL_ICMP6).put(message);
        assertThat(sum(covered, 0)).isEqualTo(0xffff);
        byte[] quoted = octets(frame, FRAME_HEADER + IPV6_HEADER + ERROR_HEADER);
        IPv6 reply = IPv6.deserializer().deserialize(quoted, 0, quoted.length);
        assertThat(reply.getNextHeader()).isEqualTo(IPv6.PROTOCOL_UDP);
        assertThat(IpAddress.valueOf(IpAddress.Version.INET6, reply.getSourceAddress()))
                .isEqualTo(plan.request().vip());
    }

    @Test
    void answersAreInTheDestinationOfTheFrame() {
        ByteBuffer frame = ByteBuffer.allocate(64).put(MarkMac.of(0xfedc_0001L).toBytes())
                .put(MacAddress.ZERO.toBytes());

        assertThat(ProbePackets.mark(frame)).isEqualTo(0xfedc_0001L);
    }

    @Test
    void aFrameThatIsTooShortHasNoToken() {
        assertThatThrownBy(() -> ProbePackets.token(ByteBuffer.allocate(7)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static ServedConnection connection(TransportProtocol protocol) {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.request().protocol(protocol).build(),
                                             TracedNetwork.member(1));
        return ServedConnection.of(List.of(TracedNetwork.vip(plan)),
                                   TracedNetwork.query().protocol(protocol).build());
    }

    private static Ethernet parsed(ByteBuffer frame) throws DeserializationException {
        byte[] octets = octets(frame, 0);
        return Ethernet.deserializer().deserialize(octets, 0, octets.length);
    }

    private static byte[] octets(ByteBuffer frame, int from) {
        byte[] octets = new byte[frame.limit() - from];
        frame.duplicate().position(from).get(octets);
        return octets;
    }

    /** The sum of a message with its right checksum (RFC 1071). */
    private static int sum(ByteBuffer message, int from) {
        long sum = 0;
        for (int i = from; i < message.limit(); i += 2) {
            sum += message.getShort(i) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }
}
