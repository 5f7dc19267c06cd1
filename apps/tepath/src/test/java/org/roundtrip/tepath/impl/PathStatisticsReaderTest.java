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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.roundtrip.tepath.DirectionStatistics;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.RuleCompiler;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class PathStatisticsReaderTest {

    private final RuleCompiler compiler = new RuleCompiler(new DefaultApplicationId(7, "org.roundtrip.tepath"));
    private final Map<FlowRule, FlowEntry> entries = new HashMap<>();
    private final PathStatisticsReader reader = new PathStatisticsReader(compiler, new FlowRuleServiceAdapter() {
        @Override
        public FlowEntry getFlowEntry(FlowRule rule) {
            return entries.get(rule);
        }
    });

    @Test
    void addsUpWhatEntersAndWhatLeavesByDirection() {
        TePathRequest request = request(2);
        Placement active = AuditFixture.line(1, 100_000);
        count(compiler.admission(request, active).get(0), 10, 1000);
        count(compiler.admission(request, active).get(1), 5, 500);
        count(compiler.admission(request, active).get(2), 7, 700);
        count(atEnd(request, active, 2), 14, 1456);
        count(atEnd(request, active, 1), 6, 624);

        PathStatistics read = reader.read(request, Optional.of(active), List.of());

        assertThat(read.forward()).isEqualTo(statistics(15, 1500, 14, 1456));
        assertThat(read.reverse()).isEqualTo(statistics(7, 700, 6, 624));
    }

    @Test
    void countsWhatWasDeliveredOnTheOtherWay() {
        TePathRequest request = request(1);
        Placement active = AuditFixture.line(2, 100_001);
        Placement standby = AuditFixture.line(1, 100_000);
        count(compiler.admission(request, active).get(0), 10, 1000);
        count(atEnd(request, active, 2), 4, 400);
        count(atEnd(request, standby, 2), 6, 600);

        assertThat(reader.read(request, Optional.of(active), List.of(standby)).forward())
                .isEqualTo(statistics(10, 1000, 10, 1000));
    }

    @Test
    void countsNothingThatIsNotThere() {
        TePathRequest request = request(1);
        DirectionStatistics nothing = statistics(0, 0, 0, 0);
        assertThat(reader.read(request, Optional.of(AuditFixture.line(1, 100_000)), List.of()))
                .isEqualTo(PathStatistics.of(nothing, nothing));

        compiler.blocking(request).forEach(rule -> count(rule, 10, 1000));
        assertThat(reader.read(request, Optional.empty(), List.of())).as("what is dropped is not admitted")
                .isEqualTo(PathStatistics.of(nothing, nothing));
        assertThat(reader.read(request, Optional.of(AuditFixture.line(1, 100_000)), List.of()))
                .as("nor is what is dropped at the ends of a way").isEqualTo(PathStatistics.of(nothing, nothing));
    }

    @Test
    void oneSwitchDeliversWhatItAdmits() {
        TePathRequest request = TePathRequest.builder().from(request(1)).destination(EmulatedNetwork.port(1, 2))
                .build();
        Placement active = Placement.of(1, List.of(hop(1, 1, 2)), List.of(hop(1, 2, 1)), 0, 0);
        count(compiler.admission(request, active).get(0), 10, 1000);

        assertThat(reader.read(request, Optional.of(active), List.of()).forward())
                .isEqualTo(statistics(10, 1000, 10, 1000));
        assertThat(reader.read(request, Optional.of(active), List.of()).reverse())
                .isEqualTo(statistics(0, 0, 0, 0));
    }

    private FlowRule atEnd(TePathRequest request, Placement placement, int device) {
        return Collections.max(compiler.transit(request, placement), (one, other) ->
                Boolean.compare(one.deviceId().equals(EmulatedNetwork.device(device)),
                                other.deviceId().equals(EmulatedNetwork.device(device))));
    }

    private void count(FlowRule rule, long packets, long bytes) {
        entries.put(rule, new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, 1, packets, bytes));
    }

    private static Hop hop(int device, int in, int out) {
        return Hop.builder().device(EmulatedNetwork.device(device)).inPort(EmulatedNetwork.port(device, in).port())
                .outPort(EmulatedNetwork.port(device, out).port()).build();
    }

    private static DirectionStatistics statistics(long admitted, long admittedBytes, long delivered,
                                                  long deliveredBytes) {
        return DirectionStatistics.builder().admittedPackets(admitted).admittedBytes(admittedBytes)
                .deliveredPackets(delivered).deliveredBytes(deliveredBytes).build();
    }

    private static TePathRequest request(int matches) {
        TePathRequest.Builder request = TePathRequest.builder().name("a").source(EmulatedNetwork.port(1, 1))
                .destination(EmulatedNetwork.port(2, 1))
                .addReverseTraffic(TrafficMatch.builder().ipProtocol(6).build());
        for (int i = 0; i < matches; i++) {
            request.addForwardTraffic(TrafficMatch.builder().ipProtocol(i + 1).build());
        }
        return request.build();
    }
}
