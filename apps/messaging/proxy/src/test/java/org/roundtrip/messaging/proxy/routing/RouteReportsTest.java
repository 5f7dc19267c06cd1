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
package org.roundtrip.messaging.proxy.routing;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class RouteReportsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static CarrierReport carrier(String to, String via, RouteState state, OptionalLong order, int... numbers) {
        return new CarrierReport("a", to, via, Status.of(state, state + " to " + to, NOW), order,
                                 Arrays.stream(numbers).boxed().toList(), new WaitingMessages(10, 1000, 7),
                                 4, 4096, 2.0, 3, 9, 0, 1, 0, 0);
    }

    @Test
    void eachRouteHasAReport() {
        List<RouteReport> reports = RouteReports.of(List.of(
                carrier("c", "c", RouteState.RUNNING, OptionalLong.empty(), 0),
                carrier("b", "b", RouteState.PAUSED, OptionalLong.of(5), 0, 1)));

        assertThat(reports).extracting(RouteReport::to).containsExactly("b", "c");
        RouteReport first = reports.get(0);
        assertThat(first.from()).isEqualTo("a");
        assertThat(first.state()).isEqualTo(RouteState.PAUSED);
        assertThat(first.reason()).isEqualTo("PAUSED to b");
        assertThat(first.since()).isEqualTo(NOW);
        assertThat(first.order()).hasValue(5);
        assertThat(first.partitions()).isEqualTo(2);
        assertThat(first.messageRate()).isEqualTo(2);
        assertThat(first.byteRate()).isEqualTo(2048);
        assertThat(first.latencyP50()).hasValue(3000);
        assertThat(first.latencyP99()).hasValue(9000);
        assertThat(first.oldestAge()).hasValue(7);
    }

    @Test
    void theWorstOfThoseThatShareARouteSpeaksForIt() {
        RouteReport report = RouteReports.of(List.of(
                carrier("b", "b", RouteState.RUNNING, OptionalLong.of(9), 0),
                carrier("c", "b", RouteState.WAITING, OptionalLong.of(8), 0, 1),
                carrier("d", "b", RouteState.RUNNING, OptionalLong.empty()))).get(0);

        assertThat(report.state()).isEqualTo(RouteState.WAITING);
        assertThat(report.reason()).isEqualTo("for c: WAITING to c");
        assertThat(report.partitions()).isEqualTo(3);
        assertThat(report.backlogMessages()).isEqualTo(30);
        assertThat(report.order()).as("of those that have partitions").hasValue(8);
    }

    @Test
    void anOrderThatOneHasNotCarriedOutIsNotCarriedOut() {
        assertThat(RouteReports.of(List.of(
                carrier("b", "b", RouteState.RUNNING, OptionalLong.of(9), 0),
                carrier("c", "b", RouteState.RUNNING, OptionalLong.empty(), 0))).get(0).order()).isEmpty();
    }
}
