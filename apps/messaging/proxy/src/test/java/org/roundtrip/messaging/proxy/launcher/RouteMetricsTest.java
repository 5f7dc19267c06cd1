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

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RouteMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RouteMetrics metrics = new RouteMetrics(registry);

    private static RouteReport report(String to, RouteState state, long backlog) {
        RouteReport.Builder report = RouteReport.builder();
        report.from("north").to(to).state(state).reason("why").since(Instant.EPOCH).backlogMessages(backlog)
                .sentMessages(7).latencyP50(1500);
        return report.build();
    }

    private double gauge(String name, String to) {
        return registry.get("roundtrip.route." + name).tag("to", to).gauge().value();
    }

    @Test
    void eachRouteIsShownAsItIsNow() {
        metrics.show(List.of(report("south", RouteState.RUNNING, 3), report("east", RouteState.WAITING, 4)));
        metrics.show(List.of(report("south", RouteState.RUNNING, 5), report("east", RouteState.WAITING, 4)));

        assertThat(gauge("backlog.messages", "south")).isEqualTo(5);
        assertThat(gauge("backlog.messages", "east")).isEqualTo(4);
        assertThat(gauge("running", "south")).isEqualTo(1);
        assertThat(gauge("running", "east")).isZero();
        assertThat(gauge("latency.p50.seconds", "south")).isEqualTo(0.0015);
        assertThat(gauge("latency.p99.seconds", "south")).isNaN();
        assertThat(registry.get("roundtrip.route.sent").tag("to", "south").functionCounter().count()).isEqualTo(7);
    }

    @Test
    void aRouteThatIsGoneIsNotShown() {
        metrics.show(List.of(report("south", RouteState.RUNNING, 3), report("east", RouteState.WAITING, 4)));
        metrics.show(List.of(report("east", RouteState.WAITING, 4)));

        assertThat(registry.getMeters()).extracting(Meter::getId).extracting(id -> id.getTag("to"))
                .containsOnly("east");
    }
}
