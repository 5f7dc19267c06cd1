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

import com.google.common.collect.MoreCollectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpPrefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;
import org.roundtrip.tepath.compute.audit.Packet;
import org.roundtrip.tepath.compute.audit.PacketWalk;
import org.roundtrip.tepath.compute.audit.SwitchTables;
import org.roundtrip.tepath.compute.audit.Walk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class RuleCompilerTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.tepath");

    private final RuleCompiler compiler = new RuleCompiler(APPLICATION);

    /** Sets up paths until the network is full, and follows a packet of each both ways through all rules together. */
    @Property(tries = 1000)
    void bothDirectionsPassTheSamePortsAndNothingIsGivenTwice(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        TeTopology topology = random.topology();
        Map<TePathRequest, Placement> paths = fill(random, topology, seed);
        List<FlowRule> rules = paths.entrySet().stream().flatMap(path -> rules(path.getKey(), path.getValue()).stream())
                .collect(Collectors.toList());

        assertThat(new HashSet<>(rules)).as("no two rules match the same").hasSameSizeAs(rules);
        paths.forEach((request, placement) -> {
            List<ConnectPoint> forward = walk(topology, rules, request, request.source());
            List<ConnectPoint> reverse = walk(topology, rules, request, request.destination());
            assertThat(forward).startsWith(request.source()).endsWith(request.destination());
            Collections.reverse(reverse);
            assertThat(reverse).isEqualTo(forward);
        });
    }

    @Property(tries = 1000)
    void reservesNoMoreThanThereIsAndGivesAllBack(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        TeTopology topology = random.topology();
        Map<TePathRequest, Placement> paths = fill(random, topology, seed);
        Reservations held = reservations(paths);

        random.directions.stream().filter(topology::hasLink).forEach(link ->
                assertThat(held.bandwidth(link, 7)).isBetween(0L, topology.capacity(link)));
        paths.keySet().forEach(request -> random.directions.forEach(link -> {
            long all = held.bandwidth(link, 7);
            held.<Void>whileMoving(request.name(), () -> {
                assertThat(held.bandwidth(link, 7)).isBetween(0L, all);
                return null;
            });
        }));
        paths.clear();
        random.directions.forEach(link -> {
            assertThat(reservations(paths).bandwidth(link, 7)).isZero();
            assertThat(reservations(paths).lowestFreeLabel(link.dst(), LabelRange.STANDARD))
                    .isEqualTo(LabelRange.STANDARD.min());
        });
    }

    static Map<TePathRequest, Placement> fill(RandomNetwork network, TeTopology topology, long seed) {
        Random random = new Random(seed);
        Map<TePathRequest, Placement> paths = new HashMap<>();
        for (int i = 1; i <= 4; i++) {
            TePathRequest request = TePathRequest.builder().name("p" + i)
                    .source(RandomNetwork.edge(random.nextInt(network.size), i))
                    .destination(RandomNetwork.edge(random.nextInt(network.size), i + 4))
                    .bandwidth(random.nextInt(15))
                    .addForwardTraffic(udp(319)).addReverseTraffic(udp(320)).build();
            Reservations held = reservations(paths);
            new CoRoutedPathComputation(new TeDatabase(topology, held)).compute(PathQuery.of(request)).path()
                    .map(ComputedPath::active)
                    .ifPresent(route -> paths.put(request, new LabelAllocation(topology, held)
                            .allocate(route, 1, request.bandwidth(), request.bandwidth()).orElseThrow()));
        }
        return paths;
    }

    private static Reservations reservations(Map<TePathRequest, Placement> paths) {
        return Reservations.of(paths.entrySet().stream()
                                       .map(path -> Reservation.of(path.getKey().name(), TePathRequest.LEAST_PRIORITY,
                                                                   List.of(path.getValue())))
                                       .collect(Collectors.toList()));
    }

    private List<FlowRule> rules(TePathRequest request, Placement placement) {
        List<FlowRule> rules = new ArrayList<>(compiler.transit(request, placement));
        rules.addAll(compiler.admission(request, placement));
        return rules;
    }

    private List<ConnectPoint> walk(TeTopology topology, List<FlowRule> rules, TePathRequest request,
                                    ConnectPoint from) {
        TrafficSelector entry = compiler.blocking(request).stream().filter(rule -> isAt(rule, from))
                .collect(MoreCollectors.onlyElement()).selector();
        Walk walk = new PacketWalk(topology, SwitchTables.of(rules)).follow(from.deviceId(), Packet.matching(entry));
        assertThat(walk.oddity()).as("nothing but what paths do").isEmpty();
        assertThat(walk.exit()).isPresent();
        return walk.ports();
    }

    private static boolean isAt(FlowRule rule, ConnectPoint port) {
        return rule.deviceId().equals(port.deviceId())
                && rule.selector().criteria().contains(Criteria.matchInPort(port.port()));
    }

    @Test
    void neverTouchesATimeToLive() {
        // PTP multicast has a TTL of 1: a switch that decremented it would drop every message.
        assertThat(rules(square(), placement())).flatExtracting(rule -> rule.treatment().allInstructions())
                .noneMatch(instruction -> instruction.toString().contains("TTL"));
    }

    /** What one lookup of a switch changes is what the next one finds (a real Open vSwitch was asked). */
    @Test
    void leavesPacketsWithATunnelIdAsTheyWereForTheNextPath() {
        TePathRequest copies = TePathRequest.builder().from(square())
                .forwardTraffic(List.of(TrafficMatch.builder().tunnelId(3L).build())).build();

        assertThat(compiler.admission(copies, placement()).get(0).treatment().immediate())
                .extracting(instruction -> instruction.toString().replaceAll("MPLS_LABEL:.*", "MPLS_LABEL:L"))
                .containsExactly("MPLS_PUSH:mpls_unicast", "MPLS_LABEL:L", "OUTPUT:2", "MPLS_POP:ipv4");
        assertThat(compiler.admission(square(), placement())).flatExtracting(rule -> rule.treatment().immediate())
                .noneMatch(instruction -> instruction.toString().startsWith("MPLS_POP"));
    }

    @Test
    void blocksExactlyWhatItAdmits() {
        List<FlowRule> admission = compiler.admission(square(), placement());
        List<FlowRule> blocking = compiler.blocking(square());
        assertThat(blocking).containsExactlyElementsOf(admission);
        assertThat(blocking).allSatisfy(rule -> assertThat(rule.treatment().allInstructions())
                .containsExactly(Instructions.createNoAction()));
    }

    @Test
    void makesOneRuleOfMatchesThatMeanTheSame() {
        TePathRequest request = TePathRequest.builder().from(square()).forwardTraffic(List.of(
                TrafficMatch.builder().build(),
                TrafficMatch.builder().ipSource(IpPrefix.valueOf("0.0.0.0/0")).build())).build();
        assertThat(compiler.blocking(request)).hasSize(2);
        assertThat(compiler.admission(request, placement())).hasSize(2);
    }

    @Test
    void standsWhereItIsDocumented() {
        assertThat(rules(square(), placement())).allSatisfy(rule -> {
            assertThat(rule.tableId()).isEqualTo(Pipeline.TABLE);
            assertThat(rule.isPermanent()).isTrue();
            assertThat(rule.appId()).isEqualTo(APPLICATION.id());
        });
        assertThat(compiler.transit(square(), placement())).extracting(FlowRule::priority)
                .containsOnly(Pipeline.LABEL_PRIORITY);
        assertThat(compiler.admission(square(), placement())).extracting(FlowRule::priority)
                .containsOnly(Pipeline.ADMISSION_PRIORITY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ipv4 | {'eth-source':'00:00:00:00:00:01','eth-destination':'00:00:00:00:00:02'} | ETH_SRC,ETH_DST",
        "ipv4 | {'ip-source':'10.0.0.0/8','ip-destination':'10.0.0.1/32'} | IPV4_SRC,IPV4_DST",
        "ipv4 | {'ip-source':'0.0.0.0/0','ip-destination':'0.0.0.0/0'} | ",
        "ipv6 | {'ip-source':'2001:db8::/32','ip-destination':'2001:db8::1/128'} | IPV6_SRC,IPV6_DST",
        "ipv6 | {'ip-source':'::/0','ip-protocol':58} | IP_PROTO",
        "ipv4 | {'ip-protocol':6,'source-port':1,'destination-port':2} | IP_PROTO,TCP_SRC,TCP_DST",
        "ipv4 | {'ip-protocol':17,'source-port':1,'destination-port':2} | IP_PROTO,UDP_SRC,UDP_DST",
        "ipv6 | {'ip-protocol':132,'source-port':1,'destination-port':65535} | IP_PROTO,SCTP_SRC,SCTP_DST",
        "ptp  | {} | ",
    })
    void matchesWhatIsAskedForAndNothingElse(String payload, String match, String criteria) {
        Payload carried = Payload.valueOf(payload.toUpperCase(Locale.ROOT));
        TePathRequest request = TePathRequest.builder().from(square()).payload(carried)
                .forwardTraffic(List.of(Json.read(match.replace('\'', '"'), TrafficMatch.class)))
                .reverseTraffic(List.of()).build();

        FlowRule rule = compiler.blocking(request).get(0);

        assertThat(rule.selector().criteria()).extracting(criterion -> criterion.type().name())
                .containsExactlyInAnyOrder(("IN_PORT,ETH_TYPE" + (criteria == null ? "" : "," + criteria)).split(","));
        assertThat(rule.selector().getCriterion(Criterion.Type.ETH_TYPE))
                .isEqualTo(Criteria.matchEthType(carried.ethType()));
    }

    private static TePathRequest square() {
        return TePathRequest.builder().name("a").source(RandomNetwork.edge(0, 1))
                .destination(RandomNetwork.edge(1, 1)).addForwardTraffic(udp(319)).addReverseTraffic(udp(320)).build();
    }

    private static Placement placement() {
        TeTopology topology = TeTopology.builder()
                .node(TeNode.builder().device(RandomNetwork.device(0)).available(true).mpls(true).te(true).build())
                .node(TeNode.builder().device(RandomNetwork.device(1)).available(true).mpls(true).te(true).build())
                .build();
        return new LabelAllocation(topology, new Reservations()).allocate(
                Route.of(RandomNetwork.edge(0, 1), RandomNetwork.edge(1, 1), List.of(LinkDirection.of(
                        RandomNetwork.port(0, 2), RandomNetwork.port(1, 2)))), 1, 0, 0).orElseThrow();
    }

    private static TrafficMatch udp(int destinationPort) {
        return TrafficMatch.builder().ipProtocol(17).destinationPort(destinationPort).build();
    }
}
