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
package org.roundtrip.clock.compute.negotiation;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.onlab.packet.Data;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.UDP;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class UdpFrameTest {

    private static final MacAddress CLIENT_MAC = MacAddress.valueOf("02:00:00:00:00:02");
    private static final MacAddress SERVER_MAC = MacAddress.valueOf("02:00:00:00:00:01");
    private static final IpAddress CLIENT = IpAddress.valueOf("10.0.0.2");
    private static final IpAddress SERVER = IpAddress.valueOf("10.0.0.1");
    private static final IpAddress CLIENT6 = IpAddress.valueOf("fd00::2");
    private static final IpAddress SERVER6 = IpAddress.valueOf("fd00::1");
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5};
    private static final byte[] OTHER = {9, 8, 7};

    @Example
    void readsADatagramOverEitherVersion() {
        for (Ethernet sent : new Ethernet[] {ipv4(), ipv6()}) {
            UdpFrame frame = UdpFrame.read(sent.serialize()).orElseThrow();

            assertThat(frame.sourceMac()).isEqualTo(CLIENT_MAC);
            assertThat(frame.destinationPort()).isEqualTo(320);
            assertThat(frame.message()).containsExactly(MESSAGE);
        }
        assertThat(UdpFrame.read(ipv4().serialize()).orElseThrow().source()).isEqualTo(CLIENT);
        assertThat(UdpFrame.read(ipv4().serialize()).orElseThrow().destination()).isEqualTo(SERVER);
        assertThat(UdpFrame.read(ipv6().serialize()).orElseThrow().source()).isEqualTo(CLIENT6);
        assertThat(UdpFrame.read(ipv6().serialize()).orElseThrow().destination()).isEqualTo(SERVER6);
    }

    @Example
    void leavesPaddingOut() {
        byte[] padded = Arrays.copyOf(ipv4().serialize(), 60);

        assertThat(UdpFrame.read(padded).orElseThrow().message()).containsExactly(MESSAGE);
    }

    /** Each is one octet or two away from a good frame. */
    @Example
    void refusesLengthsThatLieAndWhatIsNoWholeDatagram() {
        assertThat(UdpFrame.read(ipv4().serialize())).isPresent();
        assertThat(changed(ipv4(), 16, 0)).as("total length beyond the frame").isEmpty();
        assertThat(changed(ipv4(), 14, 0x44)).as("header length below the least").isEmpty();
        assertThat(changed(ipv4(), 14, 0x4f)).as("header length beyond the packet").isEmpty();
        assertThat(changed(ipv4(), 17, 19)).as("total length below the header").isEmpty();
        assertThat(changed(ipv4(), 20, 0x20)).as("first fragment").isEmpty();
        assertThat(changed(ipv4(), 21, 1)).as("later fragment").isEmpty();
        assertThat(changed(ipv4(), 23, 6)).as("another protocol").isEmpty();
        assertThat(changed(ipv4(), 38, 0xff)).as("datagram longer than its packet").isEmpty();
        assertThat(changed(ipv4(), 39, 14)).as("datagram longer than its packet by one").isEmpty();
        assertThat(changed(ipv4(), 39, 7)).as("datagram shorter than its header").isEmpty();
        assertThat(changed(ipv6(), 19, 14)).as("payload longer than the frame").isEmpty();
        assertThat(changed(ipv6(), 20, 0)).as("extension header").isEmpty();
        assertThat(changed(ipv6(), 14, 0x40)).as("another version").isEmpty();
        assertThat(UdpFrame.read(ipv4().setVlanID((short) 7).serialize())).as("tagged").isEmpty();
    }

    private static Optional<UdpFrame> changed(Ethernet frame, int at, int octet) {
        byte[] octets = frame.serialize();
        // Total lengths are in two octets, the first of which is 0 in short packets.
        octets[at] = at == 16 && octet == 0 ? 1 : (byte) octet;
        return UdpFrame.read(octets);
    }

    @Property
    void readsAnythingWithoutFailing(@ForAll @Size(max = 120) byte[] octets, @ForAll @IntRange(max = 1) int version) {
        byte[] frame = Arrays.copyOf(octets, Math.max(octets.length, 14));
        ByteBuffer.wrap(frame).putShort(12, version == 0 ? Ethernet.TYPE_IPV4 : Ethernet.TYPE_IPV6);
        UdpFrame.read(octets);
        UdpFrame.read(frame).ifPresent(read -> assertThat(read.message().length).isLessThan(frame.length));
    }

    @Property
    void readsADamagedFrameWithoutFailing(@ForAll @IntRange(max = 46) int at, @ForAll byte octet,
                                          @ForAll @IntRange(max = 46) int length) {
        byte[] frame = ipv4().serialize();
        frame[at] = octet;
        UdpFrame.read(frame);
        UdpFrame.read(Arrays.copyOf(frame, length));
    }

    @Example
    void carriesAnotherMessageAsItsSenderWould() throws DeserializationException {
        Ethernet ipv4 = parsed(UdpFrame.read(ipv4().serialize()).orElseThrow().with(OTHER));
        Ethernet ipv6 = parsed(UdpFrame.read(ipv6().serialize()).orElseThrow().with(OTHER));

        assertThat(ipv4.serialize()).containsExactly(ipv4(OTHER).serialize());
        // Two octets for clocks that correct the checksum.
        assertThat(ipv6.serialize()).containsExactly(ipv6(new byte[] {9, 8, 7, 0, 0}).serialize());
    }

    @Example
    void entersATunnelWithTheTtlOfThePacket() {
        byte[] frame = UdpFrame.read(ipv4().serialize()).orElseThrow().labelled(OTHER, 0xabcde);
        byte[] plain = ipv4(OTHER).serialize();

        assertThat(Arrays.copyOf(frame, 12)).containsExactly(Arrays.copyOf(plain, 12));
        assertThat(ByteBuffer.wrap(frame).getShort(12)).isEqualTo((short) 0x8847);
        assertThat(ByteBuffer.wrap(frame).getInt(14)).isEqualTo(0xabcde << 12 | 0x100 | 17);
        assertThat(Arrays.copyOfRange(frame, 18, frame.length))
                .containsExactly(Arrays.copyOfRange(plain, 14, plain.length));
    }

    @Example
    void isMadeFromAddressesAlone() throws DeserializationException {
        byte[] ipv4 = UdpFrame.of(SERVER_MAC, CLIENT_MAC, SERVER, CLIENT, 320).with(OTHER);
        byte[] ipv6 = UdpFrame.of(SERVER_MAC, CLIENT_MAC, SERVER6, CLIENT6, 320).with(OTHER);

        for (byte[] made : new byte[][] {ipv4, ipv6}) {
            UdpFrame frame = UdpFrame.read(made).orElseThrow();
            assertThat(frame.sourceMac()).isEqualTo(SERVER_MAC);
            assertThat(frame.destinationMac()).isEqualTo(CLIENT_MAC);
            assertThat(((UDP) parsed(made).getPayload().getPayload()).getSourcePort()).isEqualTo(320);
            assertThat(frame.destinationPort()).isEqualTo(320);
            assertThat(frame.message()).startsWith(OTHER);
        }
        assertThat(UdpFrame.read(ipv4).orElseThrow().source()).isEqualTo(SERVER);
        assertThat(UdpFrame.read(ipv6).orElseThrow().destination()).isEqualTo(CLIENT6);
        assertThat(((IPv4) parsed(ipv4).getPayload()).getTtl()).isEqualTo((byte) 64);
        assertThat(((IPv6) parsed(ipv6).getPayload()).getHopLimit()).isEqualTo((byte) 64);
    }

    /** A receiver adds up everything with the checksum, and gets all ones (RFC 1071). */
    @Property
    void hasRightChecksums(@ForAll @Size(max = 100) byte[] message) {
        byte[] ipv4 = UdpFrame.read(ipv4().serialize()).orElseThrow().with(message);
        byte[] ipv6 = UdpFrame.read(ipv6().serialize()).orElseThrow().with(message);

        assertThat(InternetChecksum.of(Arrays.copyOfRange(ipv4, 14, 34))).isZero();
        assertThat(InternetChecksum.of(pseudoHeader(ipv4, 26, 34), Arrays.copyOfRange(ipv4, 34, ipv4.length))).isZero();
        assertThat(InternetChecksum.of(pseudoHeader(ipv6, 22, 54), Arrays.copyOfRange(ipv6, 54, ipv6.length))).isZero();
        assertThat(ByteBuffer.wrap(ipv6).getShort(60)).isNotZero();
    }

    private static byte[] pseudoHeader(byte[] frame, int addresses, int udp) {
        return ByteBuffer.allocate(udp - addresses + 4).put(frame, addresses, udp - addresses)
                .putShort((short) 17).putShort((short) (frame.length - udp)).array();
    }

    private static Ethernet parsed(byte[] frame) throws DeserializationException {
        return Ethernet.deserializer().deserialize(frame, 0, frame.length);
    }

    private static Ethernet ipv4() {
        return ipv4(MESSAGE);
    }

    private static Ethernet ipv4(byte[] message) {
        IPv4 ip = new IPv4().setSourceAddress(CLIENT.getIp4Address().toInt())
                .setDestinationAddress(SERVER.getIp4Address().toInt()).setTtl((byte) 17)
                .setProtocol(IPv4.PROTOCOL_UDP);
        ip.setPayload(udp(message));
        Ethernet frame = frame(Ethernet.TYPE_IPV4);
        frame.setPayload(ip);
        return frame;
    }

    private static Ethernet ipv6() {
        return ipv6(MESSAGE);
    }

    private static Ethernet ipv6(byte[] message) {
        IPv6 ip = new IPv6().setSourceAddress(CLIENT6.getIp6Address().toOctets())
                .setDestinationAddress(SERVER6.getIp6Address().toOctets()).setHopLimit((byte) 17)
                .setNextHeader(IPv6.PROTOCOL_UDP);
        ip.setPayload(udp(message));
        Ethernet frame = frame(Ethernet.TYPE_IPV6);
        frame.setPayload(ip);
        return frame;
    }

    private static UDP udp(byte[] message) {
        UDP udp = new UDP().setSourcePort(5320).setDestinationPort(320);
        udp.setPayload(new Data(message));
        return udp;
    }

    private static Ethernet frame(short type) {
        return new Ethernet().setSourceMACAddress(CLIENT_MAC).setDestinationMACAddress(SERVER_MAC).setEtherType(type);
    }
}
