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
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.configuration.ConfigurationFollower;
import org.roundtrip.messaging.proxy.configuration.ProxyReporter;
import org.roundtrip.messaging.proxy.routing.RoutingProxy;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a routing proxy.
 */
@Command(name = "routing", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Carries messages from the public area of this data centre to other data centres.")
final class RoutingCommand extends ProcessCommand {

    @Override
    void check(ProxyProperties properties) {
        if (properties.dataCentre().isEmpty()) {
            throw new InvalidRequestException("data-centre", "must be given");
        }
    }

    @Override
    Running start(ProxyProperties properties) throws IOException {
        Metrics metrics = new Metrics(properties.metrics());
        RoutingProxy proxy = new RoutingProxy(properties.dataCentre(), properties.name(),
                                              dataCentre -> Map.copyOf(properties.kafka()));
        AtomicLong version = new AtomicLong();
        ConfigurationFollower follower = new ConfigurationFollower(
                properties.controllers(), properties.stateFolder().resolve(MessageCommand.FILE), MessageCommand.WAIT,
                configuration -> {
                    proxy.configure(Correspondence.of(configuration));
                    version.set(configuration.version());
                });
        Gauge.builder("roundtrip.configuration.version", version, AtomicLong::get)
                .description("By which configuration the proxy works; 0 if it has none yet")
                .register(metrics.registry());
        RouteMetrics routeMetrics = new RouteMetrics(metrics.registry());
        ProxyReporter reporter = new ProxyReporter(properties.controllers(), () -> {
            List<RouteReport> routes = proxy.reports();
            routeMetrics.show(routes);
            return report(properties, routes, version.get());
        });
        follower.start();
        reporter.start();
        return () -> {
            reporter.close();
            follower.close();
            proxy.close();
            metrics.close();
        };
    }

    private static ProxyReport report(ProxyProperties properties, List<RouteReport> routes, long version) {
        ProxyReport.Builder report = ProxyReport.builder();
        return report.name(properties.name()).dataCentre(properties.dataCentre()).software(Main.version())
                .configurationVersion(version).routes(routes).build();
    }
}
