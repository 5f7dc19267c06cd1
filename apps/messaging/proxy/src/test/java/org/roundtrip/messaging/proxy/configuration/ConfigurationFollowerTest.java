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
package org.roundtrip.messaging.proxy.configuration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.proxy.message.Examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConfigurationFollowerTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @TempDir
    private Path folder;
    private HttpServer controller;
    private volatile String answer = json(7);
    private volatile int status = 200;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Long> versions = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startController() throws IOException {
        controller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        controller.createContext("/onos/roundtrip/messaging/configuration", this::answer);
        controller.createContext("/onos/roundtrip/messaging/configuration/versions/", this::answerPast);
        controller.start();
    }

    @AfterEach
    void stopController() {
        controller.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        String known = headers.getFirst("If-None-Match");
        requests.add(known + " " + headers.getFirst("Prefer") + " " + headers.getFirst("Authorization"));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        String tag = "\"" + answer.hashCode() + "\"";
        if (status == 200 && tag.equals(known)) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** It keeps five versions and no more. */
    private void answerPast(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long version = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        byte[] body = json(version).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(version < 5 ? 404 : 200, version < 5 ? -1 : body.length);
        if (version >= 5) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String json(long version) {
        return ControllerJson.write(Examples.configuration(List.of("127.0.0.1:9092")).version(version).build());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + controller.getAddress().getPort());
    }

    private ConfigurationFollower follow(ConfigurationListener listener, URI... addresses) {
        ConfigurationFollower follower = new ConfigurationFollower(
                controllers(addresses),
                folder.resolve("state").resolve("configuration.json"), Duration.ofSeconds(1), listener);
        follower.start();
        return follower;
    }

    private static Controllers controllers(URI... addresses) {
        return new Controllers(List.of(addresses), Optional.of(new Controllers.Login("me", "secret")));
    }

    private void remember(MessagingConfiguration configuration) {
        versions.add(configuration.version());
    }

    @Test
    void itTakesTheFirstAndEachNewerOne() {
        try (ConfigurationFollower follower = follow(this::remember, address())) {
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L));
            answer = json(8);
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L, 8L));
            await().until(() -> follower.trouble().isEmpty());
            assertThat(follower.current()).map(MessagingConfiguration::version).contains(8L);
        }
        assertThat(requests.get(0)).isEqualTo("null wait=1 Basic bWU6c2VjcmV0");
        assertThat(requests.get(1)).isEqualTo("\"" + json(7).hashCode() + "\" wait=1 Basic bWU6c2VjcmV0");
    }

    @Test
    void itGoesRoundUntilAControllerAnswers() {
        try (ConfigurationFollower follower = follow(this::remember, NOBODY, address())) {
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L));
        }
    }

    @Test
    void itGoesOnByTheLastGoodOneWhileNobodyAnswers() {
        try (ConfigurationFollower follower = follow(this::remember, address())) {
            await().until(() -> follower.current().isPresent());
        }
        versions.clear();
        try (ConfigurationFollower follower = follow(this::remember, NOBODY)) {
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L));
            await().untilAsserted(() -> assertThat(follower.trouble().orElse("")).contains(NOBODY.toString()));
        }
    }

    @Test
    void itStartsNothingWithoutOne() {
        status = 503;
        answer = "no leader";
        try (ConfigurationFollower follower = follow(this::remember, address())) {
            await().untilAsserted(() -> assertThat(follower.trouble().orElse("")).contains("503", "no leader"));
            assertThat(versions).isEmpty();
            assertThat(follower.current()).isEmpty();
        }
    }

    @Test
    void whatIsNoConfigurationIsNotTakenNorKept() throws IOException {
        Path file = folder.resolve("state").resolve("configuration.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"version\":");
        answer = "{\"version\": \"many\"}";
        try (ConfigurationFollower follower = follow(this::remember, address())) {
            await().untilAsserted(() -> assertThat(follower.trouble().orElse("")).contains("no configuration"));
            assertThat(versions).isEmpty();
            answer = json(9);
            await().untilAsserted(() -> assertThat(versions).containsExactly(9L));
            await().until(() -> follower.trouble().isEmpty());
        }
        assertThat(Files.readString(file)).isEqualTo(json(9));
    }

    @Test
    void whatItsListenerRefusesIsNotKeptAndTheOneBeforeStays() {
        ConfigurationListener listener = configuration -> {
            if (configuration.version() == 8) {
                throw new InvalidRequestException("data-centres", "not mine");
            }
            remember(configuration);
        };
        try (ConfigurationFollower follower = follow(listener, address())) {
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L));
            answer = json(8);
            await().untilAsserted(() -> assertThat(follower.trouble().orElse("")).contains("not mine"));
            assertThat(follower.current()).map(MessagingConfiguration::version).contains(7L);
            answer = json(9);
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L, 9L));
        }
    }

    @Test
    void anOlderOneOfAControllerThatLagsBehindIsNotTaken() {
        try (ConfigurationFollower follower = follow(this::remember, address())) {
            await().untilAsserted(() -> assertThat(versions).containsExactly(7L));
            answer = json(6);
            await().untilAsserted(() -> assertThat(follower.trouble().orElse("")).contains("older than ours"));
            assertThat(versions).containsExactly(7L);
        }
    }

    @Test
    void theRecorderKeepsEachVersionAlsoThoseThatItHasNotSeen() throws IOException {
        ConfigurationRecorder recorder =
                new ConfigurationRecorder(folder, new ControllerHistory(controllers(NOBODY, address())));
        try (ConfigurationFollower follower = follow(recorder, address())) {
            await().until(() -> follower.current().isPresent());
            answer = json(9);
            await().until(() -> Files.exists(recorder.file(9)));
        }
        for (long version = 5; version <= 9; version++) {
            assertThat(Files.readString(recorder.file(version))).isEqualTo(json(version));
        }
        assertThat(recorder.file(4)).doesNotExist();
    }

    @Test
    void configurationsAreReadAsTheyWereWritten() throws IOException {
        MessagingConfiguration configuration = Examples.configuration(List.of("127.0.0.1:9092")).build();
        String json = ControllerJson.write(configuration);
        assertThat(ControllerJson.read(json, MessagingConfiguration.class)).isEqualTo(configuration);
        assertThat(json).contains("\"version\":\"7\"", "\"bootstrap-servers\"", "\"compression\":\"none\"",
                                  "\"time-to-live\":\"PT1H\"");
    }
}
