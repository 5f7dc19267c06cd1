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

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.MockedStatic;
import org.onlab.osgi.DefaultServiceDirectory;
import org.onlab.packet.IpAddress;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.host.HostService;
import org.onosproject.security.AuditService;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.ServerExamples;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.json.Json;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

/** What the commands make of command lines, by the shell's own parser. */
class BalancerCommandsTest {

    private static final String ALL = "--protocol tcp --port 80 --member 192.0.2.1:8080"
            + " --member 192.0.2.2:8080,weight=50 --member 192.0.2.3:8080,state=draining"
            + " --access-switch of:0000000000000001 --access-switch of:0000000000000002 --affinity connection"
            + " --drain-time 10min --panic-threshold 50 --detection-profile http --slow-start 30s"
            + " --segment-length 16";
    private static final VirtualServerRequest WEB = ServerExamples.webRequest();

    private final VirtualServerService service = mock(VirtualServerService.class);
    private final VirtualServerInspectionService inspection = mock(VirtualServerInspectionService.class);
    private final HostService hosts = mock(HostService.class);
    private final DeviceService devices = mock(DeviceService.class);
    private final Session session = mock(Session.class);
    private final PrintStream console = System.out;
    private MockedStatic<DefaultServiceDirectory> directory;

    @BeforeEach
    void offersServices() {
        directory = mockStatic(DefaultServiceDirectory.class);
        provide(VirtualServerService.class, service);
        provide(VirtualServerInspectionService.class, inspection);
        provide(HostService.class, hosts);
        provide(DeviceService.class, devices);
        provide(AuditService.class, mock(AuditService.class));
        when(service.servers()).thenReturn(ServerExamples.servers());
        when(service.server("web")).thenReturn(Optional.of(ServerExamples.web()));
        when(service.server("names")).thenReturn(Optional.of(ServerExamples.names()));
        when(service.changeMembers(any(), any())).thenReturn(ServerExamples.web());
        when(service.put(any())).thenReturn(ServerExamples.web());
    }

    @AfterEach
    void closesTheDirectory() {
        directory.close();
        System.setOut(console);
    }

    private <T> void provide(Class<T> type, T instance) {
        directory.when(() -> DefaultServiceDirectory.getService(type)).thenReturn(instance);
    }

    @Test
    void listsVirtualServers() throws Exception {
        assertThat(run(new ServersCommand(), "")).contains("names", "signalling", "web");
        assertThat(run(new ServersCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("virtual-server", ServerExamples.servers())) + "\n");
    }

    @Test
    void addsAVirtualServerWithAllThatCanBeSaid() throws Exception {
        when(service.add(WEB)).thenReturn(ServerExamples.web());

        assertThat(run(new ServerAddCommand(), ALL + " web 198.51.100.1")).contains("degraded");
        assertThat(run(new ServerAddCommand(), "-j " + ALL + " web 198.51.100.1"))
                .isEqualTo(Json.writePretty(ServerExamples.web()) + "\n");
    }

    @Test
    void leavesTheDefaultsOfWhatIsNotSaid() throws Exception {
        when(service.add(any())).thenReturn(ServerExamples.signalling());

        run(new ServerAddCommand(), "--protocol sctp --port 5000-5010 --port 2905 --access-switch of:0000000000000002"
                + " signalling 198.51.100.2");
        verify(service).add(ServerExamples.signallingRequest());
    }

    @Test
    void changesOnlyWhatIsSaid() throws Exception {
        run(new ServerChangeCommand(), "web");
        verify(service).put(WEB);

        run(new ServerChangeCommand(), "--drain-time 0s --detection-profile none --member none web");
        verify(service).put(VirtualServerRequest.builder().from(WEB).drainTime(0).detectionProfile(Optional.empty())
                                    .members(List.of()).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--protocol quic                        | protocol              | sctp",
        "--port http                            | ports[0]              | 8000-8079",
        "--port 80 --port 90-80                 | ports[1]              | first",
        "--port 80 --port 80-90                 | ports                 | once",
        "--member first                         | members[0]            | 192.0.2.7:8080",
        "--member 192.0.2.1:http                | members[0]            | 192.0.2.7:8080",
        "--member 192.0.2.1,heavy               | members[0]            | weight=WEIGHT",
        "--member 192.0.2.1,mass=5              | members[0]            | weight=WEIGHT",
        "--member 192.0.2.1,weight=5,weight=6   | members[0]            | twice",
        "--member 192.0.2.1,weight=             | members[0].weight     | whole number",
        "--member 192.0.2.1 --member 192.0.2.2,weight=101 | members[1].weight | 0 to 100",
        "--member 192.0.2.1,state=tired         | members[0].state      | draining",
        "--member 192.0.2.1 --member 192.0.2.1  | members[1]            | same",
        "--member 198.51.3.1                    | members[0].address    | segment",
        "--access-switch 1                      | access-switches[0]    | of:0000000000000001",
        "--affinity love                        | affinity              | client-address",
        "--drain-time 5                         | drain-time            | unit",
        "--drain-time 25h                       | drain-time            | 86400",
        "--drain-time 9999999h                  | drain-time            | whole number",
        "--panic-threshold 50%                  | panic-threshold       | whole number",
        "--slow-start 61min                     | slow-start            | 3600 seconds",
        "--panic-threshold 101                  | panic-threshold       | percent",
        "--segment-length 32                    | segment-length        | 1 to 31",
    })
    void namesTheFieldAndWhatWouldBeRight(String line, String field, String hint) {
        refused(new ServerChangeCommand(), line + " web", field, hint);
        verify(service, never()).put(any());
    }

    @Test
    void showsAVirtualServer() throws Exception {
        when(inspection.statistics("web")).thenReturn(ServerExamples.statistics());

        assertThat(run(new ServerShowCommand(), "web")).contains("Carried", "spoofed-source");
        assertThat(run(new ServerShowCommand(), "-j web")).contains("\"vip\" : \"198.51.100.1\"", "\"statistics\" : {");
    }

    @Test
    void removesAVirtualServer() throws Exception {
        when(service.remove("web")).thenReturn(ServerExamples.web());

        assertThat(run(new ServerRemoveCommand(), "web")).contains("198.51.100.1");
    }

    @Test
    void addsAMember() throws Exception {
        assertThat(run(new MemberAddCommand(), "web 192.0.2.9")).contains("192.0.2.2:8080");
        verify(service).changeMembers("web", List.of(change("192.0.2.9").build()));

        run(new MemberAddCommand(), "--weight 5 --state draining names [2001:db8:2::9]:5353");
        verify(service).changeMembers("names", List.of(change("[2001:db8:2::9]:5353").weight(5)
                                                               .state(MemberState.DRAINING).build()));
        refused(new MemberAddCommand(), "web 192.0.2.2:8080", "member", "lb-member-set");
    }

    @Test
    void changesAMember() throws Exception {
        run(new MemberSetCommand(), "--weight 0 web 192.0.2.2:8080");
        verify(service).changeMembers("web", List.of(change("192.0.2.2:8080").weight(0).build()));

        refused(new MemberSetCommand(), "--weight 5 web 192.0.2.2", "member", "lb-member-add");
        refused(new MemberSetCommand(), "--weight heavy web 192.0.2.2:8080", "weight", "whole number");
        refused(new MemberSetCommand(), "--weight 101 web 192.0.2.2:8080", "weight", "0 to 100");
        refused(new MemberSetCommand(), "--state tired web 192.0.2.2:8080", "state", "draining");
        refused(new MemberSetCommand(), "web second", "member", "192.0.2.7:8080");
    }

    @Test
    void removesMembers() throws Exception {
        assertThat(run(new MemberRemoveCommand(), "-j web 192.0.2.1:8080 192.0.2.2:8080"))
                .isEqualTo(Json.writePretty(ServerExamples.web()) + "\n");
        verify(service).changeMembers("web", List.of(
                change("192.0.2.1:8080").operation(MemberOperation.REMOVE).build(),
                change("192.0.2.2:8080").operation(MemberOperation.REMOVE).build()));
        refused(new MemberRemoveCommand(), "web 192.0.2.1:8080 second", "member", "192.0.2.7:8080");
    }

    @Test
    void explainsAConnection() throws Exception {
        when(inspection.explain(ServerExamples.query())).thenReturn(ServerExamples.explanation());

        assertThat(run(new ExplainCommand(), "198.51.100.1:80 203.0.113.9:40000"))
                .contains("pinned", "Request", "Reply");
        assertThat(run(new ExplainCommand(), "-j 198.51.100.1:80 203.0.113.9:40000"))
                .isEqualTo(Json.writePretty(ServerExamples.explanation()) + "\n");
    }

    @Test
    void explainsWithoutAPortAndOverOtherProtocols() throws Exception {
        when(inspection.explain(any())).thenReturn(ServerExamples.dropped());

        run(new ExplainCommand(), "--protocol udp 2001:db8:1::53 [2001:db8:9::1]:5353");
        verify(inspection).explain(ExplanationQuery.builder().vip(IpAddress.valueOf("2001:db8:1::53"))
                                           .protocol(TransportProtocol.UDP).client(IpAddress.valueOf("2001:db8:9::1"))
                                           .clientPort(5_353).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "web 203.0.113.9:40000                                  | vip           | 203.0.113.9:40000",
        "198.51.100.1:80 203.0.113.9                            | client-port   | 65535",
        "198.51.100.1:80 203.0.113.9:x                          | client        | 203.0.113.9:40000",
        "198.51.100.1:80 [2001:db8::9]:40000                    | client        | IP version",
        "--protocol quic 198.51.100.1 203.0.113.9:40000         | protocol      | sctp",
    })
    void refusesWhatIsNoConnection(String line, String field, String hint) {
        refused(new ExplainCommand(), line, field, hint);
        verify(inspection, never()).explain(any());
    }

    @Test
    void tellsWhatTheServiceRefuses() {
        when(service.add(any())).thenThrow(new ConflictException("vip", "is the address of a host"));

        refused(new ServerAddCommand(), ALL + " web 198.51.100.1", "vip", "a host");
    }

    @Test
    void knowsNoOtherVirtualServers() {
        for (Action command : List.of(new ServerChangeCommand(), new ServerShowCommand())) {
            refused(command, "other", "name", "other");
        }
        refused(new MemberAddCommand(), "other 192.0.2.9", "name", "other");
        refused(new MemberSetCommand(), "other 192.0.2.9", "name", "other");
    }

    /** A field that the commands could not say would be one that only REST users have. */
    @Test
    void hasAnOptionForEachFieldOfTheModel() {
        assertThat(options(ServerRequestCommand.class)).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(ALL.split(" ")).filter(word -> word.startsWith("--")).collect(Collectors.toSet()));
    }

    @Test
    void completesNames() {
        assertThat(completed(new ServerNameCompleter(), "lb-server-show"))
                .containsExactly("names", "signalling", "web");
        assertThat(completed(new VipCompleter(), "lb-explain")).containsExactly(
                "198.51.100.1", "198.51.100.1:80", "198.51.100.2", "198.51.100.2:2905", "198.51.100.2:5000",
                "2001:db8:1::53", "[2001:db8:1::53]:53");
    }

    @Test
    void completesTheMembersOfTheVirtualServerThatIsNamed() {
        assertThat(completed(new MemberCompleter(), "lb-member-set", "names")).containsExactly("2001:db8:2::1");
        assertThat(completed(new MemberCompleter(), "lb-member-remove", "web", "192.0.2.1:8080")).containsExactly(
                WEB.members().stream().map(Member::id).map(MemberId::toString).toArray(String[]::new));
        assertThat(completed(new MemberCompleter(), "lb-member-set")).hasSize(4);
    }

    @Test
    void completesHostsAndSwitches() {
        Host host = mock(Host.class);
        when(host.ipAddresses()).thenReturn(Set.of(IpAddress.valueOf("192.0.2.1")));
        when(hosts.getHosts()).thenReturn(List.of(host));
        Device device = mock(Device.class);
        when(device.id()).thenReturn(DeviceId.deviceId("of:0000000000000001"));
        when(devices.getDevices()).thenReturn(List.of(device));

        assertThat(completed(new HostAddressCompleter(), "lb-member-add", "web")).containsExactly("192.0.2.1");
        assertThat(completed(new SwitchCompleter(), "lb-server-add")).containsExactly("of:0000000000000001");
    }

    private List<String> completed(AbstractChoicesCompleter completer, String... words) {
        CommandLine line = mock(CommandLine.class);
        when(line.getArguments()).thenReturn(words);
        when(line.getCursorArgument()).thenReturn("");
        List<String> candidates = new ArrayList<>();
        completer.complete(session, line, candidates);
        return candidates.stream().map(String::trim).collect(Collectors.toList());
    }

    private void refused(Action command, String line, String field, String hint) {
        assertThatThrownBy(() -> run(command, line)).isInstanceOf(CommandException.class)
                .hasMessageStartingWith(field + ": ").hasMessageContaining(hint);
    }

    private String run(Action command, String line) throws Exception {
        new DefaultActionPreparator().prepare(command, session,
                                              line.isEmpty() ? List.of() : List.of((Object[]) line.split(" ")));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        command.execute();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Set<String> options(Class<?> command) {
        return Arrays.stream(command.getDeclaredFields()).map(field -> field.getAnnotation(Option.class))
                .filter(option -> option != null).map(Option::name).collect(Collectors.toSet());
    }

    private static MemberChange.Builder change(String member) {
        MemberId id = MemberId.valueOf(member);
        return MemberChange.builder().address(id.address()).port(id.port());
    }
}
