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
package org.roundtrip.messaging.compute.network;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpPrefix;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkPlanTest {

    private static final int TCP = 6;

    @Test
    void oneRouteHasATePathForItsRequestsAndTheirReplies() {
        TePathRequest path = onlyPath(Sites.with(Sites.southwards(5_000_000)));
        assertThat(path.name()).isEqualTo(Sites.PATH);
        assertThat(path.source()).hasToString("of:00000000000000a1/1");
        assertThat(path.destination()).hasToString("of:00000000000000b1/4");
        assertThat(path.bandwidth()).isEqualTo(5_000_000);
        assertThat(path.backwardBandwidth()).isEqualTo(5_000_000);
        assertThat(path.payload()).isEqualTo(Payload.IPV4);
        assertThat(path.objective()).isEqualTo(Objective.TE_METRIC);
        assertThat(path.protection().orElseThrow().disjoint()).isEqualTo(Disjointness.NODE);
        assertThat(path.protection().orElseThrow().bestEffort()).isTrue();
        assertThat(path.exclusive()).isFalse();
        assertThat(path.forwardTraffic()).containsExactly(to("10.1.0.10", "10.2.0.20", 9092),
                                                          to("10.1.0.10", "10.2.0.21", 9093));
        assertThat(path.reverseTraffic()).containsExactly(from("10.2.0.20", 9092, "10.1.0.10"),
                                                          from("10.2.0.21", 9093, "10.1.0.10"));
    }

    @Test
    void theRoutesOfBothDirectionsShareATePath() {
        TePathRequest path = onlyPath(Sites.with(Sites.northwards(2_000_000), Sites.southwards(5_000_000)));
        assertThat(path.bandwidth()).isEqualTo(7_000_000);
        assertThat(path.protection()).isPresent();
        assertThat(path.forwardTraffic()).containsExactly(to("10.1.0.10", "10.2.0.20", 9092),
                                                          to("10.1.0.10", "10.2.0.21", 9093),
                                                          from("10.1.0.20", 9092, "10.2.0.10"));
        assertThat(path.reverseTraffic()).containsExactly(from("10.2.0.20", 9092, "10.1.0.10"),
                                                          from("10.2.0.21", 9093, "10.1.0.10"),
                                                          to("10.2.0.10", "10.1.0.20", 9092));
        assertThat(onlyPath(Sites.with(Sites.northwards(2_000_000))).protection()).isEmpty();
    }

    @Test
    void theMostImportantOfItsRoutesDecidesHowATePathTakesBandwidthFromOthersAndKeepsIt() {
        MessageRoute important = MessageRoute.builder().from("south").to("north").bandwidth(1).priority(5)
                .build();

        TePathRequest path = onlyPath(Sites.with(important, Sites.southwards(1)));

        assertThat(path.setupPriority()).isEqualTo(2);
        assertThat(path.holdingPriority()).isEqualTo(2);
        assertThat(onlyPath(Sites.with(Sites.southwards(1))).setupPriority()).isEqualTo(7);
    }

    @Test
    void hostsThatAreProxyAndBrokerDoNotConfuseTheRoutes() {
        DataCentre north = DataCentre.builder().from(Sites.north()).proxies(List.of("10.1.0.20")).build();
        DataCentre south = DataCentre.builder().from(Sites.south()).bootstrapServers(List.of("10.2.0.20:9092"))
                .proxies(List.of("10.2.0.20")).build();
        TePathRequest path = onlyPath(Sites.with(List.of(north, south), Sites.southwards(1), Sites.northwards(1)));
        assertThat(path.forwardTraffic()).containsExactly(to("10.1.0.20", "10.2.0.20", 9092),
                                                          from("10.1.0.20", 9092, "10.2.0.20"));
    }

    @Test
    void whatIsNotAskedForIsNotThere() {
        NetworkPlan plan = Sites.plan(Sites.with(Sites.southwards(0), Sites.northwards(3)));
        assertThat(plan.route(Sites.southwards(0)).orElseThrow().absence())
                .contains("no bandwidth is configured for it");
        assertThat(plan.paths()).singleElement().satisfies(path -> {
            assertThat(path.bandwidth()).isEqualTo(3);
            assertThat(path.forwardTraffic()).containsExactly(from("10.1.0.20", 9092, "10.2.0.10"));
        });
        DataCentre south = DataCentre.builder().from(Sites.south()).gateways(List.of()).build();
        NetworkPlan none = Sites.plan(Sites.with(List.of(Sites.north(), south), Sites.southwards(0)));
        assertThat(none.paths()).isEmpty();
        assertThat(none.route(Sites.southwards(0)).orElseThrow().absence())
                .contains("no gateways are configured for south");
        assertThat(none.route(Sites.northwards(0))).isEmpty();
    }

    @Test
    void namesAreNotSteeredAndThatIsSaid() {
        DataCentre south = DataCentre.builder().from(Sites.south())
                .bootstrapServers(List.of("kafka.south.example.net:9092")).build();
        NetworkPlan named = Sites.plan(Sites.with(List.of(Sites.north(), south), Sites.southwards(1)));
        assertThat(named.paths()).isEmpty();
        assertThat(named.route(Sites.southwards(1)).orElseThrow().obstacle()).contains(
                "kafka.south.example.net:9092: switches can't tell connections by names: configure the addresses of the"
                        + " brokers of south");

        DataCentre mixed = DataCentre.builder().from(south).addBootstrapServers("10.2.0.20:9092").build();
        PlannedRoute partly = Sites.plan(Sites.with(List.of(Sites.north(), mixed), Sites.southwards(1)))
                .route(Sites.southwards(1)).orElseThrow();
        assertThat(partly.obstacle()).isEmpty();
        assertThat(partly.paths()).hasSize(1);
        assertThat(partly.remark().orElseThrow()).startsWith("connections to kafka.south.example.net:9092 are not");

        DataCentre told = DataCentre.builder().from(south).addBrokers("10.2.0.16/28:9092").build();
        PlannedRoute whole = Sites.plan(Sites.with(List.of(Sites.north(), told), Sites.southwards(1)))
                .route(Sites.southwards(1)).orElseThrow();
        assertThat(whole.remark()).isEmpty();
        assertThat(whole.paths().get(0).requests()).containsExactly(
                TrafficMatch.builder().ipProtocol(TCP).ipSource(IpPrefix.valueOf("10.1.0.10/32"))
                        .ipDestination(IpPrefix.valueOf("10.2.0.16/28")).destinationPort(9092).build());
    }

    @Test
    void eachIpVersionHasATePathOfItsOwn() {
        DataCentre north = DataCentre.builder().from(Sites.north()).addProxies("2001:db8:1::10").build();
        DataCentre south = DataCentre.builder().from(Sites.south()).addBrokers("[2001:db8:2::/64]:9092").build();
        NetworkPlan plan = Sites.plan(Sites.with(List.of(north, south), Sites.southwards(4)));
        assertThat(plan.paths()).extracting(TePathRequest::name)
                .containsExactly(Sites.PATH, Sites.PATH + ".ipv6");
        assertThat(plan.path(Sites.PATH + ".ipv6").orElseThrow()).satisfies(path -> {
            assertThat(path.payload()).isEqualTo(Payload.IPV6);
            assertThat(path.bandwidth()).isEqualTo(4);
            assertThat(path.forwardTraffic()).hasSize(1);
        });
        DataCentre old = DataCentre.builder().from(north).proxies(List.of("2001:db8:1::10")).build();
        PlannedRoute apart = Sites.plan(Sites.with(List.of(old, Sites.south()), Sites.southwards(4)))
                .route(Sites.southwards(4)).orElseThrow();
        assertThat(apart.obstacle())
                .contains("no proxy of north has an address of the IP version of the brokers of south");
        assertThat(apart.paths()).isEmpty();
    }

    @Test
    void nothingIsBetweenAGatewayAndItself() {
        DataCentre south = DataCentre.builder().from(Sites.south()).gateways(Sites.north().gateways()).build();
        NetworkPlan plan = Sites.plan(Sites.with(List.of(Sites.north(), south), Sites.southwards(4)));
        assertThat(plan.paths()).isEmpty();
        assertThat(plan.route(Sites.southwards(4)).orElseThrow().obstacle().orElseThrow())
                .contains("have the same gateway, of:00000000000000a1/1");
    }

    @Test
    void moreThanThereCanBeIsReservedAsMuchAsThereCanBe() {
        assertThat(onlyPath(Sites.with(Sites.southwards(Long.MAX_VALUE), Sites.northwards(9))).bandwidth())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"10.2.0.20:9092,10.2.0.20/32,9092", "10.2.0.16/28:1,10.2.0.16/28,1", "0.0.0.0/0:9092,0.0.0.0/0,9092",
        "[2001:db8::1]:9092,2001:db8::1/128,9092", "[2001:db8::/64]:65535,2001:db8::/64,65535",
        "[::ffff:10.0.0.1]:9092,10.0.0.1/32,9092"})
    void readsAddresses(String listener, String hosts, int port) {
        StorageAddress address = StorageAddress.parse(listener).orElseThrow();
        assertThat(address.hosts()).isEqualTo(IpPrefix.valueOf(hosts));
        assertThat(address.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"kafka:9092", "1.2.3:9092", "10.0.0.300:9092", "localhost:1", "10.example.net:9092"})
    void readsNoAddressInNames(String listener) {
        assertThat(StorageAddress.parse(listener)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.b,c,a,b.c", "a,b.c,a.b,c", "a_b,c,a.b,c", "x,y.ipv6,x.y,ipv6"})
    void pairsNeverShareAName(String one, String other, String another, String last) {
        Set<String> names = new HashSet<>();
        for (Payload payload : List.of(Payload.IPV4, Payload.IPV6)) {
            names.add(PathNames.of(one, other, payload));
            names.add(PathNames.of(another, last, payload));
        }
        assertThat(names).hasSize(4);
    }

    @Test
    void longNamesFit() {
        String longest = "n".repeat(62);
        assertThat(PathNames.of(longest + "a", longest + "b", Payload.IPV6)).hasSizeLessThanOrEqualTo(63)
                .isNotEqualTo(PathNames.of(longest + "b", longest + "a", Payload.IPV6));
    }

    @Property
    void whatGoesOneWayComesBackTheSame(@ForAll("configurations") MessagingConfiguration configuration) {
        for (TePathRequest path : Sites.plan(configuration).paths()) {
            assertThat(plain(path.reverseTraffic())).containsExactlyInAnyOrderElementsOf(
                    path.forwardTraffic().stream().map(NetworkPlanTest::turned).collect(Collectors.toList()));
        }
    }

    @Property
    void onlyTcpBetweenProxiesAndBrokersIsSteered(@ForAll("configurations") MessagingConfiguration configuration) {
        Set<String> proxies = configuration.dataCentres().stream().flatMap(dc -> dc.proxies().stream())
                .map(address -> IpPrefix.valueOf(address + (address.contains(":") ? "/128" : "/32")).toString())
                .collect(Collectors.toSet());
        for (TePathRequest path : Sites.plan(configuration).paths()) {
            List<TrafficMatch> traffic = new ArrayList<>(path.forwardTraffic());
            traffic.addAll(path.reverseTraffic());
            assertThat(traffic).isNotEmpty().allSatisfy(match -> {
                assertThat(match.ipProtocol()).contains(TCP);
                boolean isRequest = match.destinationPort().isPresent();
                assertThat(match.sourcePort().isPresent()).isNotEqualTo(isRequest);
                assertThat(proxies).contains(
                        (isRequest ? match.ipSource() : match.ipDestination()).orElseThrow().toString());
                assertThat(isRequest ? match.ipDestination() : match.ipSource()).isPresent();
            });
        }
    }

    @Property
    void everyRouteHasAllOrAReason(@ForAll("configurations") MessagingConfiguration configuration) {
        NetworkPlan plan = Sites.plan(configuration);
        Set<String> used = new HashSet<>();
        for (MessageRoute route : configuration.routes()) {
            PlannedRoute planned = plan.route(route).orElseThrow();
            boolean hasReason = planned.absence().isPresent() || planned.obstacle().isPresent();
            assertThat(planned.paths().isEmpty()).isEqualTo(hasReason);
            planned.paths().forEach(path -> {
                assertThat(plan.path(path.request().name())).contains(path.request());
                assertThat(path.isSteeredBy(path.request())).isTrue();
                assertThat(path.request().bandwidth()).isGreaterThanOrEqualTo(route.bandwidth());
                assertThat(path.request().protection().isPresent() || !route.isProtected()).isTrue();
                used.add(path.request().name());
            });
        }
        assertThat(plan.paths()).extracting(TePathRequest::name).containsExactlyInAnyOrderElementsOf(used);
    }

    @Property
    void theOrderOfTheConfigurationDoesNotMatter(@ForAll("configurations") MessagingConfiguration configuration,
                                                 @ForAll Random random) {
        List<MessageRoute> routes = new ArrayList<>(configuration.routes());
        Collections.shuffle(routes, random);
        List<DataCentre> dataCentres = new ArrayList<>(configuration.dataCentres());
        Collections.shuffle(dataCentres, random);
        MessagingConfiguration shuffled = MessagingConfiguration.builder().from(configuration).routes(routes)
                .dataCentres(dataCentres).build();
        assertThat(Sites.plan(shuffled).paths()).containsExactlyElementsOf(Sites.plan(configuration).paths());
    }

    @Property
    void theTrafficOfDifferentPairsIsApart(@ForAll("configurations") MessagingConfiguration configuration) {
        List<TePathRequest> paths = List.copyOf(Sites.plan(configuration).paths());
        for (TePathRequest one : paths) {
            for (TePathRequest other : paths) {
                if (one != other && one.source().equals(other.source()) && one.payload() == other.payload()) {
                    assertThat(one.forwardTraffic()).noneMatch(
                            match -> other.forwardTraffic().stream().anyMatch(match::overlaps));
                }
            }
        }
    }

    /** Up to four data centres, each with its own addresses of either IP version or names. */
    @Provide
    static Arbitrary<MessagingConfiguration> configurations() {
        return Arbitraries.integers().between(2, 4).flatMap(count -> Combinators.combine(
                        IntStream.range(0, count).mapToObj(NetworkPlanTest::dataCentre).collect(Collectors.toList()))
                .as(dataCentres -> dataCentres)
                .flatMap(dataCentres -> routes(count).map(routes -> MessagingConfiguration.builder().version(1)
                        .addAllDataCentres(dataCentres).addAllRoutes(routes).build())));
    }

    private static Arbitrary<DataCentre> dataCentre(int number) {
        List<String> servers = List.of("10." + number + ".0.20:9092", "10." + number + ".0.21:9093",
                                       "kafka" + number + ":9092", "[2001:db8:" + number + "::20]:9092");
        List<String> proxies = List.of("10." + number + ".0.10", "10." + number + ".0.20",
                                       "2001:db8:" + number + "::10");
        List<String> brokers = List.of("10." + number + ".1.0/24:9092", "[2001:db8:" + number + ":1::/64]:9094");
        return Combinators.combine(
                        Arbitraries.of(servers).set().ofMinSize(1), Arbitraries.of(proxies).set().ofMinSize(1),
                        Arbitraries.of(brokers).set(), Arbitraries.of(true, true, true, false))
                .as((listeners, hosts, others, hasGateway) -> DataCentre.builder().name("dc" + number)
                        .addAllBootstrapServers(listeners.stream().sorted().collect(Collectors.toList()))
                        .addAllProxies(hosts.stream().sorted().collect(Collectors.toList()))
                        .addAllBrokers(others.stream().sorted().collect(Collectors.toList()))
                        .addAllGateways(hasGateway ? List.of("of:000000000000000" + (number + 1) + "/1") : List.of())
                        .build());
    }

    private static Arbitrary<List<MessageRoute>> routes(int count) {
        List<MessageRoute> all = new ArrayList<>();
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                if (from != to) {
                    all.add(MessageRoute.builder().from("dc" + from).to("dc" + to).build());
                }
            }
        }
        return Combinators.combine(all.stream().map(NetworkPlanTest::route).collect(Collectors.toList()))
                .as(routes -> routes.stream().flatMap(Optional::stream).collect(Collectors.toList()));
    }

    private static Arbitrary<Optional<MessageRoute>> route(MessageRoute plain) {
        return Combinators.combine(Arbitraries.of(0L, 1_000L, 10_000_000L), Arbitraries.of(true, false),
                                   Arbitraries.of(true, true, false))
                .as((bandwidth, isProtected, isThere) -> isThere ? Optional.of(MessageRoute.builder()
                        .from(plain.from()).to(plain.to())
                        .bandwidth(bandwidth).isProtected(isProtected && bandwidth > 0).build()) : Optional.empty());
    }

    private static TePathRequest onlyPath(MessagingConfiguration configuration) {
        assertThat(Sites.plan(configuration).paths()).hasSize(1);
        return Sites.plan(configuration).paths().iterator().next();
    }

    private static List<TrafficMatch> plain(List<TrafficMatch> traffic) {
        return traffic.stream().map(match -> TrafficMatch.builder().from(match).index(Optional.empty()).build())
                .collect(Collectors.toList());
    }

    private static TrafficMatch turned(TrafficMatch match) {
        return TrafficMatch.builder().ipProtocol(match.ipProtocol())
                .ipSource(match.ipDestination()).ipDestination(match.ipSource())
                .sourcePort(match.destinationPort()).destinationPort(match.sourcePort()).build();
    }

    private static TrafficMatch to(String proxy, String broker, int port) {
        return TrafficMatch.builder().ipProtocol(TCP).ipSource(host(proxy)).ipDestination(host(broker))
                .destinationPort(port).build();
    }

    private static TrafficMatch from(String broker, int port, String proxy) {
        return TrafficMatch.builder().ipProtocol(TCP).ipSource(host(broker)).sourcePort(port)
                .ipDestination(host(proxy)).build();
    }

    private static IpPrefix host(String address) {
        return IpPrefix.valueOf(address + "/32");
    }
}
