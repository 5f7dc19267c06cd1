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
package org.roundtrip.balancer;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.List;

/** What is in the examples beside the YANG module. */
public final class ServerExamples {

    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-15T12:04:05.250Z");
    private static final DeviceId FIRST = DeviceId.deviceId("of:0000000000000001");
    private static final DeviceId SECOND = DeviceId.deviceId("of:0000000000000002");
    private static final DeviceId THIRD = DeviceId.deviceId("of:0000000000000003");

    private ServerExamples() {
    }

    /** Says all that can be said. */
    public static VirtualServerRequest webRequest() {
        return VirtualServerRequest.builder()
                .name("web")
                .vip(IpAddress.valueOf("198.51.100.1"))
                .segmentLength(16)
                .addPorts(PortRange.valueOf("80"))
                .addMembers(member("192.0.2.1:8080").build(), member("192.0.2.2:8080").weight(50).build(),
                            member("192.0.2.3:8080").state(MemberState.DRAINING).build())
                .addAccessSwitches(FIRST, SECOND)
                .drainTime(600)
                .panicThreshold(50)
                .detectionProfile("http")
                .slowStart(30)
                .build();
    }

    /** Balances by client address, over IPv6. */
    public static VirtualServerRequest namesRequest() {
        return VirtualServerRequest.builder()
                .name("names")
                .vip(IpAddress.valueOf("2001:db8:1::53"))
                .protocol(TransportProtocol.UDP)
                .addPorts(PortRange.valueOf("53"))
                .addMembers(member("2001:db8:2::1").build())
                .addAccessSwitches(FIRST)
                .affinity(Affinity.CLIENT_ADDRESS)
                .build();
    }

    /** Has several ports and no members yet. */
    public static VirtualServerRequest signallingRequest() {
        return VirtualServerRequest.builder()
                .name("signalling")
                .vip(IpAddress.valueOf("198.51.100.2"))
                .protocol(TransportProtocol.SCTP)
                .addPorts(PortRange.valueOf("2905"), PortRange.valueOf("5000-5010"))
                .addAccessSwitches(SECOND)
                .build();
    }

    public static List<VirtualServer> servers() {
        return List.of(names(), signalling(), web());
    }

    /** Serves, and something is wrong with it; a member was taken out, and its connections go on. */
    public static VirtualServer web() {
        return VirtualServer.builder()
                .request(webRequest())
                .vipMac(MacAddress.valueOf("0e:04:c6:33:64:01"))
                .addMemberStatus(
                        serving("192.0.2.1:8080", 171, "of:0000000000000003/1", "00:00:00:00:00:01").build(),
                        serving("192.0.2.2:8080", 85, "of:0000000000000003/2", "00:00:00:00:00:02").drainsUntil(LATER)
                                .build(),
                        status("192.0.2.3:8080", 0, MemberCondition.DRAINING, "the operator drains it")
                                .location(port("of:0000000000000002/7")).mac(mac("00:00:00:00:00:03"))
                                .drainsUntil(LATER).build(),
                        status("192.0.2.4:8080", 0, MemberCondition.DISABLED, "it was taken out").configured(false)
                                .location(port("of:0000000000000002/8")).mac(mac("00:00:00:00:00:04"))
                                .drainsUntil(LATER).build())
                .addAccessSwitchStatus(
                        accessSwitch(FIRST, AccessSwitchState.READY, "it has all rules"),
                        accessSwitch(SECOND, AccessSwitchState.UNAVAILABLE, "the controller does not reach it"))
                .status(Status.of(VirtualServerState.DEGRADED, "of:0000000000000002 takes no requests: the controller"
                        + " does not reach it", LATER).withError("of:0000000000000002 refused a rule"))
                .build();
    }

    /** Waits for its only member. */
    public static VirtualServer names() {
        return VirtualServer.builder()
                .request(namesRequest())
                .vipMac(MacAddress.valueOf("0e:06:5a:11:90:02"))
                .addMemberStatus(status("2001:db8:2::1", 0, MemberCondition.WAITING_FOR_HOST,
                                        "the network has not seen 2001:db8:2::1").build())
                .addAccessSwitchStatus(accessSwitch(FIRST, AccessSwitchState.READY, "it has all rules"))
                .status(Status.of(VirtualServerState.WAITING, "no member was ever seen", NOON))
                .build();
    }

    /** Has no members. */
    public static VirtualServer signalling() {
        return VirtualServer.builder()
                .request(signallingRequest())
                .vipMac(MacAddress.valueOf("0e:04:c6:33:64:02"))
                .panic(true)
                .addAlarms(ServerAlarm.builder().type(ServerAlarmType.PANIC).since(NOON)
                                   .reason("so few members look usable that all are used").build())
                .addAccessSwitchStatus(accessSwitch(SECOND, AccessSwitchState.INSTALLING, "rules are on their way"))
                .status(Status.of(VirtualServerState.INSTALLING, "rules are on their way", NOON))
                .build();
    }

    public static VirtualServerStatistics statistics() {
        return VirtualServerStatistics.builder()
                .connections(1_200).requestPackets(36_000).requestBytes(2_592_000)
                .replyPackets(60_000).replyBytes(84_000_000).handedOnPackets(12)
                .addDrops(drop(DropReason.NO_MEMBER, 0), drop(DropReason.NO_ACCESS_SWITCH, 1),
                          drop(DropReason.PORT_NOT_SERVED, 3), drop(DropReason.LATER_FRAGMENT, 6),
                          drop(DropReason.SPOOFED_SOURCE, 9), drop(DropReason.FOREIGN_CLAIM, 12))
                .addMembers(MemberStatistics.builder().member(MemberId.valueOf("192.0.2.1:8080")).slots(171)
                                    .connections(800).requestPackets(24_000).requestBytes(1_728_000)
                                    .replyPackets(40_000).replyBytes(56_000_000).build(),
                            MemberStatistics.builder().member(MemberId.valueOf("192.0.2.2:8080")).slots(85)
                                    .connections(400).requestPackets(12_000).requestBytes(864_000)
                                    .replyPackets(20_000).replyBytes(28_000_000).build())
                .build();
    }

    public static List<MemberChange> changes() {
        return List.of(
                MemberChange.builder().address(IpAddress.valueOf("192.0.2.1")).port(8080).weight(10).build(),
                MemberChange.builder().address(IpAddress.valueOf("192.0.2.5")).port(8080).state(MemberState.DISABLED)
                        .build(),
                MemberChange.builder().address(IpAddress.valueOf("192.0.2.3")).port(8080)
                        .operation(MemberOperation.REMOVE).build());
    }

    public static ExplanationQuery query() {
        return ExplanationQuery.builder().vip(IpAddress.valueOf("198.51.100.1")).port(80)
                .client(IpAddress.valueOf("203.0.113.9")).clientPort(40_000).build();
    }

    /** A connection that stays with a member that has lost the slot. */
    public static Explanation explanation() {
        return Explanation.builder()
                .server("web")
                .query(query())
                .accessSwitch(FIRST)
                .slot(17)
                .member(MemberId.valueOf("192.0.2.2:8080"))
                .pin(PinState.PINNED)
                .slotMember(MemberId.valueOf("192.0.2.1:8080"))
                .reason("of:0000000000000003 knows the connection, which stays with 192.0.2.2:8080 although its slot is"
                                + " 192.0.2.1:8080's now")
                .addRequest(rule(FIRST, 0, 40_000, "gives requests their slot").packets(36_000L).bytes(2_592_000L)
                                    .match("eth-type 0x0800, ip-dst 198.51.100.1, tcp-dst 80").action("group 1")
                                    .build(),
                            rule(THIRD, 0, 40_000, "looks the connection up")
                                    .match("eth-src 06:01:00:00:00:00/ff:ff:ff:00:00:00").action("ct zone 3 table 11")
                                    .build())
                .addReply(rule(THIRD, 0, 40_000, "lets the member speak for the virtual IP address")
                                  .match("in-port 2, ip-src 198.51.100.1, tcp-src 8080").action("ct zone 3 table 14")
                                  .packets(20_000L).bytes(28_000_000L).build())
                .build();
    }

    /** A connection that nobody serves. */
    public static Explanation dropped() {
        return Explanation.builder()
                .server("names")
                .query(ExplanationQuery.builder().vip(IpAddress.valueOf("2001:db8:1::53"))
                               .protocol(TransportProtocol.UDP).port(53).client(IpAddress.valueOf("2001:db8:9::1"))
                               .clientPort(5_353).build())
                .accessSwitch(FIRST)
                .pin(PinState.NOT_PINNED)
                .drop(DropReason.NO_MEMBER)
                .reason("no member serves")
                .build();
    }

    private static ExplainedRule.Builder rule(DeviceId device, int table, int priority, String purpose) {
        return ExplainedRule.builder().device(device).table(table).priority(priority).purpose(purpose);
    }

    private static DropCounter drop(DropReason reason, long packets) {
        return DropCounter.builder().reason(reason).packets(packets).build();
    }

    private static Member.Builder member(String id) {
        MemberId member = MemberId.valueOf(id);
        return Member.builder().address(member.address()).port(member.port());
    }

    private static MemberStatus.Builder serving(String id, int slots, String port, String mac) {
        return status(id, slots, MemberCondition.SERVING, "it gets new connections").location(port(port))
                .mac(mac(mac));
    }

    private static MemberStatus.Builder status(String id, int slots, MemberCondition condition, String reason) {
        return MemberStatus.builder().member(MemberId.valueOf(id)).slots(slots)
                .status(Status.of(condition, reason, NOON));
    }

    private static AccessSwitchStatus accessSwitch(DeviceId device, AccessSwitchState state, String reason) {
        return AccessSwitchStatus.builder().device(device).status(Status.of(state, reason, NOON)).build();
    }

    private static ConnectPoint port(String text) {
        return ConnectPoint.deviceConnectPoint(text);
    }

    private static MacAddress mac(String text) {
        return MacAddress.valueOf(text);
    }
}
