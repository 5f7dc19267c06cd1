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
package org.roundtrip.messaging.proxy.launcher;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Counts, and tells Prometheus in its text format at {@code /metrics}. A socket of its own: applications need not see
 * it, and a routing proxy has no other.
 */
final class Metrics implements AutoCloseable {

    private static final int OK = 200;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Optional<HttpServer> server;

    /**
     * Begins to count.
     *
     * @param address where Prometheus asks, or empty if it does not
     * @throws IOException if the address can't be listened at
     */
    Metrics(Optional<InetSocketAddress> address) throws IOException {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        server = address.isPresent() ? Optional.of(HttpServer.create(address.get(), 0)) : Optional.empty();
        server.ifPresent(each -> {
            each.createContext("/metrics", exchange -> {
                byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(OK, text.length);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(text);
                }
            });
            each.start();
        });
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Returns where Prometheus asks. */
    Optional<InetSocketAddress> address() {
        return server.map(HttpServer::getAddress);
    }

    @Override
    public void close() {
        server.ifPresent(each -> each.stop(0));
        registry.close();
    }
}
