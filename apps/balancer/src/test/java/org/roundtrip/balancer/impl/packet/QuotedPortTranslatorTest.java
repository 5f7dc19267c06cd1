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
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.OutboundPacket;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.compute.IcmpErrors;
import org.roundtrip.balancer.compute.QuotedPacket;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class QuotedPortTranslatorTest {

    private static final ConnectPoint LINK = ConnectPoint.deviceConnectPoint("of:0000000000000002/9");
    private static final MacAddress ROUTER_MAC = MacAddress.valueOf("02:00:00:00:00:99");
    private static final Optional<Long> COOKIE = Optional.of(Plans.COOKIE);

    /** A virtual server at port 80, whose member listens at 8080. */
    private static final class Family {
        private final IpAddress vip;
        private final IpAddress router;
        private final IpAddress client;

        Family(String vip, String router, String client) {
            this.vip = IpAddress.valueOf(vip);
            this.router = IpAddress.valueOf(router);
            this.client = IpAddress.valueOf(client);
        }

        /** What a router says of a reply, on its way to the member of a mark. */
        byte[] ofReply(int server, int member, int port) {
            return IcmpErrors.frame(mark(server, member), ROUTER_MAC, router, vip,
                                    IcmpErrors.packet(vip, client, 6, port, 40_000, new byte[16]));
        }

        /** What a station says of a request. */
        byte[] ofRequest(MacAddress from, int port) {
            return IcmpErrors.frame(ROUTER_MAC, from, vip, client,
                                    IcmpErrors.packet(client, vip, 6, 40_000, port, new byte[16]));
        }
    }

    private static final Family IPV4 = new Family("198.51.100.1", "203.0.113.254", "203.0.113.7");
    private static final Family IPV6 = new Family("2001:db8:1::1", "2001:db8:3::fe", "2001:db8:3::7");

    private final PacketsInMemory packets = new PacketsInMemory();
    private final Plans plans = new Plans();
    private QuotedPortTranslator translator;

    @BeforeEach
    void start() {
        plans.add("198.51.100.1", TransportProtocol.TCP, 80, "192.0.2.1", 8080, true);
        start(1_000_000);
    }

    private void start(double errorsPerSecond) {
        translator = new QuotedPortTranslator(errorsPerSecond);
        translator.coreService = Plans.core();
        translator.packetService = packets;
        translator.plans = plans;
        translator.activate();
    }

    @AfterEach
    void stop() {
        translator.deactivate();
        assertThat(packets.processors).isEmpty();
    }

    @Test
    void theMemberLearnsOfItsOwnPort() {
        for (Family family : List.of(IPV4, IPV6)) {
            use(family);
            assertThat(packets.receive(LINK, family.ofReply(Plans.SERVER, Plans.MEMBER, 80), COOKIE)).isTrue();

            OutboundPacket sent = sent();
            assertThat(sent.sendThrough()).isEqualTo(Plans.MEMBER_PORT.deviceId());
            assertThat(sent.treatment()).isEqualTo(
                    DefaultTrafficTreatment.builder().setOutput(Plans.MEMBER_PORT.port()).build());
            byte[] expected = IcmpErrors.frame(
                    Plans.MEMBER_MAC, ROUTER_MAC, family.router, family.vip,
                    IcmpErrors.packet(family.vip, family.client, 6, 8080, 40_000, new byte[16]));
            assertThat(sent.data().array()).isEqualTo(expected);
        }
    }

    @Test
    void theClientLearnsOfThePortThatItKnows() {
        for (Family family : List.of(IPV4, IPV6)) {
            use(family);
            assertThat(packets.receive(Plans.MEMBER_PORT, family.ofRequest(Plans.MEMBER_MAC, 8080), COOKIE)).isTrue();

            OutboundPacket sent = sent();
            assertThat(sent.sendThrough()).isEqualTo(Plans.MEMBER_PORT.deviceId());
            assertThat(sent.treatment()).isEqualTo(
                    DefaultTrafficTreatment.builder().setOutput(PortNumber.TABLE).build());
            assertThat(sent.data().array()).isEqualTo(family.ofRequest(Plans.MEMBER_MAC, 80));
        }
    }

    @Test
    void aMembersErrorAboutAnythingElsePassesAsItIs() {
        byte[] error = IPV4.ofRequest(Plans.MEMBER_MAC, 9090);
        packets.receive(Plans.MEMBER_PORT, error, COOKIE);
        assertThat(sent().data().array()).isEqualTo(error);
    }

    /** Nobody but a member speaks for the virtual IP address, and only of connections that there are. */
    @Test
    void whatIsAboutNothingKnownReachesNobody() {
        List<byte[]> errors = List.of(
                IPV4.ofReply(Plans.SERVER, Plans.MEMBER, 81), IPV4.ofReply(Plans.SERVER, Plans.MEMBER + 1, 80),
                IPV4.ofReply(Plans.SERVER + 1, Plans.MEMBER, 80), IPV6.ofReply(Plans.SERVER, Plans.MEMBER, 80),
                IPV4.ofRequest(ROUTER_MAC, 8080), IPV6.ofRequest(Plans.MEMBER_MAC, 8080));
        errors.forEach(error -> assertThat(packets.receive(Plans.MEMBER_PORT, error, COOKIE)).isTrue());
        assertThat(packets.receive(LINK, IPV4.ofRequest(Plans.MEMBER_MAC, 8080), COOKIE)).isTrue();

        packets.receive(Plans.MEMBER_PORT, IPV4.ofRequest(Plans.MEMBER_MAC, 8080), COOKIE);
        assertThat(sent().treatment().allInstructions()).hasSize(1);
        assertThat(packets.sent).isEmpty();
    }

    @Test
    void whatIsNotForItGoesOn() {
        byte[] error = IPV4.ofRequest(Plans.MEMBER_MAC, 8080);
        ConnectPoint controller = new ConnectPoint(LINK.deviceId(), PortNumber.CONTROLLER);
        assertThat(packets.receive(Plans.MEMBER_PORT, error, Optional.empty())).isFalse();
        assertThat(packets.receive(Plans.MEMBER_PORT, error, Optional.of(8L << 48))).isFalse();
        assertThat(packets.receive(controller, error, COOKIE)).isFalse();
        assertThat(packets.receive(Plans.MEMBER_PORT, new byte[20], COOKIE)).isFalse();
        assertThat(packets.sent).isEmpty();
    }

    @Test
    void aFloodIsDropped() {
        translator.deactivate();
        start(0.001);
        for (int i = 0; i < 1_000; i++) {
            assertThat(packets.receive(Plans.MEMBER_PORT, IPV4.ofRequest(Plans.MEMBER_MAC, 8080), COOKIE)).isTrue();
        }
        sent();
        assertThat(packets.sent).isEmpty();
    }

    private void use(Family family) {
        plans.clear();
        plans.add(family.vip.toString(), TransportProtocol.TCP, 80, family.vip.isIp4() ? "192.0.2.1" : "2001:db8:2::1",
                  8080, true);
    }

    /** Waits for the one packet that is sent, and takes it. */
    private OutboundPacket sent() {
        await().untilAsserted(() -> assertThat(packets.sent).isNotEmpty());
        OutboundPacket first = packets.sent.remove(0);
        assertThat(QuotedPacket.of(first.data().array())).isPresent();
        return first;
    }

    private static MacAddress mark(int server, int member) {
        return MacAddress.valueOf(0x0a00_0000_0000L | (long) server << 16 | member);
    }
}
