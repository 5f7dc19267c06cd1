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
package org.roundtrip.tepath.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.onlab.packet.EthType;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.roundtrip.tepath.compute.audit.AuditSubject;
import org.roundtrip.tepath.compute.audit.OtherPaths;
import org.roundtrip.tepath.compute.audit.PathAuditComputation;
import org.roundtrip.tepath.compute.audit.SwitchTables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class PathAuditComputationTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.tepath");
    private static final ApplicationId OTHER = new DefaultApplicationId(8, "other");
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final RuleCompiler compiler = new RuleCompiler(APPLICATION);

    // whole networks

    @Property(tries = 500)
    void whatIsIntendedIsCorrect(@ForAll long seed) {
        World world = new World(seed);

        world.subjects.forEach((name, subject) -> {
            AuditFindings found = world.audit(subject, world.rules);
            assertThat(found.audit()).isEqualTo(PathAudit.builder().time(TIME).correct(true).coRouted(true)
                    .forward(subject.active().orElseThrow().forward())
                    .reverse(subject.active().orElseThrow().reverse()).build());
            assertThat(found.isRepairable()).isFalse();
            assertThat(found.shadowing()).isEmpty();
        });
    }

    @Property(tries = 500)
    void aRuleThatIsMissingIsNamed(@ForAll long seed) {
        World world = new World(seed);
        world.forOne(seed, (subject, victim) -> {
            AuditFindings found = world.audit(subject, world.without(victim));

            assertThat(found.missing()).containsExactly(victim);
            assertThat(found.wrong()).isEmpty();
            assertThat(found.strays()).isEmpty();
            assertThat(found.shadowing()).isEmpty();
            assertNamed(found, victim, "is missing");
            assertThat(found.audit().difference().isPresent()).isEqualTo(isActive(subject, victim));
        });
    }

    @Property(tries = 500)
    void aRuleThatDoesSomethingElseIsNamed(@ForAll long seed) {
        World world = new World(seed);
        world.forOne(seed, (subject, victim) -> {
            FlowRule other = withTreatment(victim, changed(victim.treatment(), seed));
            List<FlowRule> rules = world.without(victim);
            rules.add(other);

            AuditFindings found = world.audit(subject, rules);

            assertThat(found.wrong()).containsExactly(victim);
            assertThat(found.missing()).isEmpty();
            assertThat(found.strays()).isEmpty();
            assertNamed(found, victim, "instead of");
            assertThat(found.audit().difference().isPresent()).isEqualTo(isActive(subject, victim));
        });
    }

    @Property(tries = 500)
    void aRuleForAnotherLabelOrWithAnotherPriorityIsMissingAndTooMany(@ForAll long seed) {
        World world = new World(seed);
        world.forOne(seed, (subject, victim) -> {
            FlowRule other = moved(victim, seed);
            List<FlowRule> rules = world.without(victim);
            rules.add(other);

            AuditFindings found = world.audit(subject, rules);

            assertThat(found.missing()).containsExactly(victim);
            assertThat(found.strays()).containsExactly(other);
            assertThat(found.isRepairable()).isTrue();
            assertNamed(found, victim, "is missing");
            assertNamed(found, other, "belongs to no path");
        });
    }

    @Property(tries = 500)
    void aRuleOfOthersThatTakesPacketsAwayIsNamed(@ForAll long seed) {
        World world = new World(seed);
        world.forOne(seed, (subject, victim) -> {
            Random random = new Random(seed);
            TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
            victim.selector().criteria().stream().filter(criterion -> random.nextBoolean())
                    .filter(criterion -> criterion.type() != Criterion.Type.UDP_DST).forEach(selector::add);
            if (random.nextBoolean()) {
                selector.matchEthDst(MacAddress.valueOf(random.nextInt(9)));
            }
            // A switch has no two rules of one match and priority.
            int above = selector.build().equals(victim.selector()) ? 1 : random.nextInt(2);
            FlowRule shadow = rule(OTHER, victim.deviceId(), victim.priority() + above, selector.build(),
                                   DefaultTrafficTreatment.builder().drop().build());
            List<FlowRule> rules = new ArrayList<>(world.rules);
            rules.add(shadow);

            AuditFindings found = world.audit(subject, rules);

            assertThat(found.shadowing()).containsExactly(shadow);
            assertThat(found.isRepairable()).as("it is not ours to remove").isFalse();
            assertNamed(found, shadow, "takes packets from");
            if (isActive(subject, victim)) {
                assertThat(found.audit().difference()).hasValueSatisfying(
                        difference -> assertThat(difference).startsWith(shadow.deviceId() + ": "));
            }
        });
    }

    @Property(tries = 200)
    void aRuleThatStandsBelowOursIsNoneOfOurBusiness(@ForAll long seed) {
        World world = new World(seed);
        world.forOne(seed, (subject, victim) -> {
            List<FlowRule> rules = new ArrayList<>(world.rules);
            world.rules.stream().map(FlowRule::deviceId).distinct().forEach(device -> rules.add(
                    rule(OTHER, device, 40_000, DefaultTrafficSelector.builder().build(),
                         DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER).build())));

            assertThat(world.audit(subject, rules).audit().correct()).isTrue();
        });
    }

    private static void assertNamed(AuditFindings found, FlowRule rule, String what) {
        assertThat(found.audit().correct()).isFalse();
        assertThat(found.audit().mismatches()).anyMatch(words -> words.startsWith(rule.deviceId() + ": the rule for ")
                && words.contains(what));
    }

    private boolean isActive(AuditSubject subject, FlowRule rule) {
        return subject.edges().contains(rule)
                || compiler.transit(subject.request(), subject.active().orElseThrow()).contains(rule);
    }

    /** Does something else with packets: sends them elsewhere, with another label, or nowhere. */
    private static TrafficTreatment changed(TrafficTreatment treatment, long seed) {
        int how = new Random(seed).nextInt(3);
        boolean labelled = treatment.immediate().stream().anyMatch(PathAuditComputationTest::setsLabel);
        if (how == 0) {
            return DefaultTrafficTreatment.builder().drop().build();
        }
        TrafficTreatment.Builder changed = DefaultTrafficTreatment.builder();
        for (Instruction instruction : treatment.immediate()) {
            if (how == 1 && setsLabel(instruction)) {
                changed.setMpls(MplsLabel.mplsLabel(999));
            } else if ((how == 2 || !labelled) && instruction.type() == Instruction.Type.OUTPUT) {
                changed.setOutput(PortNumber.portNumber(999));
            } else {
                changed.add(instruction);
            }
        }
        return changed.build();
    }

    private static boolean setsLabel(Instruction instruction) {
        return instruction instanceof L2ModificationInstruction.ModMplsLabelInstruction;
    }

    /** Stands for another label, or with another priority. */
    private static FlowRule moved(FlowRule rule, long seed) {
        Criterion label = rule.selector().getCriterion(Criterion.Type.MPLS_LABEL);
        if (label == null || new Random(seed).nextBoolean()) {
            return rule(APPLICATION, rule.deviceId(), rule.priority() - 1, rule.selector(), rule.treatment());
        }
        TrafficSelector selector = DefaultTrafficSelector.builder(rule.selector())
                .matchMplsLabel(MplsLabel.mplsLabel(((MplsCriterion) label).label().toInt() + 500)).build();
        return rule(APPLICATION, rule.deviceId(), rule.priority(), selector, rule.treatment());
    }

    /** A random network with paths, each with a standby way beside its active one. */
    private final class World {

        private final TeTopology topology;
        private final Map<String, AuditSubject> subjects = new HashMap<>();
        private final List<FlowRule> rules = new ArrayList<>();
        private final Reservations reservations;

        World(long seed) {
            RandomNetwork network = new RandomNetwork(seed);
            topology = network.topology();
            Map<TePathRequest, Placement> paths = RuleCompilerTest.fill(network, topology, seed);
            reservations = Reservations.of(paths.entrySet().stream().map(path -> Reservation.of(
                    path.getKey().name(), 7, List.of(path.getValue()))).collect(Collectors.toList()));
            paths.forEach((request, active) -> {
                Optional<Placement> standby = new LabelAllocation(topology, reservations).allocate(
                        Route.of(request.source(), request.destination(), active.forwardLinks()), 2, 0, 0);
                standby.ifPresent(placement -> reservations.put(
                        Reservation.of(request.name(), 7, List.of(active, placement))));
                AuditSubject subject = AuditSubject.of(compiler, request, Optional.of(active), standby, List.of());
                subjects.put(request.name(), subject);
                rules.addAll(subject.intended());
            });
        }

        List<FlowRule> without(FlowRule rule) {
            return rules.stream().filter(other -> !other.equals(rule))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        AuditFindings audit(AuditSubject subject, Collection<FlowRule> present) {
            List<TePathRequest> requests = subjects.values().stream().map(AuditSubject::request)
                    .collect(Collectors.toList());
            return new PathAuditComputation(APPLICATION, topology, SwitchTables.of(present),
                                            OtherPaths.around(compiler, subject, reservations, requests))
                    .audit(subject, TIME);
        }

        /** Tries one rule of one path, if there is a path. */
        void forOne(long seed, BiConsumer<AuditSubject, FlowRule> check) {
            Random random = new Random(seed);
            subjects.values().stream().findFirst().ifPresent(subject -> check.accept(
                    subject, subject.intended().get(random.nextInt(subject.intended().size()))));
        }
    }

    // one path over a line of three switches, with two links between the second and the third

    @Test
    void directionsThatTakeDifferentLinksAreNotCoRouted() {
        Line line = new Line();
        FlowRule there = line.forLabel(2, 2);
        List<FlowRule> rules = line.with(there, rule -> withTreatment(rule, DefaultTrafficTreatment.builder()
                .setMpls(MplsLabel.mplsLabel(100_000)).setOutput(PortNumber.portNumber(4)).build()));
        rules.add(rule(APPLICATION, RandomNetwork.device(2), Pipeline.LABEL_PRIORITY,
                       line.labelled(4, 100_000), line.forLabel(3, 2).treatment()));

        PathAudit audit = line.audit(rules).audit();

        assertThat(audit.correct()).isFalse();
        assertThat(audit.coRouted()).contains(false);
        assertThat(audit.difference()).contains(RandomNetwork.device(1) + ": a packet with label 100000 at port 2 is"
                + " sent to port 4 with label 100000 instead of port 3 with label 100000");
        assertThat(audit.mismatches()).containsExactly(RandomNetwork.device(1) + ": the rule for label 100000 at port 2"
                + " does \"label 100000, port 4\" instead of \"label 100000, port 3\"");
    }

    @Test
    void saysWhereAPacketIsDropped() {
        Line line = new Line();
        List<FlowRule> rules = line.without(line.forLabel(2, 2));

        PathAudit audit = line.audit(rules).audit();

        assertThat(audit.difference()).contains(
                RandomNetwork.device(1) + ": a packet with label 100000 at port 2 is dropped: no rule matches");
        assertThat(audit.mismatches()).containsExactly(
                RandomNetwork.device(1) + ": the rule for label 100000 at port 2 is missing");
        assertThat(audit.coRouted()).isEmpty();
        assertThat(audit.forward()).hasSize(1);
        assertThat(audit.reverse()).hasSize(3);
    }

    @Test
    void findsALoop() {
        Line line = new Line();
        List<FlowRule> rules = line.with(line.forLabel(2, 2), rule -> withTreatment(
                rule, DefaultTrafficTreatment.builder().setOutput(PortNumber.IN_PORT).build()));
        rules.add(rule(OTHER, RandomNetwork.device(0), 50_000, line.labelled(2, 100_000),
                       DefaultTrafficTreatment.builder().setOutput(PortNumber.IN_PORT).build()));

        PathAudit audit = line.audit(rules).audit();

        assertThat(audit.difference()).hasValueSatisfying(difference -> assertThat(difference)
                .startsWith(RandomNetwork.device(1) + ": a packet with label 100000 at port 2 is sent to port 2"));
        assertThat(audit.coRouted()).isEmpty();
        assertThat(audit.forward()).hasSize(3);
    }

    @Test
    void endsAWalkThatGrowsLabels() {
        Line line = new Line();
        TrafficTreatment growing = DefaultTrafficTreatment.builder().pushMpls().setOutput(PortNumber.IN_PORT).build();
        TrafficSelector any = DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(2)).build();
        List<FlowRule> rules = new ArrayList<>(line.rules());
        rules.add(rule(OTHER, RandomNetwork.device(0), 50_000, any, growing));
        rules.add(rule(OTHER, RandomNetwork.device(1), 50_000, any, growing));

        PathAudit audit = line.audit(rules).audit();

        assertThat(audit.forward()).hasSize(255);
        assertThat(audit.correct()).isFalse();
    }

    @Test
    void doesNotBelieveWhatNobodyCanTell() {
        Line line = new Line();
        SwitchTables tables = SwitchTables.of(line.rules());
        SwitchTables one = device -> device.equals(RandomNetwork.device(1)) ? Optional.empty() : tables.rules(device);

        AuditFindings found = line.audit(one);

        assertThat(found.unread()).containsExactly(RandomNetwork.device(1));
        assertThat(found.isRepairable()).isFalse();
        assertThat(found.audit().correct()).isFalse();
        assertThat(found.audit().difference()).contains(RandomNetwork.device(1) + ": a packet with label 100000 at"
                + " port 2: what becomes of it is not known, because the switch can't be asked");
    }

    @Test
    void countsOnlyWhatASwitchHasConfirmed() {
        Line line = new Line();
        List<FlowRule> rules = line.with(line.forLabel(2, 2),
                                         rule -> new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.PENDING_ADD));

        AuditFindings found = line.audit(rules);

        assertThat(found.missing()).containsExactly(line.forLabel(2, 2));
        assertThat(found.audit().mismatches()).containsExactly(RandomNetwork.device(1)
                + ": the rule for label 100000 at port 2 is not confirmed by the switch (PENDING_ADD)");
        assertThat(found.audit().difference()).isPresent();
    }

    @Test
    void ignoresWhatIsLeavingTheSwitches() {
        Line line = new Line();
        List<FlowRule> rules = new ArrayList<>(line.rules());
        FlowRule leaving = rule(OTHER, RandomNetwork.device(1), 50_000, line.labelled(2, 100_000),
                                DefaultTrafficTreatment.builder().drop().build());
        rules.add(new DefaultFlowEntry(leaving, FlowEntry.FlowEntryState.PENDING_REMOVE));

        assertThat(line.audit(rules).audit().correct()).isTrue();
    }

    @Test
    void toleratesWaysThatAreBeingTakenDown() {
        Line line = new Line();
        Placement retiring = new LabelAllocation(line.topology, line.reservations).allocate(
                Route.of(line.request.source(), line.request.destination(), line.active.forwardLinks()), 7, 0, 0)
                .orElseThrow();
        List<FlowRule> rules = new ArrayList<>(line.rules());
        rules.addAll(compiler.transit(line.request, retiring).subList(0, 1));
        AuditSubject subject = AuditSubject.of(compiler, line.request, Optional.of(line.active), Optional.empty(),
                                               List.of(retiring));

        assertThat(line.audit(subject, SwitchTables.of(rules)).audit().correct()).isTrue();
        assertThat(line.audit(rules).strays()).hasSize(1);
    }

    @Test
    void followsAPacketThroughMoreTablesAndItsActionSet() {
        Line line = new Line();
        FlowRule swap = line.forLabel(2, 2);
        List<FlowRule> rules = line.with(swap, rule -> withTreatment(rule, DefaultTrafficTreatment.builder()
                .deferred().setMpls(MplsLabel.mplsLabel(100_000)).setOutput(PortNumber.portNumber(3))
                .immediate().transition(9).build()));
        rules.add(DefaultFlowRule.builder().forDevice(swap.deviceId()).forTable(9).withPriority(1).fromApp(OTHER)
                          .withSelector(DefaultTrafficSelector.emptySelector())
                          .withTreatment(DefaultTrafficTreatment.builder().setMpls(MplsLabel.mplsLabel(5)).build())
                          .makePermanent().build());

        AuditFindings found = line.audit(rules);

        assertThat(found.wrong()).containsExactly(swap);
        assertThat(found.audit().coRouted()).as("it comes to the same").contains(true);
        assertThat(found.audit().difference()).isEmpty();
    }

    @Test
    void namesGroupsCopiesAndWhatLeavesByNoPort() {
        Line line = new Line();
        FlowRule swap = line.forLabel(2, 2);
        assertThat(line.auditWith(swap, DefaultTrafficTreatment.builder().group(new GroupId(5)).build()).difference())
                .hasValueSatisfying(words -> assertThat(words).contains("GROUP:0x5"));
        assertThat(line.auditWith(swap, DefaultTrafficTreatment.builder(swap.treatment())
                .setOutput(PortNumber.portNumber(9)).build()).difference())
                .hasValueSatisfying(words -> assertThat(words).contains("is copied to ports 3, 9"));
        assertThat(line.auditWith(swap, DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER).build())
                           .difference())
                .hasValueSatisfying(words -> assertThat(words).contains("is sent to CONTROLLER"));
        assertThat(line.auditWith(swap, DefaultTrafficTreatment.builder().build()).difference())
                .hasValueSatisfying(words -> assertThat(words).contains("is dropped by the rule for label 100000"));
        assertThat(line.auditWith(swap, DefaultTrafficTreatment.builder().setMpls(MplsLabel.mplsLabel(100_000))
                .decMplsTtl().setOutput(PortNumber.portNumber(3)).build()).difference())
                .hasValueSatisfying(words -> assertThat(words).contains("which no path does"));
    }

    @Test
    void namesAPacketThatLeavesWithItsLabelOrAsSomethingElse() {
        Line line = new Line();
        FlowRule pop = line.forLabel(3, 2);
        assertThat(line.auditWith(pop, DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build())
                           .difference())
                .hasValueSatisfying(words -> assertThat(words).contains("port 1 with label 100000 instead of port 1"));
        List<Instruction> ipv6 = List.of(Instructions.popMpls(new EthType(0x86dd)),
                                         Instructions.createOutput(PortNumber.portNumber(1)));
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        ipv6.forEach(treatment::add);
        assertThat(line.auditWith(pop, treatment.build()).difference())
                .hasValueSatisfying(words -> assertThat(words).contains("came with EtherType 0x0800"));
    }

    @Test
    void walksWhatTakesInNothingYet() {
        Line line = new Line(TePathRequest.builder().name("a").source(RandomNetwork.edge(0, 1))
                                     .destination(RandomNetwork.edge(2, 1)).build());

        assertThat(line.audit(line.rules()).audit()).satisfies(audit -> {
            assertThat(audit.correct()).isTrue();
            assertThat(audit.coRouted()).contains(true);
            assertThat(audit.forward()).isEqualTo(line.active.forward());
        });
        assertThat(line.audit(line.without(line.forLabel(2, 2))).audit().difference()).isPresent();
    }

    @Test
    void aPathThatIsNotUpAdmitsNothing() {
        Line line = new Line();
        TePathRequest exclusive = TePathRequest.builder().from(line.request).exclusive(true).build();
        AuditSubject subject = AuditSubject.of(compiler, exclusive, Optional.empty(), Optional.empty(), List.of());

        assertThat(line.audit(subject, SwitchTables.of(compiler.blocking(exclusive))).audit())
                .isEqualTo(PathAudit.builder().time(TIME).correct(true).build());
        assertThat(line.audit(subject, SwitchTables.of(compiler.admission(exclusive, line.active))).wrong())
                .hasSize(2);
        assertThat(line.audit(subject, SwitchTables.of(List.of())).missing()).hasSize(2);
    }

    @Test
    void namesALinkThatIsLost() {
        Line line = new Line();
        TeTopology without = Line.topology(false);

        PathAudit audit = new PathAuditComputation(APPLICATION, without, SwitchTables.of(line.rules()), rule -> false)
                .audit(line.subject, TIME).audit();

        assertThat(audit.mismatches()).isEmpty();
        assertThat(audit.correct()).isFalse();
        assertThat(audit.difference()).hasValueSatisfying(words -> assertThat(words)
                .isEqualTo("the link " + RandomNetwork.port(0, 2) + " - " + RandomNetwork.port(1, 2) + " is lost"));
    }

    /** Switches 1, 2 and 3: 1/2 to 2/2, and 2/3 to 3/2 beside 2/4 to 3/4; edge ports are 1. */
    private final class Line {

        private final TeTopology topology = topology(true);
        private final TePathRequest request;
        private final Placement active;
        private final Reservations reservations = new Reservations();
        private final AuditSubject subject;

        Line() {
            this(TePathRequest.builder().name("a").source(RandomNetwork.edge(0, 1))
                         .destination(RandomNetwork.edge(2, 1)).addForwardTraffic(udp(319)).addReverseTraffic(udp(320))
                         .build());
        }

        Line(TePathRequest request) {
            this.request = request;
            active = new LabelAllocation(topology, reservations).allocate(Route.of(
                    request.source(), request.destination(),
                    List.of(LinkDirection.of(RandomNetwork.port(0, 2), RandomNetwork.port(1, 2)),
                            LinkDirection.of(RandomNetwork.port(1, 3), RandomNetwork.port(2, 2)))), 1, 0, 0)
                    .orElseThrow();
            reservations.put(Reservation.of("a", 7, List.of(active)));
            subject = AuditSubject.of(compiler, request, Optional.of(active), Optional.empty(), List.of());
        }

        private static TrafficMatch udp(int port) {
            return TrafficMatch.builder().ipProtocol(17).destinationPort(port).build();
        }

        private static TeTopology topology(boolean whole) {
            TeTopology.Builder topology = TeTopology.builder();
            for (int device = 0; device < 3; device++) {
                topology.node(TeNode.builder().device(RandomNetwork.device(device)).available(true).mpls(true).te(true)
                                      .build());
                for (int port = 1; port <= 4; port++) {
                    topology.port(TePort.of(RandomNetwork.port(device, port), true, 0));
                }
            }
            link(topology, RandomNetwork.port(0, 2), RandomNetwork.port(1, 2), whole);
            link(topology, RandomNetwork.port(1, 3), RandomNetwork.port(2, 2), true);
            link(topology, RandomNetwork.port(1, 4), RandomNetwork.port(2, 4), true);
            return topology.build();
        }

        private static void link(TeTopology.Builder topology, ConnectPoint one, ConnectPoint other, boolean bothWays) {
            topology.link(LinkDirection.of(one, other));
            if (bothWays) {
                topology.link(LinkDirection.of(other, one));
            }
        }

        List<FlowRule> rules() {
            return subject.intended();
        }

        /** Returns the rule for what comes in at a port of a switch, both counted from 1. */
        FlowRule forLabel(int device, int port) {
            return rules().stream().filter(rule -> rule.deviceId().equals(RandomNetwork.device(device - 1))
                            && rule.priority() == Pipeline.LABEL_PRIORITY
                            && rule.selector().equals(labelled(port, 100_000)))
                    .findFirst().orElseThrow();
        }

        TrafficSelector labelled(int port, int label) {
            return DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(port))
                    .matchEthType((short) 0x8847).matchMplsLabel(MplsLabel.mplsLabel(label)).matchMplsBos(true).build();
        }

        List<FlowRule> without(FlowRule victim) {
            return rules().stream().filter(rule -> !rule.equals(victim))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        List<FlowRule> with(FlowRule victim, UnaryOperator<FlowRule> change) {
            List<FlowRule> rules = without(victim);
            rules.add(change.apply(victim));
            return rules;
        }

        PathAudit auditWith(FlowRule victim, TrafficTreatment treatment) {
            return audit(with(victim, rule -> withTreatment(rule, treatment))).audit();
        }

        AuditFindings audit(Collection<FlowRule> present) {
            return audit(SwitchTables.of(present));
        }

        AuditFindings audit(SwitchTables tables) {
            return audit(subject, tables);
        }

        AuditFindings audit(AuditSubject path, SwitchTables tables) {
            return new PathAuditComputation(APPLICATION, topology, tables, OtherPaths.around(
                    compiler, path, reservations, List.of(request))).audit(path, TIME);
        }
    }

    private static FlowRule withTreatment(FlowRule rule, TrafficTreatment treatment) {
        return rule(APPLICATION, rule.deviceId(), rule.priority(), rule.selector(), treatment);
    }

    private static FlowRule rule(ApplicationId application, DeviceId device, int priority, TrafficSelector selector,
                                 TrafficTreatment treatment) {
        return DefaultFlowRule.builder().forDevice(device).forTable(0).withPriority(priority).fromApp(application)
                .withSelector(selector).withTreatment(treatment).makePermanent().build();
    }
}
