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
package org.roundtrip.balancer.cli;

import org.roundtrip.balancer.MemberStatistics;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerStatistics;
import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All of a virtual server as text for people.
 */
final class ServerDetails {

    private static final String INDENT = "    ";

    private ServerDetails() {
    }

    /**
     * Returns all of a virtual server.
     *
     * @param server     the virtual server
     * @param statistics what it has carried
     * @return lines of text
     */
    static List<String> of(VirtualServer server, VirtualServerStatistics statistics) {
        List<String> lines = new ArrayList<>();
        section(lines, server.request().name() + " is " + Json.name(server.status().state()) + " since "
                + StatusText.since(server.status()), StatusText.reasons(server.status()));
        section(lines, "Requested", request(server.request()));
        section(lines, "Members", ServerText.members(server));
        section(lines, "Alarms", alarms(server));
        section(lines, "Access switches, which answer ARP and ND with " + server.vipMac(), accessSwitches(server));
        section(lines, "Carried", carried(statistics));
        section(lines, "Dropped", dropped(statistics));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.add(title);
        content.forEach(line -> lines.add(INDENT + line));
    }

    private static List<String> request(VirtualServerRequest request) {
        return List.of(
                "vip " + request.vip() + ", protocol " + Json.name(request.protocol()) + ", port "
                        + ServerText.joined(request.ports()) + ", segment-length " + request.segmentLength(),
                "affinity " + Json.name(request.affinity()) + ", drain-time "
                        + TimeText.of(request.drainTime(), TimeUnit.SECONDS) + ", panic-threshold "
                        + request.panicThreshold()
                        + request.detectionProfile().map(profile -> ", detection-profile " + profile).orElse("")
                        + ", slow-start " + TimeText.of(request.slowStart(), TimeUnit.SECONDS));
    }

    private static List<String> alarms(VirtualServer server) {
        if (server.alarms().isEmpty()) {
            return List.of("none");
        }
        Table table = new Table("TYPE", "SINCE", "REASON");
        server.alarms().forEach(alarm -> table.row(Json.name(alarm.type()), alarm.since(), alarm.reason()));
        return table.lines();
    }

    private static List<String> accessSwitches(VirtualServer server) {
        Table table = new Table("DEVICE", "STATE", "SINCE", "REASON");
        server.accessSwitchStatus().forEach(device -> table.row(
                device.device(), Json.name(device.status().state()), StatusText.since(device.status()),
                String.join("; ", StatusText.reasons(device.status()))));
        return table.lines();
    }

    private static List<String> carried(VirtualServerStatistics statistics) {
        Table table = new Table("MEMBER", "CONNECTIONS", "REQUEST PACKETS", "BYTES", "REPLY PACKETS", "BYTES");
        for (MemberStatistics member : statistics.members()) {
            table.row(member.member(), member.connections(), member.requestPackets(), member.requestBytes(),
                      member.replyPackets(), member.replyBytes());
        }
        table.row("all", statistics.connections(), statistics.requestPackets(), statistics.requestBytes(),
                  statistics.replyPackets(), statistics.replyBytes());
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("handed on from member to member: " + statistics.handedOnPackets() + " packets");
        return lines;
    }

    private static List<String> dropped(VirtualServerStatistics statistics) {
        Table table = new Table("REASON", "PACKETS");
        statistics.drops().forEach(drop -> table.row(Json.name(drop.reason()), drop.packets()));
        return table.lines();
    }
}
