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

import org.roundtrip.messaging.configuration.ProxyReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells controllers of a proxy, from time to time: the first that takes it. Thread-safe.
 */
public final class ProxyReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProxyReporter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Controllers controllers;
    private final Supplier<ProxyReport> report;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "roundtrip-report");
        thread.setDaemon(true);
        return thread;
    });
    private int controller;

    /**
     * Creates one.
     *
     * @param controllers whom it tells
     * @param report      what it tells
     */
    public ProxyReporter(Controllers controllers, Supplier<ProxyReport> report) {
        this.controllers = controllers;
        this.report = report;
    }

    /** Begins to tell. */
    public void start() {
        timer.scheduleWithFixedDelay(this::tell, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            ProxyReport now = report.get();
            for (int i = 0; i < controllers.addresses().size(); i++) {
                if (isTaken(now)) {
                    return;
                }
                // Another one next, also the next time: this one may be down, or not lead.
                controller++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Can't tell controllers of this proxy", e);
        }
    }

    private boolean isTaken(ProxyReport now) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(controllers.resource(controller, "proxies/" + now.name()))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.ofString(ControllerJson.write(now)));
        controllers.login().ifPresent(login -> request.header("Authorization", login.basic()));
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                log.debug("{} answers a report with {}: {}", request.build().uri(), response.statusCode(),
                          response.body());
            }
            return response.statusCode() == OK;
        } catch (IOException e) {
            log.debug("{} can't be told", controllers.resource(controller, ""), e);
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
