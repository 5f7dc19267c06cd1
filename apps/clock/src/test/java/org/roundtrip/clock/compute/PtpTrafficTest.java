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
package org.roundtrip.clock.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;

class PtpTrafficTest {

    @ParameterizedTest
    @CsvSource({
        // from, to, protocol, destination port, multicast delivery, unicast delivery
        "10.0.0.1, 10.0.0.2,    17, 319, true,  true",
        "10.0.0.1, 10.0.0.2,    17, 320, true,  true",
        "10.0.0.1, 224.0.1.129, 17, 319, true,  false",
        "10.0.0.1, 224.0.1.129, 17, 320, true,  false",
        // Not PTP.
        "10.0.0.1, 10.0.0.2,    17, 318, false, false",
        "10.0.0.1, 10.0.0.2,    17, 321, false, false",
        "10.0.0.1, 10.0.0.2,     6, 319, false, false",
        "10.0.0.1, 224.0.1.129,  6, 320, false, false",
        // Not of the pair.
        "10.0.0.1, 10.0.0.3,    17, 319, false, false",
        "10.0.0.3, 10.0.0.2,    17, 319, false, false",
        "10.0.0.3, 224.0.1.129, 17, 319, false, false",
        "10.0.0.1, 224.0.1.130, 17, 319, false, false",
        "10.0.0.1, 255.255.255.255, 17, 319, false, false",
        // The other direction.
        "10.0.0.2, 10.0.0.1,    17, 319, false, false",
        // Peer delay, which never leaves a link.
        "10.0.0.1, 224.0.0.107, 17, 319, false, false",
    })
    void admitsPtpOfThePairOverUdp(String from, String to, int protocol, int port, boolean multicast, boolean unicast) {
        for (PtpDelivery delivery : PtpDelivery.values()) {
            List<TrafficMatch> matches =
                    between(endpoint(1), endpoint(2), PtpTransport.UDP_IPV4, delivery);
            assertThat(matches.stream().filter(match -> admits(match, from, to, protocol, port)).count())
                    .as("%s", delivery)
                    .isEqualTo((delivery == PtpDelivery.MULTICAST ? multicast : unicast) ? 1 : 0);
        }
    }

    private static boolean admits(TrafficMatch match, String from, String to, int protocol, int port) {
        assertThat(match.ethSource()).isEmpty();
        assertThat(match.ethDestination()).isEmpty();
        assertThat(match.sourcePort()).isEmpty();
        return match.ipSource().orElseThrow().contains(IpAddress.valueOf(from))
                && match.ipDestination().orElseThrow().contains(IpAddress.valueOf(to))
                && match.ipProtocol().orElseThrow() == protocol
                && match.destinationPort().orElseThrow() == port;
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:00:00:00:01, 00:00:00:00:00:02, true,  true",
        "00:00:00:00:00:01, 01:1B:19:00:00:00, true,  false",
        "00:00:00:00:00:03, 00:00:00:00:00:02, false, false",
        "00:00:00:00:00:03, 01:1B:19:00:00:00, false, false",
        "00:00:00:00:00:01, FF:FF:FF:FF:FF:FF, false, false",
        "00:00:00:00:00:02, 00:00:00:00:00:01, false, false",
        // Peer delay, which never leaves a link.
        "00:00:00:00:00:01, 01:80:C2:00:00:0E, false, false",
    })
    void admitsPtpOfThePairOverEthernet(String from, String to, boolean multicast, boolean unicast) {
        for (PtpDelivery delivery : PtpDelivery.values()) {
            List<TrafficMatch> matches =
                    between(endpoint(1), endpoint(2), PtpTransport.ETHERNET, delivery);
            assertThat(matches.stream().filter(match -> admits(match, from, to)).count())
                    .as("%s", delivery)
                    .isEqualTo((delivery == PtpDelivery.MULTICAST ? multicast : unicast) ? 1 : 0);
        }
    }

    private static boolean admits(TrafficMatch match, String from, String to) {
        assertThat(match.ipProtocol()).isEmpty();
        return match.ethSource().orElseThrow().equals(MacAddress.valueOf(from))
                && match.ethDestination().orElseThrow().equals(MacAddress.valueOf(to));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8::2, 17, 319, true,  true",
        "2001:db8::1, 2001:db8::2, 17, 320, true,  true",
        "2001:db8::1, ff02::181,   17, 319, true,  false",
        "2001:db8::1, ff05::181,   17, 320, true,  false",
        "2001:db8::1, ff08::181,   17, 319, true,  false",
        "2001:db8::1, ff0e::181,   17, 319, true,  false",
        "2001:db8::1, ff0e::181,   17, 320, true,  false",
        // Not PTP, or not of the pair.
        "2001:db8::1, ff0e::181,   17, 318, false, false",
        "2001:db8::1, ff0e::182,   17, 319, false, false",
        "2001:db8::1, ff02::1,     17, 319, false, false",
        "2001:db8::3, ff0e::181,   17, 319, false, false",
        "2001:db8::2, 2001:db8::1, 17, 319, false, false",
        // Never leaves an interface.
        "2001:db8::1, ff01::181,   17, 319, false, false",
        // Peer delay, which never leaves a link.
        "2001:db8::1, ff02::6b,    17, 319, false, false",
    })
    void admitsPtpOfThePairOverIpv6(String from, String to, int protocol, int port, boolean multicast,
                                    boolean unicast) {
        for (PtpDelivery delivery : PtpDelivery.values()) {
            List<TrafficMatch> matches = between(overIpv6(1), overIpv6(2), PtpTransport.UDP_IPV6, delivery);
            assertThat(matches.stream().filter(match -> admits(match, from, to, protocol, port)).count())
                    .as("%s", delivery)
                    .isEqualTo((delivery == PtpDelivery.MULTICAST ? multicast : unicast) ? 1 : 0);
        }
    }

    private static ClockEndpoint overIpv6(int n) {
        return ClockEndpoint.builder().from(endpoint(n)).ip(IpAddress.valueOf("2001:db8::" + n)).build();
    }

    @ParameterizedTest
    @EnumSource(PtpTransport.class)
    void takesWhateverPtpAPortSendsToTheOtherClock(PtpTransport transport) {
        for (PtpDelivery delivery : PtpDelivery.values()) {
            List<TrafficMatch> byHost = between(end(1, transport), end(2, transport), transport, delivery);

            assertThat(between(atPort(1), end(2, transport), transport, delivery)).containsExactlyElementsOf(
                    byHost.stream().map(PtpTrafficTest::fromAnybody).collect(Collectors.toList()));
        }
    }

    private static TrafficMatch fromAnybody(TrafficMatch match) {
        return TrafficMatch.builder().from(match).ethSource(Optional.empty()).ipSource(Optional.empty()).build();
    }

    @ParameterizedTest
    @EnumSource(PtpTransport.class)
    void takesAllByUnicastAndOnlyMulticastByMulticastToAPort(PtpTransport transport) {
        assertThat(between(end(1, transport), atPort(2), transport, PtpDelivery.UNICAST))
                .isNotEmpty().allSatisfy(match -> {
                    assertThat(match.ipDestination()).isEmpty();
                    assertThat(match.ethDestination()).isEmpty();
                    assertThat(match.ipSource().isPresent()).isEqualTo(transport != PtpTransport.ETHERNET);
                    assertThat(match.ethSource().isPresent()).isEqualTo(transport == PtpTransport.ETHERNET);
                });
        assertThat(between(end(1, transport), atPort(2), transport, PtpDelivery.MULTICAST))
                .isNotEmpty().allMatch(PtpTraffic::isMulticast);
    }

    private static ClockEndpoint end(int n, PtpTransport transport) {
        return transport == PtpTransport.UDP_IPV6 ? overIpv6(n) : endpoint(n);
    }

    private static ClockEndpoint atPort(int n) {
        return ClockEndpoint.builder().connectPoint(port(n)).build();
    }

    @ParameterizedTest
    @EnumSource(PtpTransport.class)
    void takesOneCopyOfMulticastAndUnicastAsItIs(PtpTransport transport) {
        List<TrafficMatch> matches = PtpTraffic.between(end(1, transport), end(2, transport), transport,
                                                        PtpDelivery.MULTICAST, Optional.of(7L));

        assertThat(matches).allSatisfy(match -> assertThat(match.tunnelId())
                .isEqualTo(PtpTraffic.isMulticast(match) ? Optional.of(7L) : Optional.empty()));
    }

    private static List<TrafficMatch> between(ClockEndpoint from, ClockEndpoint to, PtpTransport transport,
                                              PtpDelivery delivery) {
        return PtpTraffic.between(from, to, transport, delivery, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"UDP_IPV4, 0x0800", "UDP_IPV6, 0x86DD", "ETHERNET, 0x88F7"})
    void isOneKindOfPayload(PtpTransport transport, String ethType) {
        Payload payload = PtpTraffic.payload(transport);

        assertThat(payload.ethType().toShort()).isEqualTo((short) (int) Integer.decode(ethType));
    }

    @Property
    void neverTakesTheTrafficOfAnotherPair(@ForAll @IntRange(min = 1, max = 9) int a,
                                           @ForAll @IntRange(min = 1, max = 9) int b,
                                           @ForAll @IntRange(min = 1, max = 9) int c,
                                           @ForAll @IntRange(min = 1, max = 9) int d,
                                           @ForAll PtpTransport transport) {
        List<TrafficMatch> one = between(end(a, transport), end(b, transport), transport, PtpDelivery.UNICAST);
        List<TrafficMatch> other = between(end(c, transport), end(d, transport), transport, PtpDelivery.UNICAST);

        assertThat(one.stream().anyMatch(match -> other.stream().anyMatch(match::overlaps)))
                .isEqualTo(a == c && b == d);
    }

    @ParameterizedTest
    @EnumSource(PtpTransport.class)
    void addsMulticastWithoutOverlap(PtpTransport transport) {
        List<TrafficMatch> unicast = between(end(1, transport), end(2, transport), transport, PtpDelivery.UNICAST);
        List<TrafficMatch> both = between(end(1, transport), end(2, transport), transport, PtpDelivery.MULTICAST);

        assertThat(unicast).isNotEmpty().noneMatch(PtpTraffic::isMulticast);
        assertThat(both).startsWith(unicast.toArray(TrafficMatch[]::new));
        assertThat(both.subList(unicast.size(), both.size())).isNotEmpty().allMatch(PtpTraffic::isMulticast);
        assertThat(both).allSatisfy(match -> assertThat(both).filteredOn(match::overlaps).containsExactly(match));
    }
}
