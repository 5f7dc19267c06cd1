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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Protection;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;

/** What the shell makes of command lines, by the shell's own parser. */
class SessionRequestCommandTest {

    private static final ClockSessionRequest LEAST = ClockSessionRequest.builder().name("exchange")
            .server(ClockReference.valueOf("of:0000000000000001/3")).client(ClockReference.valueOf("2001:db8::7"))
            .build();
    private static final String ALL = "--transport udp-ipv6 --delivery unicast --domain 24 --priority 10"
            + " --strict=false --bandwidth 500k --objective delay-asymmetry --max-delay-asymmetry 2.5us"
            + " --setup-priority 3 --holding-priority 1 --protect srlg --best-effort=false --hold-off 50ms"
            + " --wait-to-restore 10min --resume-delay 0s --asymmetry-threshold 250ns --error-tolerance 5us";

    /** Has nothing but the options of sessions. */
    @Command(scope = "test", name = "session")
    public static final class SessionOptions extends SessionRequestCommand {

        @Argument(index = 0, name = "name")
        private String name = "";

        @Override
        protected void run() {
            throw new AssertionError("is not run");
        }
    }

    /** Has nothing but the options of policies. */
    @Command(scope = "test", name = "policy")
    public static final class PolicyOptions extends PolicyRequestCommand {

        @Argument(index = 0, name = "name")
        private String name = "";

        @Override
        protected void run() {
            throw new AssertionError("is not run");
        }
    }

    @Test
    void leavesTheDefaultsOfWhatIsNotSaid() throws Exception {
        assertThat(added("")).isEqualTo(LEAST);
    }

    @Test
    void takesAllThatCanBeSaid() throws Exception {
        assertThat(added(ALL)).isEqualTo(SessionExamples.exchangeRequest());
    }

    @Test
    void changesOnlyWhatIsSaid() throws Exception {
        ClockSessionRequest before = SessionExamples.exchangeRequest();
        assertThat(changed(before, "")).isEqualTo(before);
        assertThat(changed(before, "--resume-delay 4s")).isEqualTo(with(
                before, TunnelSettings.builder().from(before.tunnel()).resumeDelay(4_000).build()));
        assertThat(changed(before, "--max-delay-asymmetry none --wait-to-restore none").tunnel())
                .isEqualTo(ClockSessionRequest.builder().from(before).tunnel(
                        TunnelSettings.builder().bandwidth(500_000).objective(before.tunnel().objective())
                                .setupPriority(3).holdingPriority(1).resumeDelay(0)
                                .protection(Protection.builder().disjoint(Disjointness.SRLG).holdOff(50).build())
                                .build()).build().tunnel());
    }

    @Test
    void protectsAsFarAsItCanUnlessSaidOtherwise() throws Exception {
        assertThat(added("--protect node").tunnel().protection())
                .isEqualTo(Protection.builder().disjoint(Disjointness.NODE).bestEffort(true).build());
        assertThat(added("--wait-to-restore 1min").tunnel().protection())
                .isEqualTo(Protection.builder().bestEffort(true).waitToRestore(60).build());
        assertThat(added("--best-effort=false").tunnel().protection()).isEqualTo(Protection.builder().build());
    }

    @Test
    void holdsAsItWasSetUpUnlessSaidOtherwise() throws Exception {
        assertThat(changed(LEAST, "--setup-priority 3").tunnel().holdingPriority()).isEqualTo(3);
        assertThat(changed(added("--holding-priority 2"), "--setup-priority 3").tunnel().holdingPriority())
                .isEqualTo(2);
    }

    @Test
    void saysWhatAPolicyIs() throws Exception {
        ClockPolicy towers = SessionExamples.towers();
        RequestDraft draft = TunnelRequestCommand.draft().set("name", "towers");

        assertThat(policy(draft, "--server 10.0.0.1 --server 2001:db8::1 --client 10.0.0.0/24 --client 2001:db8::/64"
                + " --domain 44 --domain 24 --max-clients 200 --max-message-rate 32 --max-duration 10min --priority 100"
                + " --objective delay --resume-delay 4s --asymmetry-threshold 500ns")).isEqualTo(towers);
        assertThat(policy(TunnelRequestCommand.draft(towers, towers.tunnel()), "--domain none --max-clients 2"))
                .isEqualTo(ClockPolicy.builder().from(towers).domains(Set.of()).maxClients(2).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--transport pigeon               | transport                         | udp-ipv6",
        "--delivery someday               | delivery                          | unicast",
        "--domain 240                     | domain                            | 239",
        "--domain many                    | domain                            | whole number",
        "--priority 256                   | priority                          | 255",
        "--bandwidth fast                 | tunnel.bandwidth                  | 10M",
        "--objective beauty               | tunnel.objective                  | hops",
        "--max-delay-asymmetry 5          | tunnel.max-delay-asymmetry        | unit",
        "--setup-priority 8               | tunnel.setup-priority             | 0 to 7",
        "--setup-priority 3 --holding-priority 4 | tunnel.holding-priority    | larger",
        "--protect colour                 | tunnel.protection.disjoint        | srlg",
        "--hold-off 11s                   | tunnel.protection.hold-off        | 10000",
        "--wait-to-restore 25h            | tunnel.protection.wait-to-restore | 86400",
        "--resume-delay 61s               | tunnel.resume-delay               | 60000",
        "--resume-delay 10000h            | tunnel.resume-delay               | whole number",
        "--asymmetry-threshold -1ns       | monitoring.asymmetry-threshold    | unit",
        "--error-tolerance much           | monitoring.error-tolerance        | unit",
    })
    void namesTheFieldAndWhatWouldBeRight(String line, String field, String hint) {
        refused(catchThrowableOfType(() -> added(line), RequestException.class), line, field, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--client 10.0.0.0/8                                        | servers          | address",
        "--server 10.0.0.1                                          | clients          | prefix",
        "--server here --client 10.0.0.0/8                          | servers[0]       | IP address",
        "--server 10.0.0.1 --client 10.0.0.0/8 --client everybody   | clients[1]       | prefix",
        "--server 10.0.0.1 --client 10.0.0.0/8 --domain 240         | domains          | 239",
        "--server 10.0.0.1 --client 10.0.0.0/8 --domain x           | domains[0]       | whole number",
        "--server 10.0.0.1 --client 10.0.0.0/8 --max-clients 0      | max-clients      | 1 or more",
        "--server 10.0.0.1 --client 10.0.0.0/8 --max-message-rate 129 | max-message-rate | 128",
        "--server 10.0.0.1 --client 10.0.0.0/8 --max-duration 9s    | max-duration     | 10",
        "--server 10.0.0.1 --client 10.0.0.0/8 --max-duration 300   | max-duration     | unit",
        "--server 10.0.0.1 --client 10.0.0.0/8 --protect x          | tunnel.protection.disjoint | srlg",
    })
    void namesTheFieldOfAPolicyAndWhatWouldBeRight(String line, String field, String hint) {
        refused(catchThrowableOfType(() -> policy(TunnelRequestCommand.draft().set("name", "p"), line),
                                     RequestException.class), line, field, hint);
    }

    @ParameterizedTest
    @ValueSource(classes = {ClockSessionAddCommand.class, ClockSessionChangeCommand.class})
    void isSharedByAllCommandsThatSayWhatASessionIs(Class<?> command) {
        assertThat(SessionRequestCommand.class).isAssignableFrom(command);
    }

    /** A field that the commands could not say would be one that only REST users have. */
    @Test
    void hasAnOptionForEachFieldOfTheModel() throws Exception {
        assertThat(options(SessionRequestCommand.class)).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(ALL.split(" ")).filter(word -> word.startsWith("--"))
                        .map(word -> word.split("=")[0]).collect(Collectors.toSet()));
    }

    private static Set<String> options(Class<?> command) {
        Set<String> options = Arrays.stream(command.getDeclaredFields())
                .map(SessionRequestCommandTest::option).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        if (command.getSuperclass() == TunnelRequestCommand.class) {
            options.addAll(options(TunnelRequestCommand.class));
        }
        return options;
    }

    private static String option(Field field) {
        Option option = field.getAnnotation(Option.class);
        return option == null ? "" : option.name();
    }

    private static void refused(RequestException refusal, String line, String field, String hint) {
        assertThat(refusal).as("refusal of %s", line).isNotNull();
        assertThat(refusal.errors().get(0).field()).isEqualTo(field);
        assertThat(refusal.errors().get(0).detail()).contains(hint);
    }

    private static ClockSessionRequest with(ClockSessionRequest request, TunnelSettings tunnel) {
        return ClockSessionRequest.builder().from(request).tunnel(tunnel).build();
    }

    private static ClockSessionRequest added(String line) throws Exception {
        return session(TunnelRequestCommand.draft().set("name", "exchange").set("server", "of:0000000000000001/3")
                               .set("client", "2001:db8::7"), line);
    }

    private static ClockSessionRequest changed(ClockSessionRequest before, String line) throws Exception {
        return session(TunnelRequestCommand.draft(before, before.tunnel()), line);
    }

    private static ClockSessionRequest session(RequestDraft draft, String line) throws Exception {
        return prepared(new SessionOptions(), line).complete(draft);
    }

    private static ClockPolicy policy(RequestDraft draft, String line) throws Exception {
        return prepared(new PolicyOptions(), line).complete(draft);
    }

    private static <T extends TunnelRequestCommand> T prepared(T command, String line) throws Exception {
        new DefaultActionPreparator().prepare(command, mock(Session.class),
                                              line.isEmpty() ? List.of() : List.of((Object[]) line.split(" ")));
        return command;
    }
}
