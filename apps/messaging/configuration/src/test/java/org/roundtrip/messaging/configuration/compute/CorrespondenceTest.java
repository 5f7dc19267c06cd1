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
package org.roundtrip.messaging.configuration.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.Configurations;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundtrip.messaging.configuration.Configurations.application;
import static org.roundtrip.messaging.configuration.Configurations.dataCentre;
import static org.roundtrip.messaging.configuration.Configurations.queue;
import static org.roundtrip.messaging.configuration.Configurations.route;
import static org.roundtrip.messaging.configuration.Configurations.shop;

class CorrespondenceTest {

    private static final List<String> PLACES = List.of("a", "b", "c", "d", "e", "f");

    @Test
    void knowsWhereMessagesGo() {
        Correspondence correspondence = Correspondence.of(shop());
        assertThat(correspondence.destination("shop", "billing")).isEqualTo(
                Destination.builder().queue("orders").dataCentre("south").privateTopic("roundtrip.private.orders")
                        .publicTopic("roundtrip.public.south").addBootstrapServers("kafka.south:9092").build());
        assertThat(correspondence.nextHop("north", "south")).contains(route("north", "south", 10));
        assertThat(correspondence.queuesProcessedIn("north")).containsExactly(queue("receipts", "shop", "billing"));
        assertThat(correspondence.routesFrom("south")).containsExactly(route("south", "north", 10));
    }

    @Test
    void takesTheTopicsThatAreConfigured() {
        Correspondence correspondence = Correspondence.of(
                MessagingConfiguration.builder().from(shop())
                        .dataCentres(List.of(dataCentre("north"), DataCentre.builder().from(dataCentre("south"))
                                .publicTopic("to-south").build()))
                        .queues(List.of(MessageQueue.builder().from(queue("orders", "billing", "shop"))
                                                .privateTopic("billing.orders").build()))
                        .build());
        assertThat(correspondence.destination("shop", "billing"))
                .extracting(Destination::privateTopic, Destination::publicTopic)
                .containsExactly("billing.orders", "to-south");
    }

    @Test
    void saysWhyMessagesGoNowhere() {
        Correspondence correspondence = Correspondence.of(
                MessagingConfiguration.builder().from(shop()).addApplications(application("audit", "north")).build());
        assertThat(unknown(correspondence, "nobody", "billing"))
                .containsExactly(FieldError.of("sender", "there is no application 'nobody'"));
        assertThat(unknown(correspondence, "shop", "nobody"))
                .containsExactly(FieldError.of("processor", "there is no application 'nobody'"));
        assertThat(unknown(correspondence, "shop", "audit"))
                .containsExactly(FieldError.of("processor", "'shop' has no queue to 'audit': add it to the senders of "
                        + "a queue that 'audit' processes"));
    }

    private static List<FieldError> unknown(Correspondence correspondence, String sender, String processor) {
        return catchThrowableOfType(() -> correspondence.destination(sender, processor), NotFoundException.class)
                .errors();
    }

    @Test
    void leavesOutRoutesThatNobodyNeeds() {
        Correspondence correspondence = Correspondence.of(builder().addRoutes(
                route("a", "b", 1), route("b", "c", 1), route("a", "c", 3), route("c", "a", 1)).build());
        assertThat(correspondence.way("a", "c")).containsExactly(route("a", "b", 1), route("b", "c", 1));
        assertThat(correspondence.way("a", "a")).isEmpty();
        assertThat(correspondence.way("a", "d")).isEmpty();
        assertThat(correspondence.dataCentresBeyond(route("a", "b", 1))).extracting(DataCentre::name)
                .containsExactly("b", "c");
        assertThat(correspondence.dataCentresBeyond(route("a", "c", 3))).isEmpty();
    }

    @Test
    void takesOfEqualWaysTheOneThatComesFirstByName() {
        assertThat(Correspondence.of(builder().addRoutes(
                route("a", "d", 1), route("d", "f", 1), route("a", "b", 1), route("b", "f", 1),
                route("a", "f", 2)).build()).nextHop("a", "f")).contains(route("a", "b", 1));
    }

    @Property(tries = 500)
    void takesTheCheapestWay(@ForAll("routes") List<MessageRoute> routes) {
        Correspondence correspondence = Correspondence.of(builder().routes(routes).build());
        for (String from : PLACES) {
            for (String to : PLACES) {
                if (!from.equals(to)) {
                    List<MessageRoute> way = correspondence.way(from, to);
                    assertThat(way.isEmpty() ? OptionalLong.empty() : OptionalLong.of(cost(way)))
                            .isEqualTo(cheapest(routes, from, to, Set.of()));
                    assertThat(correspondence.nextHop(from, to)).isEqualTo(way.stream().findFirst());
                }
            }
        }
    }

    @Property(tries = 500)
    void doesNotDependOnTheOrderOfRoutes(@ForAll("routes") List<MessageRoute> routes) {
        List<MessageRoute> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparing(MessageRoute::toString));
        Correspondence one = Correspondence.of(builder().routes(routes).build());
        Correspondence other = Correspondence.of(builder().routes(sorted).build());
        for (String from : PLACES) {
            for (String to : PLACES) {
                assertThat(one.way(from, to)).isEqualTo(other.way(from, to));
            }
        }
    }

    @Property(tries = 500)
    void leadsEveryMessageOfAValidConfigurationToItsEnd(@ForAll("routes") List<MessageRoute> routes,
                                                        @ForAll("queues") List<MessageQueue> queues) {
        MessagingConfiguration configuration = builder().routes(routes).queues(queues)
                .addAllApplications(PLACES.stream().map(place -> application("at-" + place, place))
                                            .collect(Collectors.toList()))
                .build();
        Optional<Correspondence> valid = valid(configuration);
        boolean possible = queues.stream().allMatch(queue -> queue.senders().stream().allMatch(
                sender -> sender.equals(queue.processor())
                        || cheapest(routes, sender.substring(3), queue.processor().substring(3), Set.of())
                        .isPresent()));
        assertThat(valid.isPresent()).isEqualTo(possible);
        valid.ifPresent(correspondence -> queues.forEach(queue -> queue.senders().forEach(
                sender -> walk(correspondence, sender, queue.processor()))));
    }

    /** Goes as a message goes: at each data centre by what that one knows. */
    private static void walk(Correspondence correspondence, String sender, String processor) {
        String to = correspondence.destination(sender, processor).dataCentre();
        String place = correspondence.application(sender).orElseThrow().dataCentre();
        Set<String> visited = new HashSet<>();
        while (!place.equals(to)) {
            assertThat(visited.add(place)).as("a loop at %s from %s to %s", place, sender, processor).isTrue();
            place = correspondence.nextHop(place, to).orElseThrow().to();
        }
    }

    private static Optional<Correspondence> valid(MessagingConfiguration configuration) {
        try {
            return Optional.of(Correspondence.of(configuration));
        } catch (InvalidRequestException e) {
            assertThat(e.errors()).allSatisfy(
                    error -> assertThat(error.field()).matches("queues\\[\\d+\\]\\.senders\\[\\d+\\]"));
            return Optional.empty();
        }
    }

    private static long cost(List<MessageRoute> way) {
        return way.stream().mapToLong(MessageRoute::cost).sum();
    }

    /** Tries every way that passes no data centre twice. */
    private static OptionalLong cheapest(List<MessageRoute> routes, String from, String to, Set<String> visited) {
        if (from.equals(to)) {
            return OptionalLong.of(0);
        }
        Set<String> seen = new HashSet<>(visited);
        seen.add(from);
        return routes.stream()
                .filter(route -> route.from().equals(from) && !seen.contains(route.to()))
                .map(route -> beyond(route, cheapest(routes, route.to(), to, seen)))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    private static OptionalLong beyond(MessageRoute route, OptionalLong rest) {
        return rest.isPresent() ? OptionalLong.of(rest.getAsLong() + route.cost()) : rest;
    }

    @Provide
    Arbitrary<List<MessageRoute>> routes() {
        return Combinators.combine(Arbitraries.of(PLACES), Arbitraries.of(PLACES), Arbitraries.integers().between(1, 5))
                .as((from, to, cost) -> List.of(from, to, cost.toString()))
                .filter(route -> !route.get(0).equals(route.get(1)))
                .list().ofMaxSize(14)
                .map(routes -> {
                    Map<List<String>, MessageRoute> distinct = new LinkedHashMap<>();
                    routes.forEach(route -> distinct.putIfAbsent(
                            route.subList(0, 2), route(route.get(0), route.get(1), Integer.parseInt(route.get(2)))));
                    return List.copyOf(distinct.values());
                });
    }

    @Provide
    Arbitrary<List<MessageQueue>> queues() {
        return Combinators.combine(Arbitraries.of(PLACES), Arbitraries.of(PLACES))
                .as((sender, processor) -> List.of(sender, processor))
                .set().ofMaxSize(3)
                .map(ends -> ends.stream().map(end -> queue(end.get(0) + "-" + end.get(1), "at-" + end.get(1),
                                                            "at-" + end.get(0))).collect(Collectors.toList()));
    }

    private static MessagingConfiguration.Builder builder() {
        return MessagingConfiguration.builder().version(1).dataCentres(
                PLACES.stream().map(Configurations::dataCentre).collect(Collectors.toList()));
    }

    @Test
    void refusesNamesThatAreThereTwice() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addDataCentres(
                DataCentre.builder().name("north").addBootstrapServers("other:1").build()), "data-centres[2].name");
        assertRefused(MessagingConfiguration.builder().from(shop()).addApplications(application("shop", "south")),
                      "applications[2].name");
        assertRefused(MessagingConfiguration.builder().from(shop()).addApplications(application("x", "south"))
                              .addQueues(queue("orders", "shop", "x")), "queues[2].name");
        assertRefused(MessagingConfiguration.builder().from(shop()).addRoutes(route("north", "south", 3)), "routes[2]");
    }

    @Test
    void refusesNamesThatNobodyHas() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addApplications(application("x", "east")),
                      "applications[2].data-centre");
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(queue("x", "nobody", "shop")),
                      "queues[2].processor");
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(queue("x", "shop", "shop", "nobody")),
                      "queues[2].senders[1]");
        assertRefused(MessagingConfiguration.builder().from(shop()).addRoutes(route("east", "west", 1)),
                      "routes[2].from", "routes[2].to");
    }

    @Test
    void refusesAQueueWithoutSenders() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(queue("x", "shop")), "queues[2].senders");
    }

    @Test
    void refusesTwoQueuesForOneSenderAndProcessor() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(queue("x", "billing", "billing", "shop")),
                      "queues[2].senders[1]");
    }

    @Test
    void refusesAStorageServerOfTwoDataCentres() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addDataCentres(
                DataCentre.builder().name("east").addBootstrapServers("east:1", "kafka.south:9092").build()),
                      "data-centres[2].bootstrap-servers[1]");
    }

    @Test
    void refusesATokenOfTwoApplications() {
        String digest = "0a".repeat(32);
        assertRefused(MessagingConfiguration.builder().from(shop()).addApplications(
                Application.builder().name("x").dataCentre("north").addTokens(digest).build(),
                Application.builder().name("y").dataCentre("north").addTokens("0b".repeat(32), digest).build()),
                      "applications[3].tokens[1]");
    }

    @Test
    void refusesTopicsThatCollide() {
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(
                MessageQueue.builder().from(queue("x", "shop", "shop")).privateTopic("roundtrip.private.receipts")
                        .build()), "queues[2].private-topic");
        // Kafka refuses these as well.
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(
                MessageQueue.builder().from(queue("x", "shop", "shop")).privateTopic("roundtrip_private_receipts")
                        .build()), "queues[2].private-topic");
        // The public topic of south is in north, where receipts are processed.
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(
                MessageQueue.builder().from(queue("x", "shop", "shop")).privateTopic("roundtrip.public.south")
                        .build()), "queues[2].private-topic");
        assertThat(Correspondence.of(MessagingConfiguration.builder().from(shop()).addQueues(
                MessageQueue.builder().from(queue("x", "shop", "shop")).privateTopic("roundtrip.public.north")
                        .build()).build()).queue("x")).isPresent();
        assertRefused(MessagingConfiguration.builder().from(shop()).addQueues(queue("to-south", "shop", "shop")),
                      "queues[2].private-topic");
    }

    @Test
    void refusesAMessageWithoutAWay() {
        MessagingConfiguration oneWay = MessagingConfiguration.builder().from(shop())
                .routes(List.of(route("north", "south", 1))).build();
        assertThat(catchThrowableOfType(() -> Correspondence.of(oneWay), InvalidRequestException.class).errors())
                .containsExactly(FieldError.of("queues[1].senders[0]", "its messages have no way: no routes lead from "
                        + "'south' to 'north'; add a route, or routes by way of other data centres"));
    }

    @Test
    void refusesAWayOfTooManyRoutes() {
        List<String> places = IntStream.rangeClosed(0, 9).mapToObj(i -> "p" + i).collect(Collectors.toList());
        MessagingConfiguration.Builder line = MessagingConfiguration.builder().version(1)
                .dataCentres(places.stream().map(Configurations::dataCentre).collect(Collectors.toList()))
                .routes(IntStream.range(0, 9).mapToObj(i -> route("p" + i, "p" + (i + 1), 1))
                                .collect(Collectors.toList()))
                .addApplications(application("x", "p0"), application("y", "p8"), application("z", "p9"));
        assertThat(Correspondence.of(line.queues(List.of(queue("q", "y", "x"))).build()).way("p0", "p8")).hasSize(8);
        assertRefused(line.queues(List.of(queue("q", "z", "x"))), "queues[0].senders[0]");
    }

    @Test
    void refusesANetworkThatBeginsNowhere() {
        MessageRoute route = MessageRoute.builder().from("north").to("south").bandwidth(1_000_000).build();
        assertRefused(MessagingConfiguration.builder().from(shop()).routes(List.of(route, route("south", "north", 1))),
                      "routes[0].bandwidth", "routes[0].bandwidth", "routes[0].bandwidth", "routes[0].bandwidth");
    }

    @Test
    void refusesOrdersThatNobodyGave() {
        RouteOrder order = order("south", 7);
        assertThat(Correspondence.of(MessagingConfiguration.builder().from(shop()).addOrders(order).build())
                           .order(route("north", "south", 10))).contains(order);
        assertRefused(MessagingConfiguration.builder().from(shop()).addOrders(order, order), "orders[1]");
        assertRefused(MessagingConfiguration.builder().from(shop()).addOrders(order("east", 7)), "orders[0]");
        assertRefused(MessagingConfiguration.builder().from(shop()).addOrders(order("south", 8)), "orders[0].number");
    }

    private static RouteOrder order(String to, long number) {
        return RouteOrder.builder().from("north").to(to).number(number).move(RouteOrder.Move.SKIP).since(Instant.EPOCH)
                .build();
    }

    private static void assertRefused(MessagingConfiguration.Builder configuration, String... fields) {
        MessagingConfiguration built = configuration.build();
        InvalidRequestException refusal = catchThrowableOfType(() -> Correspondence.of(built),
                                                               InvalidRequestException.class);
        assertThat(refusal).isNotNull();
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly(fields);
    }
}
