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

import org.roundtrip.balancer.AccessSwitchState;
import org.roundtrip.balancer.AccessSwitchStatus;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a virtual server, its members and its access switches fare, in states and in words.
 */
public final class ServerStatus {

    /** What a member is in that the operator enables and that does not serve. */
    private static final Set<MemberCondition> FAILED = EnumSet.of(
            MemberCondition.WAITING_FOR_HOST, MemberCondition.PORT_DOWN, MemberCondition.DOWN,
            MemberCondition.UNKNOWN, MemberCondition.PANIC);
    /** What a member is in because of what detection says. */
    private static final Set<MemberCondition> JUDGED =
            EnumSet.of(MemberCondition.DOWN, MemberCondition.UNKNOWN, MemberCondition.PANIC);
    /** States in which it was never of use. */
    private static final Set<VirtualServerState> BEFORE_USE =
            EnumSet.of(VirtualServerState.WAITING, VirtualServerState.INSTALLING);

    private final ServerObservation seen;
    private final Map<MemberId, Integer> slots;

    private ServerStatus(ServerObservation seen) {
        this.seen = seen;
        this.slots = seen.server().table().counts();
    }

    /**
     * Returns a virtual server as users see it.
     *
     * @param seen     what is seen of it
     * @param previous how it was seen before, or empty
     * @param now      the time
     * @return the virtual server
     */
    public static VirtualServer of(ServerObservation seen, Optional<VirtualServer> previous, Instant now) {
        return new ServerStatus(seen).view(previous, now);
    }

    private VirtualServer view(Optional<VirtualServer> previous, Instant now) {
        VirtualServerState state = state(previous.map(server -> server.status().state()));
        String reason = Stream.concat(Stream.of(reason(state)), seen.defects().stream())
                .collect(Collectors.joining("; "));
        return VirtualServer.builder()
                .request(seen.server().request())
                .vipMac(VipMac.of(seen.server().request().vip()))
                .panic(seen.choice().isPanic())
                .alarms(ServerAlarms.of(seen, state, previous, now))
                .memberStatus(members(previous, now))
                .accessSwitchStatus(accessSwitches(previous, now))
                .status(next(previous.map(VirtualServer::status), state, reason, now))
                .build();
    }

    private VirtualServerState state(Optional<VirtualServerState> previous) {
        if (seen.server().removing()) {
            return VirtualServerState.REMOVING;
        }
        boolean isUnused = previous.filter(state -> !BEFORE_USE.contains(state)).isEmpty();
        if (switches(AccessSwitchState.READY).isEmpty()) {
            if (!isUnused) {
                return VirtualServerState.DOWN;
            }
            return switches(AccessSwitchState.INSTALLING).isEmpty() || isNobodySeen() ? VirtualServerState.WAITING
                    : VirtualServerState.INSTALLING;
        }
        if (slots.isEmpty()) {
            return isUnused && isNobodySeen() ? VirtualServerState.WAITING : VirtualServerState.DOWN;
        }
        return switches(AccessSwitchState.READY).size() == seen.accessSwitches().size() && failed().isEmpty()
                ? VirtualServerState.UP : VirtualServerState.DEGRADED;
    }

    private boolean isNobodySeen() {
        return seen.server().members().stream().allMatch(member -> member.place().isEmpty());
    }

    private List<AccessSwitchStatus> switches(AccessSwitchState state) {
        return seen.accessSwitches().stream().filter(each -> each.status().state() == state)
                .collect(Collectors.toList());
    }

    private List<MemberId> failed() {
        return seen.choice().conditions().entrySet().stream().filter(entry -> FAILED.contains(entry.getValue()))
                .map(Map.Entry::getKey).collect(Collectors.toList());
    }

    private String reason(VirtualServerState state) {
        if (state == VirtualServerState.REMOVING) {
            return "its rules are being taken out of the switches";
        }
        List<String> parts = new ArrayList<>();
        parts.add(servers());
        parts.addAll(failures());
        parts.add(accessSwitches());
        return String.join("; ", parts);
    }

    private String servers() {
        if (seen.server().request().members().isEmpty()) {
            return "it has no members";
        }
        return slots.isEmpty() ? "no member serves"
                : slots.size() + " of " + seen.server().request().members().size() + " members serve";
    }

    private List<String> failures() {
        return Arrays.stream(MemberCondition.values()).filter(condition -> condition != MemberCondition.SERVING)
                .flatMap(condition -> {
                    List<MemberId> members = seen.choice().conditions().entrySet().stream()
                            .filter(entry -> entry.getValue() == condition).map(Map.Entry::getKey)
                            .collect(Collectors.toList());
                    return members.isEmpty() ? Stream.empty() : Stream.of(few(members) + (members.size() == 1 ? " "
                            + one(condition) : " " + many(condition)) + sharedFinding(members));
                }).collect(Collectors.toList());
    }

    /** What detection says of all of them alike. */
    private String sharedFinding(List<MemberId> members) {
        Set<String> findings = members.stream().map(member -> finding(member).orElse("")).collect(Collectors.toSet());
        return findings.size() == 1 ? findings.iterator().next() : "";
    }

    /** Only of those of which detection says more than that they are up. */
    private Optional<String> finding(MemberId member) {
        MemberSighting sighting = seen.sightings().getOrDefault(member, MemberSighting.NOTHING);
        return sighting.finding().filter(words -> JUDGED.contains(seen.choice().conditions().get(member)))
                .map(words -> ": " + words);
    }

    private static String few(List<MemberId> members) {
        return members.size() <= 3 ? members.stream().map(MemberId::toString).collect(Collectors.joining(", "))
                : members.get(0) + " and " + (members.size() - 1) + " others";
    }

    private static String one(MemberCondition condition) {
        switch (condition) {
            case PANIC:
                return "is used although it looks unusable";
            case WAITING_FOR_HOST:
                return "is waited for: the network does not know its host";
            case PORT_DOWN:
                return "is cut off: its port is down";
            case DOWN:
                return "is down";
            case UNKNOWN:
                return "is of unknown health";
            case DRAINING:
                return "drains";
            case DISABLED:
                return "is disabled";
            default:
                return "serves";
        }
    }

    private static String many(MemberCondition condition) {
        switch (condition) {
            case PANIC:
                return "are used although they look unusable";
            case WAITING_FOR_HOST:
                return "are waited for: the network does not know their hosts";
            case PORT_DOWN:
                return "are cut off: their ports are down";
            case DOWN:
                return "are down";
            case UNKNOWN:
                return "are of unknown health";
            case DRAINING:
                return "drain";
            case DISABLED:
                return "are disabled";
            default:
                return "serve";
        }
    }

    private String accessSwitches() {
        List<AccessSwitchStatus> ready = switches(AccessSwitchState.READY);
        Stream<String> others = seen.accessSwitches().stream()
                .filter(each -> each.status().state() != AccessSwitchState.READY)
                .map(each -> each.device() + ": " + each.status().reason());
        String all = ready.size() + " of " + seen.accessSwitches().size() + " access switches";
        return Stream.concat(Stream.of(all + (ready.size() == 1 ? " takes requests" : " take requests")), others)
                .collect(Collectors.joining("; "));
    }

    private List<AccessSwitchStatus> accessSwitches(Optional<VirtualServer> previous, Instant now) {
        Map<Object, Status<AccessSwitchState>> before = previous.stream()
                .flatMap(server -> server.accessSwitchStatus().stream())
                .collect(Collectors.toMap(AccessSwitchStatus::device, AccessSwitchStatus::status));
        return seen.accessSwitches().stream().map(each -> AccessSwitchStatus.builder().device(each.device())
                .status(next(Optional.ofNullable(before.get(each.device())), each.status().state(),
                             each.status().reason(), now)).build()).collect(Collectors.toUnmodifiableList());
    }

    private List<MemberStatus> members(Optional<VirtualServer> previous, Instant now) {
        Map<MemberId, Status<MemberCondition>> before = previous.stream()
                .flatMap(server -> server.memberStatus().stream())
                .collect(Collectors.toMap(MemberStatus::member, MemberStatus::status));
        Map<MemberId, Instant> drains = seen.server().drains();
        Map<MemberId, Integer> warmths = seen.server().warmths(now);
        return seen.server().members().stream().map(member -> {
            Optional<MemberCondition> condition =
                    Optional.ofNullable(seen.choice().conditions().get(member.member()));
            return MemberStatus.builder()
                    .member(member.member())
                    .configured(condition.isPresent())
                    .slots(slots.getOrDefault(member.member(), 0))
                    .location(member.place().map(HostPlace::port))
                    .mac(member.place().map(HostPlace::mac))
                    .drainsUntil(Optional.ofNullable(drains.get(member.member())))
                    .status(next(Optional.ofNullable(before.get(member.member())),
                                 condition.orElse(MemberCondition.DRAINING), reason(member, condition, warmths), now))
                    .build();
        }).sorted(Comparator.comparing(MemberStatus::member)).collect(Collectors.toUnmodifiableList());
    }

    private String reason(MemberRecord member, Optional<MemberCondition> condition,
                          Map<MemberId, Integer> warmths) {
        MemberSighting sighting = seen.sightings().getOrDefault(member.member(), MemberSighting.NOTHING);
        String why = condition.map(known -> reason(member, known, sighting))
                .orElse("it was taken out and keeps the connections that it has");
        Stream<String> warmth = Optional.ofNullable(warmths.get(member.member()))
                .map(percent -> "in its slow start with " + percent + " % of its weight").stream();
        return Stream.of(Stream.of(why), warmth, sighting.remark().stream()).flatMap(parts -> parts)
                .collect(Collectors.joining("; "));
    }

    private String reason(MemberRecord member, MemberCondition condition, MemberSighting sighting) {
        Optional<String> port = member.place().map(place -> place.port().toString());
        switch (condition) {
            case SERVING:
                int count = slots.getOrDefault(member.member(), 0);
                return count > 0 ? "it gets " + count + " of " + SlotTable.SLOTS + " new connections"
                        : "its weight gives it no new connections";
            case WAITING_FOR_HOST:
                return "the network knows no host with the address " + member.member().address()
                        + port.map(last -> " any more; it was at " + last).orElse("");
            case PORT_DOWN:
                return sighting.isSwitchReachable() ? "its port " + port.orElse("") + " is down"
                        : "the controller does not reach its switch, that of the port " + port.orElse("");
            case UNKNOWN:
                return "it " + one(condition) + finding(member.member()).orElse("")
                        + (slots.containsKey(member.member()) ? "; it keeps the slots that it has"
                        : "; it gets no new connections until it is known to be up");
            default:
                return "it " + one(condition) + finding(member.member()).orElse("");
        }
    }

    private static <S extends Enum<S>> Status<S> next(Optional<Status<S>> before, S state, String reason,
                                                      Instant now) {
        return before.map(status -> status.next(state, reason, now)).orElseGet(() -> Status.of(state, reason, now));
    }
}
