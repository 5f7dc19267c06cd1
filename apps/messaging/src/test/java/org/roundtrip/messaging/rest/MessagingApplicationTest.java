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
package org.roundtrip.messaging.rest;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.VersionMismatchException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class MessagingApplicationTest {

    private static final MessagingConfiguration SHOP = MessagingExamples.shop();
    private static final ChangeRequest REQUEST = ChangeRequest.by("test");

    private final MessagingConfigurationService service = mock(MessagingConfigurationService.class);
    private final MessagingStateService state = mock(MessagingStateService.class);
    private final RestFixture rest = new RestFixture(new MessagingApplication())
            .with(MessagingConfigurationService.class, service).with(MessagingStateService.class, state);

    @BeforeEach
    void configure() {
        when(service.configuration()).thenReturn(SHOP);
        when(state.routes()).thenReturn(MessagingExamples.routes());
        when(state.route("north", "south")).thenReturn(Optional.of(MessagingExamples.routes().get(0)));
        when(state.proxies()).thenReturn(MessagingExamples.proxies());
        when(state.proxy("north-1")).thenReturn(Optional.of(MessagingExamples.proxies().get(0)));
    }

    @Test
    void showsTheConfigurationWithItsVersion() {
        Response answer = rest.send("GET", "configuration");
        answers(answer, 200, SHOP);
        assertThat(answer.getHeaderString("ETag")).isEqualTo("\"7\"");
        answers(rest.send("GET", "configuration", "", Map.of("If-None-Match", "\"6\"")), 200, SHOP);
        answers(rest.send("GET", "configuration", "", Map.of("If-None-Match", "something else")), 200, SHOP);
    }

    @Test
    void saysAtOnceThatNothingHasChangedToWhoDoesNotWait() {
        Response answer = rest.send("GET", "configuration", "", Map.of("If-None-Match", "\"7\""));
        assertThat(answer.getStatus()).isEqualTo(304);
        assertThat(answer.getHeaderString("ETag")).isEqualTo("\"7\"");
        assertThat(rest.send("GET", "configuration", "", Map.of("If-None-Match", "W/\"7\"", "Prefer", "wait=0"))
                           .getStatus()).isEqualTo(304);
        verify(service, never()).otherThan(7);
    }

    @Test
    void answersWhoWaitsAsSoonAsThereIsAnotherVersion() throws Exception {
        CompletableFuture<MessagingConfiguration> next = new CompletableFuture<>();
        when(service.otherThan(7)).thenReturn(next);
        MessagingConfiguration changed = MessagingConfiguration.builder().from(SHOP).version(8).build();
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> rest.send(
                "GET", "configuration", "", Map.of("If-None-Match", "\"7\"", "Prefer", "respond-async, wait=60")),
                new ForkJoinPool(1));
        verify(service, timeout(30_000)).otherThan(7);
        assertThat(answer).isNotDone();
        next.complete(changed);
        answers(answer.get(30, TimeUnit.SECONDS), 200, changed);
        assertThat(answer.get().getHeaderString("ETag")).isEqualTo("\"8\"");
    }

    @Test
    void letsNobodyWaitLongerThanHeWants() {
        CompletableFuture<MessagingConfiguration> never = new CompletableFuture<>();
        when(service.otherThan(7)).thenReturn(never);
        assertThat(rest.send("GET", "configuration", "", Map.of("If-None-Match", "\"7\"", "Prefer", "wait=1"))
                           .getStatus()).isEqualTo(304);
        // He is answered first.
        Awaitility.await().untilAsserted(() -> assertThat(never).isCancelled());
    }

    @Test
    void saysWhyNobodyCanWait() {
        when(service.otherThan(7)).thenReturn(CompletableFuture.failedFuture(
                new UnavailableException("", "2000 others are waiting already")));
        problem(rest.send("GET", "configuration", "", Map.of("If-None-Match", "\"7\"", "Prefer", "wait=1")), 503, "");
    }

    @Test
    void replacesTheWhole() {
        when(service.replace(SHOP, REQUEST)).thenReturn(SHOP);
        answers(rest.send("PUT", "configuration", Json.write(SHOP)), 200, SHOP);
        problem(rest.send("PUT", "configuration", "{\"version\":7,\"colour\":\"red\"}"), 400, "colour");
        problem(rest.send("PUT", "configuration", "{"), 400, "");
        when(service.replace(SHOP, REQUEST)).thenThrow(new VersionMismatchException(7, 8));
        problem(rest.send("PUT", "configuration", Json.write(SHOP)), 412, "version");
    }

    @Test
    void showsThePast() {
        when(service.versions()).thenReturn(MessagingExamples.versions());
        when(service.configuration(7)).thenReturn(Optional.of(SHOP));
        when(service.differences(6, 7)).thenReturn(MessagingExamples.changes());
        answers(rest.send("GET", "configuration/versions"), 200,
                Map.of("configuration-version", MessagingExamples.versions()));
        answers(rest.send("GET", "configuration/versions/7"), 200, SHOP);
        problem(rest.send("GET", "configuration/versions/6"), 404, "version");
        answers(rest.send("GET", "configuration/differences?from=6&to=7"), 200,
                Map.of("change", MessagingExamples.changes()));
        problem(rest.send("GET", "configuration/differences?from=x&to=7"), 400, "from");
        problem(rest.send("GET", "configuration/differences?from=6"), 400, "to");
    }

    @Test
    void listsAndShowsItems() {
        answers(rest.send("GET", "data-centres"), 200, Map.of("data-centres", SHOP.dataCentres()));
        answers(rest.send("GET", "applications"), 200, Map.of("applications", SHOP.applications()));
        answers(rest.send("GET", "queues"), 200, Map.of("queues", SHOP.queues()));
        answers(rest.send("GET", "data-centres/north"), 200, MessagingExamples.north());
        answers(rest.send("GET", "applications/shop"), 200, SHOP.applications().get(0));
        answers(rest.send("GET", "queues/orders"), 200, MessagingExamples.orders());
        problem(rest.send("GET", "data-centres/east"), 404, "name");
        problem(rest.send("GET", "applications/x"), 404, "name");
        problem(rest.send("GET", "queues/x"), 404, "name");
        assertThat(rest.send("GET", "queues/orders").getHeaderString("ETag")).isEqualTo("\"7\"");
    }

    @Test
    void putsItemsForAVersionOrForAny() {
        when(service.put(MessagingExamples.north(), REQUEST)).thenReturn(SHOP);
        answers(rest.send("PUT", "data-centres/north", Json.write(MessagingExamples.north())), 200,
                MessagingExamples.north());
        when(service.put(MessagingExamples.orders(), ChangeRequest.of("test", Optional.of(7L)))).thenReturn(SHOP);
        answers(rest.send("PUT", "queues/orders", "{\"senders\":[\"shop\"],\"processor\":\"billing\"}",
                          Map.of("If-Match", "\"7\"")), 200, MessagingExamples.orders());
        when(service.configuration()).thenReturn(MessagingConfiguration.builder().version(6).build());
        Response created = rest.send("PUT", "queues/orders", Json.write(MessagingExamples.orders()),
                                     Map.of("If-Match", "\"7\""));
        answers(created, 201, MessagingExamples.orders());
        assertThat(created.getLocation().getPath()).endsWith("/queues/orders");
        assertThat(created.getHeaderString("ETag")).isEqualTo("\"7\"");
        problem(rest.send("PUT", "queues/other", Json.write(MessagingExamples.orders())), 400, "name");
        problem(rest.send("PUT", "queues/orders", Json.write(MessagingExamples.orders()), Map.of("If-Match", "seven")),
                400, "If-Match");
        problem(rest.send("PUT", "queues/orders", Json.write(MessagingExamples.orders()),
                          Map.of("If-Match", "W/\"7\"")), 400, "If-Match");
    }

    @Test
    void removesItems() {
        when(service.removeQueue("orders", REQUEST)).thenReturn(SHOP);
        answers(rest.send("DELETE", "queues/orders"), 200, MessagingExamples.orders());
        when(service.removeDataCentre("north", REQUEST)).thenThrow(
                new InvalidRequestException("applications[0].data-centre", "there is no data centre 'north'"));
        problem(rest.send("DELETE", "data-centres/north"), 400, "applications[0].data-centre");
        problem(rest.send("DELETE", "applications/x"), 404, "name");
    }

    @Test
    void listsAndShowsRoutesWithWhatTheyDo() {
        answers(rest.send("GET", "routes"), 200, Map.of("route", MessagingExamples.routes()));
        answers(rest.send("GET", "routes/north/south"), 200, MessagingExamples.routes().get(0));
        problem(rest.send("GET", "routes/north/east"), 404, "from");
    }

    @Test
    void putsRoutes() {
        when(service.put(MessagingExamples.route(), REQUEST)).thenReturn(SHOP);
        answers(rest.send("PUT", "routes/north/south", Json.write(MessagingExamples.route())), 200,
                MessagingExamples.routes().get(0));
        problem(rest.send("PUT", "routes/north/east", Json.write(MessagingExamples.route())), 400, "to");
        problem(rest.send("PUT", "routes/east/south", Json.write(MessagingExamples.route())), 400, "from");
        problem(rest.send("PUT", "routes/north/south", "{\"cost\":0}"), 400, "cost");
    }

    @ParameterizedTest
    @CsvSource({"pause,true", "resume,false"})
    void holdsRoutesAndLetsThemGoOn(String action, boolean paused) {
        when(service.pause("north", "south", paused, REQUEST)).thenReturn(SHOP);
        answers(rest.send("POST", "routes/north/south/" + action), 200, MessagingExamples.routes().get(0));
    }

    @ParameterizedTest
    @CsvSource({"rewind,REWIND", "skip,SKIP"})
    void movesRoutes(String action, RouteOrder.Move move) {
        when(service.order("north", "south", move, MessagingExamples.NOON, REQUEST)).thenReturn(SHOP);
        answers(rest.send("POST", "routes/north/south/" + action, "{\"since\":\"2026-01-15T12:00:00Z\"}"), 200,
                MessagingExamples.routes().get(0));
        problem(rest.send("POST", "routes/north/south/" + action, "{\"since\":\"noon\"}"), 400, "since");
        problem(rest.send("POST", "routes/north/south/" + action, "{}"), 400, "since");
    }

    @Test
    void takesReportsAndShowsProxies() {
        when(state.report(MessagingExamples.report())).thenReturn(MessagingExamples.proxies().get(0));
        answers(rest.send("PUT", "proxies/north-1", Json.write(MessagingExamples.report())), 200,
                MessagingExamples.proxies().get(0));
        answers(rest.send("GET", "proxies"), 200, Map.of("proxy", MessagingExamples.proxies()));
        answers(rest.send("GET", "proxies?limit=1&after=north-1"), 200,
                Map.of("proxy", MessagingExamples.proxies().subList(1, 2)));
        answers(rest.send("GET", "proxies/north-1"), 200, MessagingExamples.proxies().get(0));
        answers(rest.send("DELETE", "proxies/north-1"), 200, MessagingExamples.proxies().get(0));
        verify(state).forget("north-1");
        problem(rest.send("GET", "proxies/other"), 404, "name");
        problem(rest.send("PUT", "proxies/other", Json.write(MessagingExamples.report())), 400, "name");
        problem(rest.send("PUT", "proxies/a", "{\"data-centre\":\"n\",\"software\":\"1\",\"lease\":0}"), 400, "lease");
    }

    @Test
    void letsViewersChangeNothing() {
        rest.as("viewer");
        assertThat(rest.send("PUT", "queues/orders", Json.write(MessagingExamples.orders())).getStatus())
                .isEqualTo(403);
        assertThat(rest.send("POST", "routes/north/south/pause").getStatus()).isEqualTo(403);
        assertThat(rest.send("GET", "routes").getStatus()).isEqualTo(200);
        verify(service, never()).pause(any(), any(), anyBoolean(), any());
    }

    private static void answers(Response response, int status, Object value) {
        assertThat(response.getEntity()).isEqualTo(Json.writePretty(value) + "\n");
        assertThat(response.getStatus()).isEqualTo(status);
    }

    private static void problem(Response response, int status, String field) {
        assertThat(response.getStatus()).as("%s", response.getEntity()).isEqualTo(status);
        assertThat(response.getMediaType().toString()).isEqualTo("application/problem+json");
        List<?> errors = (List<?>) Json.read((String) response.getEntity(), Map.class).get("errors");
        assertThat(errors).extracting(error -> ((Map<?, ?>) error).get("field").toString()).contains(field);
    }
}
