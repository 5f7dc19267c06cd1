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
package org.roundtrip.tepath;

import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Paths in the states that users see, for the faces. */
public final class PathExamples {

    private static final Instant SINCE = Instant.parse("2026-01-15T08:30:00Z");

    private static final PathMetrics DIRECT = PathMetrics.of(1, 10, 120_200, 120_000);
    private static final PathMetrics DETOUR = PathMetrics.of(2, 20, 300_000, 300_600);

    private PathExamples() {
    }

    /** A protected path of another application that is up. */
    public static TePath clock() {
        return TePath.builder().request(TePathRequest.builder().name("clock-cell-site-7")
                        .source(port(1, 3)).destination(port(4, 3)).bandwidth(10_000_000).exclusive(true)
                        .objective(Objective.DELAY_ASYMMETRY)
                        .constraints(PathConstraints.builder().maxDelay(5_000_000L).maxDelayAsymmetry(1_000L).build())
                        .setupPriority(3).holdingPriority(1)
                        .protection(Protection.builder().disjoint(Disjointness.NODE).waitToRestore(300).build())
                        .quiesce(true)
                        .addForwardTraffic(udp(319), udp(320)).addReverseTraffic(udp(319), udp(320)).build())
                .owner("org.roundtrip.clock")
                .status(Status.of(TePathState.UP, "both directions are in the switches", SINCE)
                                .withError("the port of:0000000000000002/2 on the way is down"))
                .addForward(hop(1, 3, 0, 2, 100_000), hop(4, 2, 100_000, 3, 0))
                .addReverse(hop(4, 3, 0, 2, 100_001), hop(1, 2, 100_001, 3, 0))
                .metrics(DIRECT)
                .standby(StandbyWay.builder()
                                 .status(Status.of(StandbyState.READY, "both directions are in the switches", SINCE))
                                 .addForward(hop(1, 3, 0, 1, 100_000), hop(2, 1, 100_000, 2, 100_002),
                                             hop(4, 1, 100_002, 3, 0))
                                 .addReverse(hop(4, 3, 0, 1, 100_001), hop(2, 2, 100_001, 1, 100_003),
                                             hop(1, 1, 100_003, 3, 0))
                                 .metrics(DETOUR).build()).build();
    }

    /** A path that no way is left for. */
    public static TePath voice() {
        return TePath.builder().request(voiceRequest()).owner("org.roundtrip.tepath")
                .status(Status.of(TePathState.DOWN, "no links join of:0000000000000001 and of:0000000000000004", SINCE))
                .standby(StandbyWay.builder()
                                 .status(Status.of(StandbyState.UNPROTECTED, "the path is down", SINCE)).build())
                .build();
    }

    /** What was asked for that path, with every field there is. */
    public static TePathRequest voiceRequest() {
        return TePathRequest.builder().name("voice").source(port(1, 5)).destination(port(4, 5))
                .bandwidth(20_000_000).reverseBandwidth(5_000_000L).objective(Objective.TE_METRIC)
                .constraints(PathConstraints.builder()
                                     .maxHops(8).maxDelay(20_000_000L).maxDelayAsymmetry(50_000L)
                                     .addInclude(RouteHop.through(device(2)),
                                                 RouteHop.builder().link(port(3, 1)).strict(true).build())
                                     .addExcludeDevices(device(5), device(6)).addExcludeLinks(port(2, 7))
                                     .addAffinitiesIncludeAny(1, 2).addAffinitiesIncludeAll(3)
                                     .addAffinitiesExcludeAny(30, 31).build())
                .setupPriority(4).holdingPriority(2)
                .protection(Protection.builder().disjoint(Disjointness.SRLG).bestEffort(true).holdOff(50)
                                    .waitToRestore(600).build())
                .quiesce(true).quiesceTime(8000).suspended(true)
                .payload(Payload.IPV6)
                .addForwardTraffic(TrafficMatch.builder()
                                           .ethSource(MacAddress.valueOf("00:00:00:00:00:0A"))
                                           .ethDestination(MacAddress.valueOf("00:00:00:00:00:0B"))
                                           .ipSource(IpPrefix.valueOf("2001:db8:1::/48"))
                                           .ipDestination(IpPrefix.valueOf("2001:db8:2::/48"))
                                           .ipProtocol(17).sourcePort(5060).destinationPort(5060)
                                           .tunnelId(7L).build())
                .addReverseTraffic(TrafficMatch.builder().build()).build();
    }

    /** Raw PTP within one switch. */
    public static TePath ptp() {
        return TePath.builder().request(TePathRequest.builder().name("ptp").payload(Payload.PTP)
                        .source(port(1, 7)).destination(port(1, 8)).addForwardTraffic(TrafficMatch.builder().build())
                        .build())
                .owner("org.roundtrip.tepath")
                .status(Status.of(TePathState.REMOVING, "its rules are being taken out of the switches", SINCE))
                .addForward(hop(1, 7, 0, 8, 0)).addReverse(hop(1, 8, 0, 7, 0))
                .metrics(PathMetrics.of(0, 0, 0, 0)).build();
    }

    public static List<TePath> all() {
        return List.of(clock(), ptp(), voice());
    }

    /** What the clock path has carried. */
    public static PathStatistics statistics() {
        return PathStatistics.of(
                DirectionStatistics.builder().admittedPackets(1000).admittedBytes(86_000)
                        .deliveredPackets(999).deliveredBytes(89_910).build(),
                DirectionStatistics.builder().admittedPackets(500).admittedBytes(43_000)
                        .deliveredPackets(500).deliveredBytes(45_000).build());
    }

    /** How the clock path came up. */
    public static List<PathChange> history() {
        return List.of(PathChange.of(SINCE.minusMillis(750), TePathState.INSTALLING, "it was asked for"),
                       PathChange.of(SINCE, TePathState.UP, "both directions are in the switches"));
    }

    /** A path that could be protected, not quite disjoint. */
    public static PathExplanation possible() {
        return PathExplanation.builder().possible(true)
                .reason("there is a way of 1 link, and a standby way of 2 links")
                .active(ExplainedWay.of(List.of(port(1, 3), port(1, 2), port(4, 2), port(4, 3)), DIRECT, List.of()))
                .standby(ExplainedWay.of(List.of(port(1, 3), port(1, 1), port(2, 1), port(2, 2), port(4, 1),
                                                 port(4, 3)), DETOUR, List.of("the shared risk link group 7"))).build();
    }

    /** A path that is too long. */
    public static PathExplanation impossible() {
        return PathExplanation.builder().possible(false).reason("no way is within the bounds")
                .addObstacles(Obstacle.builder().field("constraints.max-delay").detail("no way takes 5 ms or less")
                                      .decisive(true)
                                      .relaxation("max-delay 6200000, by way of of:0000000000000002").build(),
                              Obstacle.builder().field("").detail("switch of:0000000000000003 lacks MPLS")
                                      .decisive(false).addRemovedLinks(port(1, 4), port(3, 1)).build()).build();
    }

    /** What was found when a rule of the clock path had been taken away by hand. */
    public static PathAudit audit() {
        return PathAudit.builder().time(SINCE).correct(false).coRouted(false)
                .difference("the directions part at of:0000000000000001")
                .addMismatches("of:0000000000000001: the rule of the reverse direction is missing")
                .forward(clock().forward()).reverse(clock().reverse().subList(0, 1)).build();
    }

    /** A link that fails often, and one that is taken out of service while the clock path is still on it. */
    public static List<TeLink> links() {
        List<Long> free = Collections.nCopies(8, 1_000_000_000L);
        TeLinkDirection idle = TeLinkDirection.of(1_000_000_000, free, 0);
        return List.of(
                TeLink.builder().source(port(1, 1)).destination(port(2, 1)).teMetric(10).maintenance(false)
                        .unsteady(true).forward(idle).reverse(idle).build(),
                TeLink.builder().source(port(1, 2)).destination(port(4, 2)).teMetric(10).addAffinities(0, 31)
                        .addSrlgs(7, 8).maintenance(true).unsteady(false)
                        .forward(TeLinkDirection.of(1_000_000_000, held(1_000_000_000), 120_200))
                        .reverse(TeLinkDirection.of(10_000_000, held(10_000_000), 120_000)).build());
    }

    private static List<Long> held(long capacity) {
        List<Long> unreserved = new ArrayList<>(Collections.nCopies(8, capacity - 10_000_000));
        unreserved.set(0, capacity);
        return unreserved;
    }

    private static Hop hop(int device, int in, int labelIn, int out, int labelOut) {
        return Hop.builder().device(device(device))
                .inPort(PortNumber.portNumber(in)).labelIn(label(labelIn))
                .outPort(PortNumber.portNumber(out)).labelOut(label(labelOut)).build();
    }

    private static Optional<Integer> label(int label) {
        return Optional.of(label).filter(number -> number > 0);
    }

    private static DeviceId device(int device) {
        return DeviceId.deviceId(String.format("of:%016x", device));
    }

    private static ConnectPoint port(int device, int port) {
        return new ConnectPoint(device(device), PortNumber.portNumber(port));
    }

    private static TrafficMatch udp(int port) {
        return TrafficMatch.builder().ipProtocol(17).destinationPort(port).build();
    }
}
