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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.tepath.PathExamples;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePathRequest;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;

/** What the shell makes of command lines, by the shell's own parser. */
class PathRequestCommandTest {

    private static final TePathRequest LEAST = RequestDraft.empty().set("name", "voice")
            .set("source", "of:0000000000000001/5").set("destination", "of:0000000000000004/5")
            .request(TePathRequest.class);

    /** Has nothing but the options. */
    @Command(scope = "test", name = "test")
    public static final class Options extends PathRequestCommand {

        @Argument(index = 0, name = "name")
        private String name = "";

        @Override
        protected void run() {
            throw new AssertionError("is not run");
        }
    }

    @Test
    void leavesWhatIsNotSaid() throws Exception {
        assertThat(apply(LEAST, "")).isEqualTo(LEAST);
        assertThat(apply(PathExamples.voiceRequest(), "")).isEqualTo(PathExamples.voiceRequest());
    }

    @Test
    void takesAllThatCanBeSaid() throws Exception {
        assertThat(apply(LEAST, "--bandwidth 20M --reverse-bandwidth 5M --objective te-metric --max-hops 8"
                + " --max-delay 20ms --max-delay-asymmetry 50us --include of:0000000000000002"
                + " --include strict:of:0000000000000003/1 --exclude of:0000000000000005"
                + " --exclude of:0000000000000002/7 --exclude of:0000000000000006 --affinities-include-any 1,2"
                + " --affinities-include-all 3 --affinities-exclude-any 30,31 --setup-priority 4"
                + " --holding-priority 2 --protect srlg --best-effort --hold-off 50ms --wait-to-restore 10min"
                + " --payload ipv6 --forward-traffic eth-source=00:00:00:00:00:0A,eth-destination=00:00:00:00:00:0B"
                + ",ip-source=2001:db8:1::/48,ip-destination=2001:db8:2::/48,ip-protocol=17,source-port=5060"
                + ",destination-port=5060,tunnel-id=7 --reverse-traffic any --quiesce --quiesce-time 8s --suspended"))
                .isEqualTo(PathExamples.voiceRequest());
        TePathRequest flags = apply(LEAST, "--quiesce --exclusive");
        assertThat(flags.quiesce()).isTrue();
        assertThat(flags.exclusive()).isTrue();
    }

    @Test
    void changesOnlyWhatIsSaid() throws Exception {
        TePathRequest before = PathExamples.voiceRequest();
        assertThat(apply(before, "--bandwidth 1k"))
                .isEqualTo(TePathRequest.builder().from(before).bandwidth(1000).build());
        assertThat(apply(before, "--best-effort=false --hold-off 0s"))
                .isEqualTo(TePathRequest.builder().from(before)
                                   .protection(Protection.builder().from(before.protection().orElseThrow())
                                                       .bestEffort(false).holdOff(0).build()).build());
        assertThat(apply(before, "--exclude of:0000000000000009").constraints().excludeLinks()).isEmpty();
    }

    @Test
    void holdsAsItWasSetUpUnlessSaidOtherwise() throws Exception {
        assertThat(apply(LEAST, "--setup-priority 3").holdingPriority()).isEqualTo(3);
        assertThat(apply(apply(LEAST, "--holding-priority 2"), "--setup-priority 3").holdingPriority()).isEqualTo(2);
    }

    @Test
    void takesBackWhatWasSaidBefore() throws Exception {
        TePathRequest bare = apply(PathExamples.voiceRequest(), "--reverse-bandwidth none --max-hops none"
                + " --max-delay none --max-delay-asymmetry none --include none --exclude none"
                + " --affinities-include-any none --affinities-include-all none --affinities-exclude-any none"
                + " --protect none --forward-traffic none --reverse-traffic none");
        assertThat(bare).isEqualTo(TePathRequest.builder().name("voice").source(LEAST.source())
                .destination(LEAST.destination()).bandwidth(20_000_000).objective(bare.objective())
                .setupPriority(4).holdingPriority(2).payload(bare.payload())
                .quiesce(true).quiesceTime(8000).suspended(true).build());
        assertThat(apply(PathExamples.voiceRequest(), "--wait-to-restore none").protection()
                           .flatMap(Protection::waitToRestore)).isEmpty();
        assertThat(apply(apply(LEAST, "--quiesce"), "--quiesce=false").quiesce()).isFalse();
        assertThat(apply(apply(LEAST, "--suspended"), "--suspended=false").suspended()).isFalse();
    }

    @Test
    void canProtectAPathThatWasNot() throws Exception {
        assertThat(apply(LEAST, "--protect node").protection().map(Protection::waitToRestore))
                .contains(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--bandwidth fast                | bandwidth                       | 10M",
        "--reverse-bandwidth -1          | reverse-bandwidth               | whole number",
        "--objective beauty              | objective                       | hops",
        "--max-hops 0                    | constraints.max-hops            | 1 or more",
        "--max-hops few                  | constraints.max-hops            | whole number",
        "--max-delay 5                   | constraints.max-delay           | unit",
        "--max-delay-asymmetry soon      | constraints.max-delay-asymmetry | unit",
        "--include nowhere               | constraints.include[0].device   | of:",
        "--include of:1 --include strict:of:1 | constraints.include[1].device | twice",
        "--include of:1 --exclude of:1   | constraints.include[0].device   | exclude-devices",
        "--include of:1/2 --exclude of:1/2 | constraints.include[0].link   | exclude-links",
        "--exclude of:1 --exclude nowhere/2 | constraints.exclude-links[0] | of:",
        "--affinities-include-any 32     | constraints.affinities-include-any | 31",
        "--affinities-include-any 1,     | constraints.affinities-include-any[1] | whole number",
        "--affinities-include-all 1 --affinities-exclude-any 1 | constraints.affinities-include-all | exclude-any",
        "--affinities-exclude-any gold   | constraints.affinities-exclude-any[0] | whole number",
        "--setup-priority 8              | setup-priority                  | 0 to 7",
        "--setup-priority 3 --holding-priority 4 | holding-priority         | larger",
        "--holding-priority high         | holding-priority                | whole number",
        "--protect colour                | protection.disjoint             | srlg",
        "--best-effort                   | protection                      | --protect",
        "--hold-off 1ms                  | protection                      | --protect",
        "--wait-to-restore 1s            | protection                      | --protect",
        "--protect link --hold-off 11s   | protection.hold-off             | 10000",
        "--protect link --hold-off 1us   | protection.hold-off             | milliseconds",
        "--protect link --wait-to-restore 25h | protection.wait-to-restore | 86400",
        "--quiesce-time 1s               | quiesce-time                    | without quiesce",
        "--quiesce --quiesce-time 61s    | quiesce-time                    | 60000",
        "--quiesce --quiesce-time 1us    | quiesce-time                    | milliseconds",
        "--payload ipx                   | payload                         | ptp",
        "--forward-traffic any --forward-traffic any | forward-traffic[1]  | same",
        "--reverse-traffic colour=red    | reverse-traffic[0].colour       | unknown",
    })
    void namesTheFieldAndWhatWouldBeRight(String line, String field, String hint) {
        RequestException refusal = catchThrowableOfType(() -> apply(LEAST, line), RequestException.class);
        assertThat(refusal).as("refusal of %s", line).isNotNull();
        assertThat(refusal.errors().get(0).field()).isEqualTo(field);
        assertThat(refusal.errors().get(0).detail()).contains(hint);
    }

    @ParameterizedTest
    @ValueSource(classes = {TePathAddCommand.class, TePathChangeCommand.class, TePathExplainCommand.class})
    void isSharedByAllCommandsThatSayWhatAPathIs(Class<?> command) {
        assertThat(PathRequestCommand.class).isAssignableFrom(command);
    }

    private static TePathRequest apply(TePathRequest before, String line) throws Exception {
        Options command = new Options();
        new DefaultActionPreparator().prepare(command, mock(Session.class),
                                              line.isEmpty() ? List.of() : List.of((Object[]) line.split(" ")));
        return command.complete(PathRequestCommand.draft(before));
    }
}
