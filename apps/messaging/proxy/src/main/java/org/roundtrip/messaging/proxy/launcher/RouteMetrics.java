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

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Shows what routes do as metrics, each with the label {@code to}. One thread shows; any reads.
 */
final class RouteMetrics {

    private static final double MILLISECONDS = 1e3;
    private static final double MICROSECONDS = 1e6;

    private final MeterRegistry registry;
    private final Map<String, RouteReport> latest = new ConcurrentHashMap<>();
    private final Map<String, Collection<Meter>> meters = new ConcurrentHashMap<>();

    RouteMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Shows what routes do now.
     *
     * @param reports all routes; those that were shown before and are not among them vanish
     */
    void show(List<RouteReport> reports) {
        Set<String> gone = new HashSet<>(meters.keySet());
        reports.forEach(report -> {
            gone.remove(report.to());
            latest.put(report.to(), report);
            meters.computeIfAbsent(report.to(), this::register);
        });
        gone.forEach(to -> meters.remove(to).forEach(registry::remove));
        latest.keySet().removeAll(gone);
    }

    private Collection<Meter> register(String to) {
        return List.of(
                gauge(to, "running", "1 if the route carries what there is, 0 if it does not",
                      report -> report.state() == RouteState.RUNNING ? 1 : 0),
                gauge(to, "backlog.messages", "How many messages wait in the public area",
                      RouteReport::backlogMessages),
                gauge(to, "backlog.bytes", "How much waits in the public area", RouteReport::backlogBytes),
                gauge(to, "oldest.seconds", "How old the oldest message that waits is; 0 if none does",
                      report -> report.oldestAge().orElse(0) / MILLISECONDS),
                gauge(to, "latency.p50.seconds", "The median of how long messages took lately; NaN if none did",
                      report -> seconds(report.latencyP50())),
                gauge(to, "latency.p99.seconds", "The 99th percentile of it",
                      report -> seconds(report.latencyP99())),
                counter(to, "sent", "How many messages the other data centre has acknowledged",
                        RouteReport::sentMessages),
                counter(to, "dead.letters", "How many messages could not be delivered", RouteReport::deadLetters));
    }

    private static double seconds(OptionalLong microseconds) {
        return microseconds.isPresent() ? microseconds.getAsLong() / MICROSECONDS : Double.NaN;
    }

    private Meter gauge(String to, String name, String description, ToDoubleFunction<RouteReport> value) {
        return Gauge.builder("roundtrip.route." + name, latest, reports -> value(reports, to, value))
                .description(description).tags(List.of(Tag.of("to", to))).register(registry);
    }

    private Meter counter(String to, String name, String description, ToDoubleFunction<RouteReport> value) {
        return FunctionCounter.builder("roundtrip.route." + name, latest, reports -> value(reports, to, value))
                .description(description).tags(List.of(Tag.of("to", to))).register(registry);
    }

    private static double value(Map<String, RouteReport> reports, String to, ToDoubleFunction<RouteReport> value) {
        RouteReport report = reports.get(to);
        return report == null ? Double.NaN : value.applyAsDouble(report);
    }
}
