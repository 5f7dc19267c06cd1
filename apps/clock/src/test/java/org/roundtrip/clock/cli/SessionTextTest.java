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
package org.roundtrip.clock.cli;

import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.port;

class SessionTextTest {

    private static final ClockSession UP = ClockSession.builder().from(SessionExamples.cellSite()).alarms(List.of())
            .build();

    @Test
    void listsSessionsAndSaysWhatIsWrong() {
        assertThat(SessionText.list(SessionExamples.sessions())).containsExactly(
                "NAME         STATE     SINCE                 SERVER                                           "
                        + "CLIENT                                           TRANSPORT  DELIVERY   ALARMS",
                "cell-site-7  up        2026-01-15T12:00:00Z  10.0.0.1 at of:0000000000000001/3                "
                        + "00:00:00:00:00:02/None at of:0000000000000002/3  udp-ipv4   unicast    asymmetric",
                "    asymmetric: the links of the way make the client -1600 ns wrong, more than 1000 ns: set"
                        + " delayAsymmetry 1600 there",
                "substation   waiting   2026-01-15T12:00:05Z  00:00:00:00:00:03/None at of:0000000000000001/4  "
                        + "00:00:00:00:00:04/None at of:0000000000000003/1  ethernet   multicast  refused",
                "    no te-path was granted: client: no co-routed way with 1000000 bit/s",
                "tower        holdover  2026-01-15T12:00:00Z  10.0.0.1 at of:0000000000000001/3                "
                        + "10.0.0.5 at of:0000000000000003/7                udp-ipv4   unicast    holdover,unprotected",
                "    PTP is held back until the client forgets the old way",
                "    holdover: the client keeps its time alone until 12:00:08",
                "    unprotected: no other way is left");
    }

    @Test
    void hasOneLineForASessionThatIsWell() {
        assertThat(SessionText.list(List.of(UP))).hasSize(2).last().asString().endsWith("unicast   -");
    }

    @Test
    void namesAPortOnce() {
        ClockSession atAPort = ClockSession.builder().from(UP).request(
                ClockSessionRequest.builder().from(UP.request())
                        .server(ClockReference.of(UP.serverEndpoint().connectPoint())).build()).build();

        assertThat(SessionText.list(List.of(atAPort)).get(1)).contains("Z  of:0000000000000001/3  ");
    }

    @Test
    void tellsOfAnErrorThatIsOver() {
        assertThat(SessionText.brief(ClockSession.builder().from(UP)
                                             .status(UP.status().withError("a switch refused")).build()))
                .endsWith("    both directions stand", "    last error: a switch refused");
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(SessionText.list(List.of())).containsExactly("There are no clock sessions.");
    }

    @Test
    void showsBothDirectionsSwitchBySwitch() {
        TePath path = TePath.builder()
                .request(TePathRequest.builder().name("clock.cell-site-7").source(port(1)).destination(port(2)).build())
                .owner("org.roundtrip.clock")
                .status(Status.of(TePathState.UP, "both directions stand", Instant.EPOCH))
                .addForward(hop("of:000000000000000a", 3, 1), hop("of:000000000000000b", 2, 3))
                .addReverse(hop("of:000000000000000b", 3, 2), hop("of:000000000000000a", 1, 3))
                .build();

        assertThat(SessionText.listWithHops(SessionExamples.sessions(),
                                            name -> Optional.of(path).filter(p -> p.request().name().equals(name))))
                .containsSubsequence(
                        "    both directions stand",
                        "    server to client: 3 of:000000000000000a 1 > 2 of:000000000000000b 3",
                        "    client to server: 3 of:000000000000000b 2 > 1 of:000000000000000a 3",
                        "    no te-path");
    }

    private static Hop hop(String device, int in, int out) {
        return Hop.builder().device(DeviceId.deviceId(device))
                .inPort(PortNumber.portNumber(in)).outPort(PortNumber.portNumber(out)).build();
    }
}
