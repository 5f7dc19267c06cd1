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

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.proxy.configuration.ConfigurationFollower;
import org.roundtrip.messaging.proxy.configuration.ProxyReporter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs services of one data centre in one process: they follow the configuration together, and report as one proxy.
 */
abstract class ServiceCommand extends ProcessCommand {

    /** How long a controller may hold an answer back. */
    static final Duration WAIT = Duration.ofSeconds(30);
    /** Where the configuration is kept in the state folder. */
    static final String FILE = "configuration.json";

    /**
     * Begins the services.
     *
     * @throws IOException if one can't begin
     */
    abstract List<Service> services(ProxyProperties properties, MeterRegistry registry) throws IOException;

    @Override
    final void check(ProxyProperties properties) {
        properties.requireDataCentre();
    }

    @Override
    final Running start(ProxyProperties properties) throws IOException {
        Metrics metrics = new Metrics(properties.metrics());
        AtomicLong version = new AtomicLong();
        Gauge.builder("roundtrip.configuration.version", version, AtomicLong::get)
                .description("By which configuration the proxy works; 0 if it has none yet")
                .register(metrics.registry());
        List<Service> services = services(properties, metrics.registry());
        ConfigurationFollower follower = new ConfigurationFollower(
                properties.controllers(), properties.stateFolder().resolve(FILE), WAIT,
                configuration -> configure(services, configuration, version));
        ProxyReporter reporter = new ProxyReporter(properties.controllers(),
                                                   () -> report(properties, services, version.get()));
        follower.start();
        reporter.start();
        return () -> {
            reporter.close();
            follower.close();
            services.forEach(Service::close);
            metrics.close();
        };
    }

    private static void configure(List<Service> services, MessagingConfiguration configuration, AtomicLong version) {
        services.forEach(service -> service.configure(configuration));
        version.set(configuration.version());
    }

    private static ProxyReport report(ProxyProperties properties, List<Service> services, long version) {
        ProxyReport.Builder report = ProxyReport.builder();
        report.name(properties.name()).dataCentre(properties.dataCentre()).software(Main.version())
                .configurationVersion(version);
        services.forEach(service -> service.report(report));
        return report.build();
    }
}
