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

import io.micrometer.core.instrument.MeterRegistry;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.routing.RoutingProxy;

import java.util.List;
import java.util.Map;

/**
 * A routing proxy.
 */
final class RoutingService implements Service {

    private final RoutingProxy proxy;
    private final RouteMetrics metrics;

    RoutingService(ProxyProperties properties, MeterRegistry registry) {
        proxy = new RoutingProxy(properties.dataCentre(), properties.name(),
                                 dataCentre -> Map.copyOf(properties.kafka().of(dataCentre)));
        metrics = new RouteMetrics(registry);
    }

    @Override
    public void configure(MessagingConfiguration configuration) {
        proxy.configure(Correspondence.of(configuration));
    }

    @Override
    public void report(ProxyReport.Builder report) {
        List<RouteReport> routes = proxy.reports();
        metrics.show(routes);
        report.routes(routes);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
