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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.linecorp.armeria.client.retry.Backoff;
import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the configuration: asks one controller after the other for a version newer than its own, and each holds its
 * answer back until there is one (RFC 7240, wait). The last good one is on the disk, so that what works by it starts
 * though no controller can be reached. Nothing starts before there is one. Thread-safe.
 */
public final class ConfigurationFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationFollower.class);
    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;
    private static final Duration MORE_THAN_THE_WAIT = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Backoff BACKOFF = Backoff.exponential(200, 30_000).withJitter(0.5);

    private final Controllers controllers;
    private final Path file;
    private final Duration wait;
    private final ConfigurationListener listener;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1).build();
    private final Thread thread = new Thread(this::run, "roundtrip-configuration");
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile Optional<MessagingConfiguration> current = Optional.empty();
    private volatile Optional<String> trouble = Optional.of("no controller was asked yet");
    private Optional<String> entityTag = Optional.empty();

    /**
     * Creates one.
     *
     * @param controllers where to ask
     * @param file        where the last good one is kept
     * @param wait        how long a controller may hold its answer back, whole seconds
     * @param listener    works by it
     */
    public ConfigurationFollower(Controllers controllers, Path file, Duration wait, ConfigurationListener listener) {
        this.controllers = controllers;
        this.file = file;
        this.wait = wait;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /**
     * Returns by which configuration its listener works.
     *
     * @return the configuration, or empty if there is none yet
     */
    public Optional<MessagingConfiguration> current() {
        return current;
    }

    /**
     * Returns what is wrong now.
     *
     * @return why the configuration may not be the newest, or empty if the last controller that was asked has answered
     */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        readFile();
        int failures = 0;
        int controller = 0;
        while (closing.getCount() > 0) {
            try {
                ask(controller);
                trouble = Optional.empty();
                failures = 0;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RequestException e) {
                failures++;
                String what = controllers.resource(controller, "") + ": " + describe(e);
                if (!trouble.equals(Optional.of(what))) {
                    log.warn("The configuration can't be followed: {}", what);
                }
                trouble = Optional.of(what);
                controller++;
                if (pause(failures)) {
                    return;
                }
            }
        }
    }

    private static String describe(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Returns whether it was closed meanwhile. After each has failed once, the pauses grow. */
    private boolean pause(int failures) {
        int rounds = 1 + (failures - 1) / controllers.addresses().size();
        try {
            return closing.await(BACKOFF.nextDelayMillis(rounds), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void readFile() {
        try {
            MessagingConfiguration kept =
                    ControllerJson.read(Files.readString(file), MessagingConfiguration.class);
            listener.onConfiguration(kept);
            current = Optional.of(kept);
            entityTag = Optional.of("\"" + kept.version() + "\"");
            log.info("Goes on by configuration {} of {}", kept.version(), file);
        } catch (NoSuchFileException e) {
            log.info("Waits for its first configuration");
        } catch (IOException | RequestException e) {
            log.error("{} holds no configuration: waits for one from a controller. {}", file, describe(e));
        }
    }

    private void ask(int controller) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(controllers.resource(controller, "configuration"))
                .header("Accept", "application/json")
                .header("Prefer", "wait=" + wait.toSeconds())
                .timeout(wait.plus(MORE_THAN_THE_WAIT));
        entityTag.ifPresent(tag -> request.header("If-None-Match", tag));
        controllers.login().ifPresent(login -> request.header("Authorization", login.basic()));
        long begin = System.nanoTime();
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == OK) {
            take(response);
        } else if (response.statusCode() != NOT_MODIFIED) {
            throw new IOException("answers with status " + response.statusCode() + firstLine(response.body()));
        } else if (entityTag.isEmpty()) {
            throw new IOException("answers that nothing is new, and has told nothing yet");
        } else if (System.nanoTime() - begin < AT_ONCE.toNanos()) {
            // It does not wait as we prefer: something between us and it may have answered.
            closing.await(AT_ONCE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static String firstLine(String body) {
        String line = body.strip().lines().findFirst().orElse("");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(200, line.length()));
    }

    private void take(HttpResponse<String> response) throws IOException {
        MessagingConfiguration configuration;
        try {
            configuration = ControllerJson.read(response.body(), MessagingConfiguration.class);
        } catch (JsonProcessingException e) {
            throw new IOException("answers what is no configuration: " + e.getOriginalMessage(), e);
        }
        long before = current.map(MessagingConfiguration::version).orElse(0L);
        if (configuration.version() < before) {
            throw new IOException("has configuration " + configuration.version() + ", older than ours, " + before);
        }
        if (configuration.version() > before || current.isEmpty()) {
            // Listeners first: only what they can work by is worth keeping.
            listener.onConfiguration(configuration);
            DurableFile.write(file, ControllerJson.write(configuration));
            current = Optional.of(configuration);
            log.info("Configuration {} is kept in {}", configuration.version(), file);
        }
        entityTag = response.headers().firstValue("ETag").or(() -> Optional.of("\"" + configuration.version() + "\""));
    }
}
