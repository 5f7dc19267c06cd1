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

import org.roundtrip.balancer.AccessSwitchState;
import org.roundtrip.balancer.AccessSwitchStatus;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.Status;
import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Virtual servers and their members as text for people, a line each.
 */
final class ServerText {

    private static final Set<MemberCondition> SERVING = EnumSet.of(MemberCondition.SERVING, MemberCondition.PANIC);

    private ServerText() {
    }

    /**
     * Returns virtual servers; those that are not as they should be with the reasons below.
     *
     * @param servers the virtual servers
     * @return lines of text
     */
    static List<String> list(List<VirtualServer> servers) {
        return list(servers, server -> server.status().state() == VirtualServerState.UP ? List.of()
                : StatusText.reasons(server.status()));
    }

    /**
     * Returns one virtual server with the reason for its state.
     *
     * @param server the virtual server
     * @return lines of text
     */
    static List<String> brief(VirtualServer server) {
        return list(List.of(server), one -> StatusText.reasons(one.status()));
    }

    /**
     * Returns the members of a virtual server; those that get no new connections with the reasons below.
     *
     * @param server the virtual server
     * @return lines of text
     */
    static List<String> members(VirtualServer server) {
        if (server.memberStatus().isEmpty()) {
            return List.of("There are no members.");
        }
        Map<MemberId, Member> configured = server.request().members().stream()
                .collect(Collectors.toMap(Member::id, Function.identity()));
        Table table = new Table("MEMBER", "CONDITION", "SINCE", "WEIGHT", "SLOTS", "LOCATION", "MAC", "DRAINS UNTIL");
        for (MemberStatus member : server.memberStatus()) {
            Member request = configured.get(member.member());
            table.row(member.member(), Json.name(member.status().state()), StatusText.since(member.status()),
                      request == null ? "removed" : request.weight(), member.slots(),
                      member.location().map(Object::toString).orElse("-"),
                      member.mac().map(Object::toString).orElse("-"),
                      member.drainsUntil().map(ServerText::seconds).map(Object::toString).orElse("-"));
        }
        return table.lines(row -> troubles(server.memberStatus().get(row).status()));
    }

    /**
     * Returns values one after the other.
     *
     * @param values the values
     * @return their texts with commas in between
     */
    static String joined(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static List<String> list(List<VirtualServer> servers, Function<VirtualServer, List<String>> below) {
        if (servers.isEmpty()) {
            return List.of("There are no virtual servers.");
        }
        Table table = new Table("NAME", "STATE", "SINCE", "VIP", "PROTOCOL", "PORTS", "AFFINITY", "MEMBERS",
                                "ACCESS SWITCHES");
        for (VirtualServer server : servers) {
            VirtualServerRequest request = server.request();
            table.row(request.name(), Json.name(server.status().state()), StatusText.since(server.status()),
                      request.vip(), Json.name(request.protocol()), joined(request.ports()),
                      Json.name(request.affinity()),
                      serving(server) + " of " + request.members().size() + (server.panic() ? " in panic" : " serve"),
                      ready(server.accessSwitchStatus()) + " of " + request.accessSwitches().size() + " ready");
        }
        return table.lines(row -> below.apply(servers.get(row)));
    }

    private static List<String> troubles(Status<MemberCondition> status) {
        return status.state() == MemberCondition.SERVING ? List.of() : StatusText.reasons(status);
    }

    private static long serving(VirtualServer server) {
        return server.memberStatus().stream().filter(member -> SERVING.contains(member.status().state())).count();
    }

    private static long ready(List<AccessSwitchStatus> accessSwitches) {
        return accessSwitches.stream().filter(device -> device.status().state() == AccessSwitchState.READY).count();
    }
}
