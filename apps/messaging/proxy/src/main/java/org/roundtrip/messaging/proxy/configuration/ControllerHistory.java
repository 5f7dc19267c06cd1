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

import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What controllers keep of the past. Thread-safe.
 */
public final class ControllerHistory implements ConfigurationHistory {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Controllers controllers;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Creates one.
     *
     * @param controllers whom it asks
     */
    public ControllerHistory(Controllers controllers) {
        this.controllers = controllers;
    }

    @Override
    public Optional<MessagingConfiguration> version(long version) throws IOException, InterruptedException {
        IOException failure = new IOException("Nobody was asked");
        for (int i = 0; i < controllers.addresses().size(); i++) {
            try {
                return ask(i, version);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Optional<MessagingConfiguration> ask(int controller, long version)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(controllers.resource(controller, "configuration/versions/" + version))
                        .header("Accept", "application/json").timeout(PATIENCE);
        controllers.login().ifPresent(login -> request.header("Authorization", login.basic()));
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == OK) {
            return Optional.of(ControllerJson.read(response.body(), MessagingConfiguration.class));
        } else if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        throw new IOException(response.uri() + " answers with status " + response.statusCode());
    }
}
