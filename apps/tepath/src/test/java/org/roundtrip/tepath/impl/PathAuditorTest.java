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
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.roundtrip.base.flow.FlowTableReader;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.RuleCompiler;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.roundtrip.tepath.compute.audit.AuditSubject;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class PathAuditorTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.tepath");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00.123456Z"), ZoneOffset.UTC);

    private final RuleCompiler compiler = new RuleCompiler(APPLICATION);
    private final TePathRequest request = TePathRequest.builder().name("a").source(EmulatedNetwork.port(1, 1))
            .destination(EmulatedNetwork.port(2, 1)).addForwardTraffic(TrafficMatch.builder().build())
            .addReverseTraffic(TrafficMatch.builder().build()).build();
    private final List<FlowEntry> known = new ArrayList<>();
    private final List<FlowEntry> present = new ArrayList<>();
    private final List<DeviceId> readings = new ArrayList<>();
    private Function<DeviceId, Optional<CompletableFuture<List<FlowEntry>>>> reading =
            device -> Optional.of(CompletableFuture.completedFuture(at(present, device)));

    @Test
    void believesTheSwitchesMoreThanOnos() {
        AuditSubject path = subject(1);
        known.addAll(entries(path.intended()));
        present.addAll(entries(path.intended().subList(1, path.intended().size())));

        AuditFindings found = audit(true, order(path), order(path)).orElseThrow();

        assertThat(found.missing()).containsExactly(path.intended().get(0));
        assertThat(found.audit().time()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
        assertThat(readings).as("each switch is asked once")
                .containsExactlyInAnyOrder(EmulatedNetwork.device(1), EmulatedNetwork.device(2));
    }

    @Test
    void takesWhatOnosKnowsWhereNobodyReads() {
        AuditSubject path = subject(1);
        known.addAll(entries(path.intended()));

        assertThat(audit(false, order(path)).orElseThrow().audit().correct()).isTrue();
        reading = device -> Optional.empty();
        assertThat(audit(true, order(path)).orElseThrow().audit().correct())
                .as("another node is the master of the switches").isTrue();
    }

    @Test
    void aSwitchThatDoesNotAnswerIsUnknown() {
        AuditSubject path = subject(1);
        known.addAll(entries(path.intended()));
        reading = device -> Optional.of(CompletableFuture.failedFuture(new IllegalStateException("no answer")));

        assertThat(audit(true, order(path), order(path)).orElseThrow().unread())
                .containsExactlyInAnyOrder(EmulatedNetwork.device(1), EmulatedNetwork.device(2));
    }

    @Test
    void aSwitchThatIsAwayIsNotAsked() {
        AuditSubject path = subject(1);
        known.addAll(entries(path.intended()));
        TeTopology.Builder topology = TeTopology.builder();
        topology.node(TeNode.builder().device(EmulatedNetwork.device(1)).available(false).build());
        AuditOrder order = AuditOrder.of(path, topology.build(), rule -> false);

        assertThat(audit(true, order, order).orElseThrow().unread()).hasSize(2);
        assertThat(readings).isEmpty();
    }

    @Test
    void looksAgainAtAPathThatMoves() {
        AuditSubject before = subject(1);
        AuditSubject after = subject(2);
        present.addAll(entries(after.intended()));

        assertThat(audit(true, order(before), order(after)).orElseThrow().audit().correct()).isTrue();
    }

    @Test
    void saysNothingOfAPathThatGoesOrMovesAllTheTime() {
        assertThat(audit(true)).isEmpty();
        assertThat(audit(true, order(subject(1)))).as("it is wrong, and then gone").isEmpty();
        assertThat(audit(true, order(subject(1)), order(subject(2)), order(subject(3)), order(subject(4)))).isEmpty();
    }

    @Test
    void aRuleOfAPathThatComesOrGoesMeanwhileIsNotTooMany() {
        AuditSubject path = subject(1);
        AuditSubject other = AuditSubject.of(compiler, TePathRequest.builder().from(request).name("b").build(),
                                             Optional.of(AuditFixture.line(9, 500)), Optional.empty(), List.of());
        present.addAll(entries(path.intended()));
        present.addAll(entries(other.transit()));
        Predicate<FlowRule> others = other.transit()::contains;
        AuditOrder with = AuditOrder.of(path, AuditFixture.topology(), others);
        AuditOrder without = AuditOrder.of(path, AuditFixture.topology(), rule -> false);

        assertThat(audit(true, without, with).orElseThrow().strays()).as("it came").isEmpty();
        assertThat(audit(true, with, without).orElseThrow().strays()).as("it went").isEmpty();
        assertThat(audit(true, without, without).orElseThrow().strays()).hasSize(2);
    }

    private Optional<AuditFindings> audit(boolean canRead, AuditOrder... orders) {
        List<AuditOrder> left = new ArrayList<>(List.of(orders));
        FlowTableReader reader = device -> {
            readings.add(device);
            return reading.apply(device);
        };
        return new PathAuditor(APPLICATION, new FlowRuleServiceAdapter() {
            @Override
            public Iterable<FlowEntry> getFlowEntries(DeviceId device) {
                return at(known, device);
            }
        }, () -> Optional.of(reader).filter(one -> canRead), CLOCK)
                .audit(() -> left.isEmpty() ? Optional.empty() : Optional.of(left.remove(0)));
    }

    private AuditOrder order(AuditSubject path) {
        return AuditOrder.of(path, AuditFixture.topology(), rule -> false);
    }

    /** Returns the path on a way of its own. */
    private AuditSubject subject(int generation) {
        Placement active = AuditFixture.line(generation, 100_000 + generation);
        return AuditSubject.of(compiler, request, Optional.of(active), Optional.empty(), List.of());
    }

    private static List<FlowEntry> at(List<FlowEntry> entries, DeviceId device) {
        return entries.stream().filter(entry -> entry.deviceId().equals(device)).collect(Collectors.toList());
    }

    private static List<FlowEntry> entries(List<FlowRule> rules) {
        return rules.stream().map(rule -> new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED))
                .collect(Collectors.toList());
    }
}
