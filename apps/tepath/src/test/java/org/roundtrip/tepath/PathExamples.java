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
import java.util.List;
import java.util.Optional;

/** Paths in the states that users see, for the faces. */
public final class PathExamples {

    private static final Instant SINCE = Instant.parse("2026-01-15T08:30:00Z");

    private PathExamples() {
    }

    /** A path of another application that is up. */
    public static TePath clock() {
        return TePath.builder().request(TePathRequest.builder().name("clock-cell-site-7")
                        .source(port(1, 3)).destination(port(4, 3)).bandwidth(10_000_000).exclusive(true)
                        .addForwardTraffic(udp(319), udp(320)).addReverseTraffic(udp(319), udp(320)).build())
                .owner("org.roundtrip.clock")
                .status(Status.of(TePathState.UP, "both directions are in the switches", SINCE)
                                .withError("the port of:0000000000000002/2 on the way is down"))
                .addForward(hop(1, 3, 0, 2, 100_000), hop(4, 2, 100_000, 3, 0))
                .addReverse(hop(4, 3, 0, 2, 100_001), hop(1, 2, 100_001, 3, 0)).build();
    }

    /** A path that no way is left for. */
    public static TePath voice() {
        return TePath.builder().request(voiceRequest()).owner("org.roundtrip.tepath")
                .status(Status.of(TePathState.DOWN, "no links join of:0000000000000001 and of:0000000000000004", SINCE))
                .build();
    }

    /** What was asked for that path, with every field there is. */
    public static TePathRequest voiceRequest() {
        return TePathRequest.builder().name("voice").source(port(1, 5)).destination(port(4, 5))
                .payload(Payload.IPV6)
                .addForwardTraffic(TrafficMatch.builder()
                                           .ethSource(MacAddress.valueOf("00:00:00:00:00:0A"))
                                           .ethDestination(MacAddress.valueOf("00:00:00:00:00:0B"))
                                           .ipSource(IpPrefix.valueOf("2001:db8:1::/48"))
                                           .ipDestination(IpPrefix.valueOf("2001:db8:2::/48"))
                                           .ipProtocol(17).sourcePort(5060).destinationPort(5060).build())
                .addReverseTraffic(TrafficMatch.builder().build()).build();
    }

    /** Raw PTP within one switch. */
    public static TePath ptp() {
        return TePath.builder().request(TePathRequest.builder().name("ptp").payload(Payload.PTP)
                        .source(port(1, 7)).destination(port(1, 8)).addForwardTraffic(TrafficMatch.builder().build())
                        .build())
                .owner("org.roundtrip.tepath")
                .status(Status.of(TePathState.REMOVING, "its rules are being taken out of the switches", SINCE))
                .addForward(hop(1, 7, 0, 8, 0)).addReverse(hop(1, 8, 0, 7, 0)).build();
    }

    public static List<TePath> all() {
        return List.of(clock(), ptp(), voice());
    }

    private static Hop hop(int device, int in, int labelIn, int out, int labelOut) {
        return Hop.builder().device(port(device, in).deviceId())
                .inPort(PortNumber.portNumber(in)).labelIn(label(labelIn))
                .outPort(PortNumber.portNumber(out)).labelOut(label(labelOut)).build();
    }

    private static Optional<Integer> label(int label) {
        return Optional.of(label).filter(number -> number > 0);
    }

    private static ConnectPoint port(int device, int port) {
        return new ConnectPoint(DeviceId.deviceId(String.format("of:%016x", device)), PortNumber.portNumber(port));
    }

    private static TrafficMatch udp(int port) {
        return TrafficMatch.builder().ipProtocol(17).destinationPort(port).build();
    }
}
