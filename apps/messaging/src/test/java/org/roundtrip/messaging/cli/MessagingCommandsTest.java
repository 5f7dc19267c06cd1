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
package org.roundtrip.messaging.cli;

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
import org.onosproject.security.AuditService;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

/** What the commands make of command lines, by the shell's own parser. */
class MessagingCommandsTest {

    private static final MessagingConfiguration SHOP = MessagingExamples.shop();
    private static final ChangeRequest ANNE = ChangeRequest.by("anne");

    private final MessagingConfigurationService service = mock(MessagingConfigurationService.class);
    private final MessagingStateService state = mock(MessagingStateService.class);
    private final Session session = mock(Session.class);
    private final PrintStream console = System.out;
    private MockedStatic<DefaultServiceDirectory> directory;

    @BeforeEach
    void offersServices() {
        directory = mockStatic(DefaultServiceDirectory.class);
        provide(MessagingConfigurationService.class, service);
        provide(MessagingStateService.class, state);
        provide(AuditService.class, mock(AuditService.class));
        when(session.get("USER")).thenReturn("anne");
        when(service.configuration()).thenReturn(SHOP);
        when(service.configuration(7)).thenReturn(Optional.of(SHOP));
        when(service.versions()).thenReturn(MessagingExamples.versions());
        when(state.routes()).thenReturn(MessagingExamples.routes());
        when(state.route("north", "south")).thenReturn(Optional.of(MessagingExamples.routes().get(0)));
        when(state.proxies()).thenReturn(MessagingExamples.proxies());
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
    void listsAndShowsRoutes() throws Exception {
        assertThat(run(new RoutesCommand(), "")).isEqualTo(String.join("\n",
                "FROM   TO     STATE    SINCE                 NETWORK   WAITING  OLDEST  RATE  P50    P99",
                "north  south  waiting  2026-01-15T12:00:00Z  degraded  1200     90s     0/s   900us  2.5ms",
                "    kafka.south.example.net:9092 does not answer",
                "    last error: connection refused",
                "    network: te-path messaging.north.south has no standby way yet: waiting for the switches",
                "south  north  unknown  2026-01-15T12:00:00Z  none      -        -       -     -      -",
                "    no routing proxy of south has told of it", ""));
        assertThat(run(new RoutesCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("route", MessagingExamples.routes())) + "\n");
        assertThat(run(new RouteShowCommand(), "north south"))
                .contains("Routing proxies    north-1", "Bandwidth          100M, protected", "Time to live       1h",
                          "Order 5            rewind to 2026-01-15T11:00:00Z, done",
                          "Maximum backlog    5000000000 bytes",
                          "Network            degraded since 2026-01-15T12:00:00Z",
                          "te-path messaging.north.south: up, 100M in each direction",
                          "working: 1 of:00000000000000a1 2 > 2 of:00000000000000b1 1",
                          "standby: installing, 1 of:00000000000000a1 3 > 1 of:00000000000000c1 2");
        assertThat(run(new RouteShowCommand(), "-j north south"))
                .isEqualTo(Json.writePretty(MessagingExamples.routes().get(0)) + "\n");
        refused(new RouteShowCommand(), "north east", "from", "'east'");
    }

    @Test
    void addsARouteWithAllThatCanBeSaid() throws Exception {
        assertThat(run(new RouteAddCommand(), "--cost 3 --bandwidth 100M --protected --priority 7 --time-to-live 1h"
                + " --maximum-backlog 5000000000 --compression lz4 north south")).contains("waiting");
        verify(service).put(MessagingExamples.route(), ANNE);
    }

    @ParameterizedTest
    @CsvSource({"--cost 0,cost,1 to 1000000", "--cost dear,cost,whole number", "--bandwidth wide,bandwidth,10M",
        "--protected,protected,bandwidth", "--priority 8,priority,0 to 7", "--time-to-live soon,time-to-live,5ms",
        "--time-to-live 0s,time-to-live,positive", "--maximum-backlog 5,maximum-backlog,1048576",
        "--compression rar,compression,zstd"})
    void refusesWrongRoutes(String options, String field, String hint) {
        refused(new RouteAddCommand(), options + " north south", field, hint);
        verifyNoInteractions(service);
    }

    @Test
    void asksForATokenAndKeepsItsDigest() throws Exception {
        when(session.readLine("Token of the application: ", '*')).thenReturn("abc");
        run(new ApplicationAddCommand(), "--token shop north");
        // FIPS 180-2, appendix B.1.
        verify(service).put(Application.builder().name("shop").dataCentre("north").addTokens(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").build(), ANNE);

        when(session.readLine(any(), any())).thenReturn("");
        refused(new ApplicationAddCommand(), "--token shop north", "token", "empty");
        when(session.readLine(any(), any())).thenThrow(new UnsupportedOperationException());
        refused(new ApplicationAddCommand(), "--token shop north", "token", "--token-digest");
    }

    @Test
    void holdsMovesAndRemovesRoutes() throws Exception {
        run(new RoutePauseCommand(), "north south");
        verify(service).pause("north", "south", true, ANNE);
        run(new RouteResumeCommand(), "north south");
        verify(service).pause("north", "south", false, ANNE);
        run(new RouteRewindCommand(), "north south 2026-01-15T12:00:00Z");
        verify(service).order("north", "south", RouteOrder.Move.REWIND, MessagingExamples.NOON, ANNE);
        run(new RouteSkipCommand(), "north south 2026-01-15T12:00:00Z");
        verify(service).order("north", "south", RouteOrder.Move.SKIP, MessagingExamples.NOON, ANNE);
        run(new RouteRemoveCommand(), "north south");
        verify(service).removeRoute("north", "south", ANNE);
        refused(new RouteRewindCommand(), "north south yesterday", "since", "10min");
        when(service.removeRoute("north", "east", ANNE)).thenThrow(new NotFoundException("from", "there is no route"));
        refused(new RouteRemoveCommand(), "north east", "from", "no route");
    }

    @Test
    void readsHowLongAgoItWas() {
        Instant now = MessagingExamples.NOON;
        assertThat(PastTime.parse("since", "10min", now)).isEqualTo(now.minus(Duration.ofMinutes(10)));
        assertThat(PastTime.parse("since", "2026-01-15T11:00:00Z", now)).isEqualTo(now.minus(Duration.ofHours(1)));
    }

    @Test
    void showsTheConfigurationAndItsHistory() throws Exception {
        assertThat(run(new ConfigCommand(), "")).contains("Version 7", "kafka-1.north.example.net:9092", "billing",
                                                          "roundtrip.private.orders", "for.north");
        assertThat(run(new ConfigCommand(), "-j show")).isEqualTo(Json.writePretty(SHOP) + "\n");
        assertThat(run(new ConfigCommand(), "show 7")).contains("Version 7");
        refused(new ConfigCommand(), "show 6", "version", "6");
        refused(new ConfigCommand(), "show six", "version", "whole number");
        assertThat(run(new ConfigCommand(), "history")).contains("queues/receipts added",
                "routes/north/south changed: cost 10 -> 3, time-to-live none -> PT1H");
        assertThat(run(new ConfigCommand(), "-j history"))
                .isEqualTo(Json.writePretty(Map.of("configuration-version", MessagingExamples.versions())) + "\n");
        refused(new ConfigCommand(), "burn", "what", "show, history, diff");
    }

    @ParameterizedTest
    @CsvSource({"diff,6,7", "diff 3,3,7", "diff 3 5,3,5"})
    void comparesVersions(String line, long from, long to) throws Exception {
        when(service.differences(from, to)).thenReturn(MessagingExamples.changes());
        assertThat(run(new ConfigCommand(), line)).startsWith("queues/returns removed\n");
        assertThat(run(new ConfigCommand(), "-j " + line))
                .isEqualTo(Json.writePretty(Map.of("change", MessagingExamples.changes())) + "\n");
    }

    @Test
    void addsAndRemovesWhatRoutesConnect() throws Exception {
        run(new DataCentreAddCommand(), "--public-topic for.north --partitions 3 --gateway of:00000000000000a1/1"
                + " --proxy 10.1.0.10 north kafka-1.north.example.net:9092 [2001:db8::1]:9092");
        verify(service).put(MessagingExamples.north(), ANNE);
        run(new ApplicationAddCommand(), "--token-digest " + "ab".repeat(32) + " shop north");
        verify(service).put(SHOP.applications().get(0), ANNE);
        run(new QueueAddCommand(), "--private-topic shop.receipts --partitions 4 receipts shop billing");
        verify(service).put(SHOP.queues().get(1), ANNE);
        run(new DataCentreRemoveCommand(), "north");
        verify(service).removeDataCentre("north", ANNE);
        run(new ApplicationRemoveCommand(), "shop");
        verify(service).removeApplication("shop", ANNE);
        run(new QueueRemoveCommand(), "orders");
        verify(service).removeQueue("orders", ANNE);
    }

    @Test
    void refusesWhatRoutesCannotConnect() {
        refused(new DataCentreAddCommand(), "north kafka", "bootstrap-servers[0]", "HOST:PORT");
        refused(new DataCentreAddCommand(), "--proxy host north kafka:1", "proxies[0]", "10.0.0.1");
        refused(new ApplicationAddCommand(), "--token-digest secret shop north", "tokens[0]", "SHA-256");
        refused(new QueueAddCommand(), "--partitions 0 q a b", "partitions", "1 to 1000");
        verifyNoInteractions(service);
    }

    @Test
    void listsItemsAndProxies() throws Exception {
        assertThat(run(new DataCentresCommand(), "")).contains("for.north", "roundtrip.public.south");
        assertThat(run(new DataCentresCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("data-centres", SHOP.dataCentres())) + "\n");
        assertThat(run(new ApplicationsCommand(), "")).contains("shop", "billing").doesNotContain("abab");
        assertThat(run(new QueuesCommand(), "")).contains("roundtrip.private.orders", "shop.receipts");
        assertThat(run(new ProxiesCommand(), "")).contains("north-1", "silent", "it follows version 7");
        assertThat(run(new ProxiesCommand(), "-j"))
                .isEqualTo(Json.writePretty(Map.of("proxy", MessagingExamples.proxies())) + "\n");
    }

    @Test
    void completesNames() {
        assertThat(new DataCentreCompleter().choices()).containsExactly("north", "south");
        assertThat(new ApplicationCompleter().choices()).containsExactly("shop", "billing");
        assertThat(new QueueCompleter().choices()).containsExactly("orders", "receipts");
    }

    @Test
    void knowsNobodyBetterThanTheShell() throws Exception {
        when(session.get("USER")).thenReturn(null);
        run(new QueueRemoveCommand(), "orders");
        verify(service).removeQueue("orders", ChangeRequest.by("shell"));
    }

    private void refused(MessagingCommand command, String line, String field, String hint) {
        assertThatThrownBy(() -> run(command, line)).isInstanceOf(CommandException.class)
                .hasMessageStartingWith(field + ": ").hasMessageContaining(hint);
    }

    private String run(MessagingCommand command, String line) throws Exception {
        command.session = session;
        new DefaultActionPreparator().prepare(command, session,
                                              line.isEmpty() ? List.of() : List.of((Object[]) line.split(" ")));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        command.execute();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
