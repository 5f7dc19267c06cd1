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
package org.roundtrip.tepath.cli;

import org.junit.jupiter.api.Test;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.PathExamples;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PathTextTest {

    @Test
    void listsPathsWithWhatIsWrong() {
        assertThat(PathText.list(PathExamples.all())).containsExactly(
                "NAME               STATE     SINCE                 STANDBY      SOURCE                 DESTINATION    "
                        + "        BANDWIDTH  OWNER",
                "clock-cell-site-7  up        2026-01-15T08:30:00Z  ready        of:0000000000000001/3  "
                        + "of:0000000000000004/3  10M        org.roundtrip.clock",
                "ptp                removing  2026-01-15T08:30:00Z  -            of:0000000000000001/7  "
                        + "of:0000000000000001/8  0          org.roundtrip.tepath",
                "    its rules are being taken out of the switches",
                "voice              down      2026-01-15T08:30:00Z  unprotected  of:0000000000000001/5  "
                        + "of:0000000000000004/5  20M/5M     org.roundtrip.tepath",
                "    no links join of:0000000000000001 and of:0000000000000004",
                "    standby: the path is down");
    }

    @Test
    void tellsWhyAPathThatIsUpCarriesNothing() {
        TePath suspended = TePath.builder().from(PathExamples.clock())
                .request(TePathRequest.builder().from(PathExamples.clock().request()).suspended(true).build()).build();
        assertThat(PathText.list(List.of(suspended))).hasSize(3).endsWith("    both directions are in the switches");
        assertThat(PathText.list(List.of(PathExamples.clock()))).hasSize(2);
    }

    @Test
    void showsBothDirectionsSwitchBySwitch() {
        assertThat(PathText.brief(PathExamples.clock())).hasSize(11).endsWith(
                "    both directions are in the switches",
                "    last error: the port of:0000000000000002/2 on the way is down",
                "    forward: 3 of:0000000000000001 2 (100000) > 2 of:0000000000000004 3",
                "    reverse: 3 of:0000000000000004 2 (100001) > 2 of:0000000000000001 3",
                "    metrics: 1 link, TE metric 10, delay 120.2us forward, 120us reverse, asymmetry 100ns",
                "    standby: both directions are in the switches",
                "    standby forward: 3 of:0000000000000001 1 (100000) > 1 of:0000000000000002 2 (100002)"
                        + " > 1 of:0000000000000004 3",
                "    standby reverse: 3 of:0000000000000004 1 (100001) > 2 of:0000000000000002 1 (100003)"
                        + " > 1 of:0000000000000001 3",
                "    standby metrics: 2 links, TE metric 20, delay 300us forward, 300.6us reverse,"
                        + " asymmetry -300ns");
    }

    @Test
    void saysWhenThereIsNoWay() {
        assertThat(PathText.brief(PathExamples.voice())).contains(
                "    no links join of:0000000000000001 and of:0000000000000004",
                "    forward: no way");
    }

    @Test
    void saysWhenThereAreNoPaths() {
        assertThat(PathText.list(List.of())).containsExactly("There are no TE paths.");
    }

    @Test
    void showsAllOfAPath() {
        assertThat(PathText.full(PathExamples.clock(), PathExamples.statistics(), PathExamples.history()))
                .containsExactly(
                        "clock-cell-site-7 is up since 2026-01-15T08:30:00Z",
                        "    both directions are in the switches",
                        "    last error: the port of:0000000000000002/2 on the way is down",
                        "Requested by org.roundtrip.clock",
                        "    from of:0000000000000001/3 to of:0000000000000004/3",
                        "    bandwidth 10M, objective delay-asymmetry, setup-priority 3, holding-priority 1",
                        "    max-delay 5ms, max-delay-asymmetry 1us",
                        "    protect node, hold-off 0s, wait-to-restore 5min",
                        "    payload ipv4, quiesce, exclusive",
                        "    forward-traffic destination-port=319,ip-protocol=17 destination-port=320,ip-protocol=17",
                        "    reverse-traffic destination-port=319,ip-protocol=17 destination-port=320,ip-protocol=17",
                        "Way",
                        "    forward: 3 of:0000000000000001 2 (100000) > 2 of:0000000000000004 3",
                        "    reverse: 3 of:0000000000000004 2 (100001) > 2 of:0000000000000001 3",
                        "    metrics: 1 link, TE metric 10, delay 120.2us forward, 120us reverse, asymmetry 100ns",
                        "Standby way is ready since 2026-01-15T08:30:00Z",
                        "    both directions are in the switches",
                        "    forward: 3 of:0000000000000001 1 (100000) > 1 of:0000000000000002 2 (100002)"
                                + " > 1 of:0000000000000004 3",
                        "    reverse: 3 of:0000000000000004 1 (100001) > 2 of:0000000000000002 1 (100003)"
                                + " > 1 of:0000000000000001 3",
                        "    metrics: 2 links, TE metric 20, delay 300us forward, 300.6us reverse, asymmetry -300ns",
                        "Carried on this way",
                        "    forward: 1000 packets (86000 bytes) in, 999 packets (89910 bytes) out",
                        "    reverse: 500 packets (43000 bytes) in, 500 packets (45000 bytes) out",
                        "History",
                        "    TIME                      STATE       WHAT HAPPENED",
                        "    2026-01-15T08:29:59.250Z  installing  it was asked for",
                        "    2026-01-15T08:30:00Z      up          both directions are in the switches");
    }

    @Test
    void showsEveryConstraintInTheWordsOfTheOptions() {
        assertThat(RequestText.of(PathExamples.voiceRequest())).contains(
                "bandwidth 20M/5M, objective te-metric, setup-priority 4, holding-priority 2",
                "max-hops 8, max-delay 20ms, max-delay-asymmetry 50us",
                "include of:0000000000000002 > strict:of:0000000000000003/1",
                "exclude of:0000000000000005 of:0000000000000006 of:0000000000000002/7",
                "affinities-include-any 1,2",
                "affinities-include-all 3",
                "affinities-exclude-any 30,31",
                "protect srlg, best-effort, hold-off 50ms, wait-to-restore 10min",
                "reverse-traffic any");
    }

    @Test
    void saysWhichWaysThereAre() {
        assertThat(ExplanationText.of(PathExamples.possible())).containsExactly(
                "Possible: there is a way of 1 link, and a standby way of 2 links",
                "Way",
                "    of:0000000000000001/3 > of:0000000000000001/2 > of:0000000000000004/2 > of:0000000000000004/3",
                "    1 link, TE metric 10, delay 120.2us forward, 120us reverse, asymmetry 100ns",
                "Standby way",
                "    of:0000000000000001/3 > of:0000000000000001/1 > of:0000000000000002/1 > of:0000000000000002/2"
                        + " > of:0000000000000004/1 > of:0000000000000004/3",
                "    2 links, TE metric 20, delay 300us forward, 300.6us reverse, asymmetry -300ns",
                "    shares: the shared risk link group 7");
    }

    @Test
    void saysWhatIsInTheWayAndWhatWouldDo() {
        assertThat(ExplanationText.of(PathExamples.impossible())).containsExactly(
                "Not possible: no way is within the bounds",
                "constraints.max-delay: no way takes 5 ms or less (without this there would be a way)",
                "    would do: max-delay 6200000, by way of of:0000000000000002",
                "the network: switch of:0000000000000003 lacks MPLS",
                "    takes away of:0000000000000001/4, of:0000000000000003/1");
    }

    @Test
    void listsLinksWithBothDirectionsWhereTheyDiffer() {
        assertThat(LinkText.of(PathExamples.links())).containsExactly(
                "SOURCE                 DESTINATION            BANDWIDTH  RESERVED  DELAY          METRIC  AFFINITIES"
                        + "  SRLGS  NOTES",
                "of:0000000000000001/1  of:0000000000000002/1  1G         0         0s             10      -         "
                        + "  -      unsteady",
                "of:0000000000000001/2  of:0000000000000004/2  1G/10M     10M       120.2us/120us  10      0,31      "
                        + "  7,8    maintenance");
        assertThat(LinkText.of(List.of())).hasSize(1);
    }

    @Test
    void saysWhatAnAuditHasFound() {
        assertThat(AuditText.of("voice", PathExamples.audit())).containsExactly(
                "voice is not correct by the tables of the switches, and not co-routed",
                "    the directions part at of:0000000000000001",
                "    of:0000000000000001: the rule of the reverse direction is missing",
                "    forward: 3 of:0000000000000001 2 (100000) > 2 of:0000000000000004 3",
                "    reverse: 3 of:0000000000000004 2 (100001)");
        TePath path = PathExamples.clock();
        assertThat(AuditText.of("voice", PathAudit.builder().time(path.status().since()).correct(true).coRouted(true)
                .forward(path.forward()).reverse(path.reverse()).build()))
                .hasSize(3).startsWith("voice is correct by the tables of the switches, and co-routed");
    }
}
