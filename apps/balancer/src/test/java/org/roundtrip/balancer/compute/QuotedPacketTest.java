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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class QuotedPacketTest {

    private static final MacAddress TO = MacAddress.valueOf("02:00:00:00:00:01");
    private static final MacAddress FROM = MacAddress.valueOf("02:00:00:00:00:02");
    private static final IpAddress ROUTER4 = IpAddress.valueOf("203.0.113.254");
    private static final IpAddress ROUTER6 = IpAddress.valueOf("2001:db8:3::fe");
    private static final IpAddress VIP4 = IpAddress.valueOf("198.51.100.1");
    private static final IpAddress VIP6 = IpAddress.valueOf("2001:db8:1::1");
    private static final IpAddress CLIENT4 = IpAddress.valueOf("203.0.113.7");
    private static final IpAddress CLIENT6 = IpAddress.valueOf("2001:db8:3::7");

    @Test
    void whatAnErrorQuotesIsRead() {
        for (boolean isIpv6 : List.of(false, true)) {
            QuotedPacket error = QuotedPacket.of(frame(isIpv6, 6, 80, 40_000, new byte[16])).orElseThrow();

            assertThat(error.destinationMac()).isEqualTo(TO);
            assertThat(error.sourceMac()).isEqualTo(FROM);
            assertThat(error.source()).isEqualTo(isIpv6 ? ROUTER6 : ROUTER4);
            assertThat(error.destination()).isEqualTo(isIpv6 ? VIP6 : VIP4);
            assertThat(error.quotedSource()).isEqualTo(isIpv6 ? VIP6 : VIP4);
            assertThat(error.quotedDestination()).isEqualTo(isIpv6 ? CLIENT6 : CLIENT4);
            assertThat(error.quotedProtocol()).isEqualTo(6);
            assertThat(error.quotedSourcePort()).isEqualTo(80);
            assertThat(error.quotedDestinationPort()).isEqualTo(40_000);
        }
    }

    /** Also where the quote ends before the checksum, as it does with many routers. */
    @Property(tries = 2000)
    void portsChangeAndChecksumsFollow(
            @ForAll boolean isIpv6, @ForAll @IntRange(min = 0, max = 2) int which,
            @ForAll @IntRange(max = 65_535) int source, @ForAll @IntRange(max = 65_535) int destination,
            @ForAll @IntRange(max = 65_535) int port, @ForAll @Size(min = 16, max = 64) byte[] data) {
        int protocol = List.of(6, 17, 132).get(which);
        byte[] frame = frame(isIpv6, protocol, source, destination, data);
        assertThat(IcmpErrors.hasRightChecksums(frame)).isTrue();
        QuotedPacket error = QuotedPacket.of(frame).orElseThrow();

        QuotedPacket changed = error.withQuotedSourcePort(port);
        assertThat(changed.quotedSourcePort()).isEqualTo(port);
        assertThat(changed.quotedDestinationPort()).isEqualTo(destination);
        assertThat(IcmpErrors.hasRightChecksums(changed.frame())).isTrue();
        assertThat(IcmpErrors.hasRightChecksums(error.withQuotedDestinationPort(port).frame())).isTrue();
        assertThat(QuotedPacket.of(changed.frame()).orElseThrow().quotedSourcePort()).isEqualTo(port);
        // Ports and checksums apart, nothing has changed.
        byte[] after = changed.frame();
        int differences = 0;
        for (int i = 0; i < frame.length; i++) {
            differences += frame[i] == after[i] ? 0 : 1;
        }
        assertThat(after).hasSameSizeAs(frame);
        assertThat(differences).isLessThanOrEqualTo(6);
        assertThat(error.frame()).isEqualTo(frame);
    }

    @Property(tries = 500)
    void shortQuotesAreTranslatedToo(@ForAll boolean isIpv6, @ForAll @IntRange(max = 65_535) int port,
                                     @ForAll @Size(max = 12) byte[] data) {
        QuotedPacket error = QuotedPacket.of(frame(isIpv6, 6, 8080, 40_000, data)).orElseThrow();

        byte[] changed = error.withQuotedSourcePort(port).frame();

        assertThat(QuotedPacket.of(changed).orElseThrow().quotedSourcePort()).isEqualTo(port);
        byte[] asIfMadeAnew = frame(isIpv6, 6, port, 40_000, data);
        assertThat(normalised(changed)).isEqualTo(normalised(asIfMadeAnew));
    }

    /** A UDP checksum of zero means that there is none, and must not become one. */
    @Test
    void anAbsentChecksumStaysAbsent() {
        byte[] packet = IcmpErrors.packet(VIP4, CLIENT4, 17, 53, 40_000, new byte[12]);
        packet[26] = 0;
        packet[27] = 0;
        byte[] frame = IcmpErrors.frame(TO, FROM, ROUTER4, VIP4, packet);

        byte[] changed = QuotedPacket.of(frame).orElseThrow().withQuotedSourcePort(5353).frame();

        byte[] expected = packet.clone();
        expected[20] = (byte) (5353 >> 8);
        expected[21] = (byte) 5353;
        assertThat(changed).isEqualTo(IcmpErrors.frame(TO, FROM, ROUTER4, VIP4, expected));
    }

    @Test
    void whatIsNoErrorOrQuotesNoPortsIsNotRead() {
        byte[] frame = frame(false, 6, 80, 40_000, new byte[16]);
        assertThat(QuotedPacket.of(changed(frame, 34, 8))).as("echo request").isEmpty();
        assertThat(QuotedPacket.of(changed(frame, 23, 6))).as("TCP").isEmpty();
        assertThat(QuotedPacket.of(changed(frame, 12, 0x81))).as("VLAN tag").isEmpty();
        assertThat(QuotedPacket.of(changed(frame, 21, 1))).as("later fragment").isEmpty();
        assertThat(QuotedPacket.of(changed(frame, 49, 1))).as("quotes a later fragment").isEmpty();
        assertThat(QuotedPacket.of(changed(frame, 42, 0x65))).as("quotes IPv6 in IPv4").isEmpty();
        assertThat(QuotedPacket.of(changed(frame(true, 6, 80, 40_000, new byte[16]), 54, 135)))
                .as("neighbour solicitation").isEmpty();
        for (int length = 0; length < frame.length; length++) {
            assertThat(QuotedPacket.of(Arrays.copyOf(frame, length))).as("cut off at %d", length).isEmpty();
        }
    }

    @Test
    void extensionHeadersOfAQuoteAreSkipped() {
        byte[] data = new byte[24];
        data[0] = 6;
        byte[] fragment = IcmpErrors.packet(VIP6, CLIENT6, 132, 0x0600, 0, data);
        fragment[6] = 44;
        byte[] frame = IcmpErrors.frame(TO, FROM, ROUTER6, VIP6, fragment);
        assertThat(QuotedPacket.of(frame).orElseThrow().quotedProtocol()).isEqualTo(6);

        fragment[43] = 8;
        assertThat(QuotedPacket.of(IcmpErrors.frame(TO, FROM, ROUTER6, VIP6, fragment))).as("later fragment").isEmpty();
    }

    /** Whatever is in a frame, it is read or not, and what is read can be changed. */
    @Property(tries = 5000)
    void anyOctetsAreRead(@ForAll boolean isIpv6, @ForAll @Size(max = 120) byte[] noise,
                          @ForAll @IntRange(max = 120) int length) {
        byte[] frame = Arrays.copyOf(frame(isIpv6, 6, 80, 40_000, new byte[16]), length);
        for (int i = 0; i < Math.min(noise.length, frame.length); i++) {
            frame[i] ^= noise[i];
        }
        QuotedPacket.of(frame).ifPresent(error -> assertThat(error.withQuotedSourcePort(1).quotedSourcePort())
                .isEqualTo(1));
        QuotedPacket.of(noise).ifPresent(error -> assertThat(error.frame()).isEqualTo(noise));
    }

    /** One octet of noise passes more checks than many do. */
    @Property(tries = 5000)
    void oneWrongOctetIsRead(@ForAll boolean isIpv6, @ForAll @IntRange(max = 100) int place, @ForAll byte value) {
        byte[] frame = frame(isIpv6, 17, 53, 40_000, new byte[40]);
        frame[place % frame.length] = value;
        QuotedPacket.of(frame).ifPresent(error -> {
            assertThat(error.withQuotedDestinationPort(1).quotedDestinationPort()).isEqualTo(1);
            assertThat(error.quotedSource()).isNotNull();
        });
    }

    /** Zero has two forms in the arithmetic of checksums, and both are right. */
    private static byte[] normalised(byte[] frame) {
        byte[] copy = frame.clone();
        int checksum = copy[14] >> 4 == 6 ? 56 : 36;
        if (copy[checksum] == -1 && copy[checksum + 1] == -1) {
            copy[checksum] = 0;
            copy[checksum + 1] = 0;
        }
        return copy;
    }

    private static byte[] frame(boolean isIpv6, int protocol, int sourcePort, int destinationPort, byte[] data) {
        byte[] packet = IcmpErrors.packet(isIpv6 ? VIP6 : VIP4, isIpv6 ? CLIENT6 : CLIENT4, protocol, sourcePort,
                                          destinationPort, data);
        return IcmpErrors.frame(TO, FROM, isIpv6 ? ROUTER6 : ROUTER4, isIpv6 ? VIP6 : VIP4, packet);
    }

    private static byte[] changed(byte[] frame, int offset, int value) {
        byte[] changed = frame.clone();
        changed[offset] = (byte) value;
        return changed;
    }
}
