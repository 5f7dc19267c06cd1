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
package org.roundtrip.detection.cli;

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
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.security.AuditService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionConfigurationService;
import org.roundtrip.detection.DetectionExamples;
import org.roundtrip.detection.DetectionHistoryService;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.DetectionService;
import org.roundtrip.detection.protocol.ProbeSettings;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

/** What the commands make of command lines, by the shell's own parser. */
class DetectionCommandsTest {

    private static final String ALL = "--type https --interval 5s --timeout 2s --jitter 20 --rise 3 --fall 4"
            + " --port 8443 --method HEAD --path /healthz?deep=1 --host www.example.org --verify-certificate"
            + " --expected-status 200,204 --expected-body ok";
    private static final DetectionAgentRequest AGENT = DetectionExamples.agentRequest();
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

    private final DetectionService service = mock(DetectionService.class);
    private final DetectionConfigurationService configuration = mock(DetectionConfigurationService.class);
    private final DetectionHistoryService history = mock(DetectionHistoryService.class);
    private final DeviceService devices = mock(DeviceService.class);
    private final Session session = mock(Session.class);
    private final PrintStream console = System.out;
    private MockedStatic<DefaultServiceDirectory> directory;

    @BeforeEach
    void offersServices() {
        directory = mockStatic(DefaultServiceDirectory.class);
        provide(DetectionService.class, service);
        provide(DetectionConfigurationService.class, configuration);
        provide(DetectionHistoryService.class, history);
        provide(DeviceService.class, devices);
        provide(AuditService.class, mock(AuditService.class));
        when(service.detections()).thenReturn(DetectionExamples.services());
        when(service.detection("balancer/web")).thenReturn(Optional.of(DetectionExamples.web()));
        when(configuration.agents()).thenReturn(DetectionExamples.agents());
        when(configuration.agent("node-1")).thenReturn(Optional.of(DetectionExamples.connected()));
        when(configuration.putAgent(any())).thenReturn(DetectionExamples.connected());
        when(configuration.profiles()).thenReturn(DetectionExamples.profiles());
        when(configuration.profile("web")).thenReturn(Optional.of(DetectionExamples.webProfile()));
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
    void listsServices() throws Exception {
        assertThat(run(new DetectionsCommand(), "")).contains("balancer/names", "balancer/web");
        assertThat(run(new DetectionsCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("detection", DetectionExamples.services())) + "\n");
    }

    @Test
    void showsAService() throws Exception {
        assertThat(run(new DetectionShowCommand(), "balancer/web")).contains("192.0.2.2:8080", "connection refused");
        assertThat(run(new DetectionShowCommand(), "-j balancer/web"))
                .isEqualTo(Json.writePretty(DetectionExamples.web()) + "\n");
        refused(new DetectionShowCommand(), "web", "service", "'web'");
    }

    @Test
    void showsAlarmsAndWhatHasHappened() throws Exception {
        when(history.alarms()).thenReturn(DetectionExamples.alarms());
        when(history.changes("node-1")).thenReturn(DetectionExamples.agentChanges());
        when(history.changes("balancer/web 192.0.2.2:8080")).thenReturn(DetectionExamples.memberChanges());

        assertThat(run(new AlarmsCommand(), "")).contains("agent-silent", "node-2", "the connection was closed");
        assertThat(run(new AlarmsCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("detection-alarm", DetectionExamples.alarms())) + "\n");
        assertThat(run(new AgentShowCommand(), "node-1")).contains("History", "it reports");
        assertThat(run(new AgentShowCommand(), "-j node-1")).contains("\"history\"", "it reports");
        assertThat(run(new DetectionShowCommand(), "balancer/web")).contains("History", "2026-01-15T12:00:30Z");
        assertThat(run(new DetectionShowCommand(), "-j balancer/web"))
                .contains("\"history\"", "\"time\" : \"2026-01-15T12:00:30Z\"", "\"member-health\"");
    }

    @Test
    void listsAndShowsAgents() throws Exception {
        assertThat(run(new AgentsCommand(), "")).contains("node-1", "node-2", "node-3");
        assertThat(run(new AgentsCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("detection-agent", DetectionExamples.agents())) + "\n");
        assertThat(run(new AgentShowCommand(), "node-1")).contains("it reports");
        assertThat(run(new AgentShowCommand(), "-j node-1"))
                .isEqualTo(Json.writePretty(DetectionExamples.connected()) + "\n");
        refused(new AgentShowCommand(), "other", "name", "other");
    }

    @Test
    void asksForTheSecretOfAnAgentAndDoesNotShowIt() throws Exception {
        when(session.readLine(any(), any())).thenReturn(AGENT.secret());

        assertThat(run(adding(), "node-1 of:0000000000000001 detection")).contains("node-1")
                .doesNotContain(AGENT.secret());
        verify(session).readLine("Secret of the agent: ", '*');
        verify(configuration).putAgent(AGENT);
        assertThat(run(adding(), "-j node-1 of:0000000000000001 detection"))
                .isEqualTo(Json.writePretty(DetectionExamples.connected()) + "\n");
    }

    @Test
    void refusesWrongAgentsWithoutShowingTheirSecrets() throws Exception {
        when(session.readLine(any(), any())).thenReturn(AGENT.secret());
        refused(adding(), "1 of:0000000000000001 detection", "name", "letters");
        refused(adding(), "node-1 1 detection", "device", "of:0000000000000001");

        when(session.readLine(any(), any())).thenReturn("horse");
        assertThatThrownBy(() -> run(adding(), "node-1 of:0000000000000001 detection"))
                .isInstanceOf(CommandException.class).hasMessageStartingWith("secret: ")
                .hasMessageNotContaining("horse");
        verify(configuration, never()).putAgent(any());
    }

    @Test
    void saysWhatToDoWhereNobodyCanBeAskedForASecret() throws Exception {
        when(session.readLine(any(), any())).thenThrow(new UnsupportedOperationException());

        refused(adding(), "node-1 of:0000000000000001 detection", "secret", "over REST");
    }

    /** What is typed on a command line gets into histories and logs. */
    @Test
    void takesNoSecretOnACommandLine() {
        assertThat(options(AgentAddCommand.class)).isEmpty();
    }

    @Test
    void removesAnAgent() throws Exception {
        run(new AgentRemoveCommand(), "node-1");
        verify(configuration).removeAgent("node-1");

        doThrow(new NotFoundException("name", "there is no agent 'other'")).when(configuration).removeAgent("other");
        refused(new AgentRemoveCommand(), "other", "name", "other");
    }

    @Test
    void listsAndShowsProfiles() throws Exception {
        assertThat(run(new ProfilesCommand(), "")).contains("dns", "fast", "web");
        assertThat(run(new ProfilesCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("detection-profile", DetectionExamples.profiles())) + "\n");
        assertThat(run(new ProfileShowCommand(), "web")).contains("path /healthz?deep=1");
        assertThat(run(new ProfileShowCommand(), "-j web"))
                .isEqualTo(Json.writePretty(DetectionExamples.webProfile()) + "\n");
        refused(new ProfileShowCommand(), "other", "name", "other");
    }

    @Test
    void addsAProfileWithAllThatCanBeSaid() throws Exception {
        assertThat(run(new ProfileAddCommand(), ALL + " web")).contains("https", "5s");
        verify(configuration).putProfile(DetectionExamples.webProfile());

        run(new ProfileAddCommand(), "--type udp --payload 5eed01000001000000000000000002000100"
                + " --expected-response 5eed8180 dns");
        verify(configuration).putProfile(DetectionExamples.dns());
    }

    @Test
    void leavesTheDefaultsOfWhatIsNotSaid() throws Exception {
        run(new ProfileAddCommand(), "plain");
        verify(configuration).putProfile(DetectionProfile.builder().name("plain")
                                                 .settings(ProbeSettings.builder().build()).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--type carrier-pigeon              | type      | icmp",
        "--interval 5                       | interval  | unit",
        "--interval 99ms                    | interval  | 100",
        "--interval 2h                      | interval  | 3600000",
        "--interval 9999999h                | interval  | whole number",
        "--interval 100.5ms                 | interval  | whole number",
        "--interval 200ms --timeout 201ms   | timeout   | 200",
        "--timeout 9ms                      | timeout   | 10",
        "--jitter 51                        | jitter    | 50",
        "--jitter 10%                       | jitter    | whole number",
        "--rise 0                           | rise      | 1 to 100",
        "--fall many                        | fall      | whole number",
        "--port http                        | port      | whole number",
        "--port 65536                       | port      | 65535",
        "--method get                       | method    | GET",
        "--path health                      | path      | begin with /",
        "--host www/example                 | host      | www.example.org",
        "--expected-status 2xx              | expected-status | 300-399",
        "--expected-status 399-300          | expected-status | 300-399",
        "--expected-status 600              | expected-status | 599",
        "--payload 123                      | payload   | pairs",
        "--expected-response xx             | expected-response | hexadecimal",
    })
    void namesTheFieldAndWhatWouldBeRight(String line, String field, String hint) {
        refused(new ProfileAddCommand(), line + " a", field, hint);
        verifyNoInteractions(configuration);
    }

    @Test
    void tellsWhatTheServiceRefuses() {
        doThrow(new ConflictException("name", "'fast' is a preset")).when(configuration).putProfile(any());
        doThrow(new ConflictException("name", "'fast' is a preset")).when(configuration).removeProfile("fast");

        refused(new ProfileAddCommand(), "--type icmp fast", "name", "preset");
        refused(new ProfileRemoveCommand(), "fast", "name", "preset");
    }

    @Test
    void removesAProfile() throws Exception {
        run(new ProfileRemoveCommand(), "web");
        verify(configuration).removeProfile("web");
    }

    /** A field that the command could not say would be one that only REST users have. */
    @Test
    void hasAnOptionForEachFieldOfTheModel() {
        Set<String> fields = Arrays.stream(ProbeSettings.class.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class
                        && !method.getName().equals("builder") && !method.isSynthetic())
                .map(method -> "--" + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(options(ProfileAddCommand.class)).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void completesNames() {
        assertThat(completed(new ServiceNameCompleter(), "detection-show"))
                .containsExactly("balancer/names", "balancer/web");
        assertThat(completed(new AgentNameCompleter(), "detection-agent-show"))
                .containsExactly("node-1", "node-2", "node-3");
        assertThat(completed(new ProfileNameCompleter(), "detection-profile-show"))
                .containsExactly("dns", "fast", "web");
    }

    @Test
    void completesThePortsOfTheSwitchThatIsNamed() {
        Device device = mock(Device.class);
        when(device.id()).thenReturn(DEVICE);
        when(devices.getDevices()).thenReturn(List.of(device));
        Port named = new DefaultPort(device, PortNumber.portNumber(7), true,
                                     DefaultAnnotations.builder().set(AnnotationKeys.PORT_NAME, "detection").build());
        Port nameless = new DefaultPort(device, PortNumber.portNumber(8), true);
        Port local = new DefaultPort(device, PortNumber.LOCAL, true);
        when(devices.getPorts(DEVICE)).thenReturn(List.of(named, nameless, local));

        assertThat(completed(new PortNameCompleter(), "detection-agent-add", "node-1", DEVICE.toString()))
                .containsExactly("8", "detection");
        assertThat(completed(new PortNameCompleter(), "detection-agent-add", "node-1")).isEmpty();
    }

    private AgentAddCommand adding() {
        AgentAddCommand command = new AgentAddCommand();
        command.session = session;
        return command;
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
}
