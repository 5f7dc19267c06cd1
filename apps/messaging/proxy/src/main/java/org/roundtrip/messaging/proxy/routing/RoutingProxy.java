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

import org.apache.kafka.common.errors.InterruptException;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.TopicNames;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The routing proxy of one data centre: a carrier of its own, with its own clients, for every other data centre that
 * messages can reach, so that one that is dead slows none of the others. It does nothing until it has a configuration.
 * <p>
 * Thread-safe.
 */
public final class RoutingProxy implements AutoCloseable {

    private static final long END_SECONDS = 20;

    private final String dataCentre;
    private final String instance;
    private final Function<String, Map<String, Object>> clients;
    private final Map<Route, Running> running = new HashMap<>();
    private final Duration lease;
    private final InFlightBudget budget = new InFlightBudget(Runtime.getRuntime().maxMemory());
    private volatile Correspondence correspondence;
    private volatile Set<String> groups = Set.of();
    private boolean isClosed;
    private Optional<Heartbeats> heartbeats = Optional.empty();
    private List<String> heartbeatServers = List.of();

    /** What makes another carrier necessary when it changes. */
    private record Route(String to, String via, String topic, int partitions, List<String> localServers,
                         List<String> remoteServers, String compression) {
    }

    private record Running(RouteCarrier carrier, KafkaDeadLetters letters, Thread thread) {
    }

    /**
     * Creates a routing proxy that does nothing yet.
     *
     * @param dataCentre the name of its data centre
     * @param instance   its own name, which no other routing proxy of the data centre has
     * @param clients    by the name of a data centre what the clients of its storage server need, such as the settings
     *                   of TLS and SASL
     */
    public RoutingProxy(String dataCentre, String instance, Function<String, Map<String, Object>> clients) {
        this(dataCentre, instance, clients, CarrierSettings.LEASE);
    }

    RoutingProxy(String dataCentre, String instance, Function<String, Map<String, Object>> clients, Duration lease) {
        this.lease = lease;
        this.dataCentre = dataCentre;
        this.instance = instance;
        this.clients = clients;
    }

    /**
     * Does what a configuration says from now on: carriers that it does not change go on. When it is closed it does
     * nothing any more.
     *
     * @param configuration what follows from the configuration
     */
    public synchronized void configure(Correspondence configuration) {
        if (isClosed) {
            return;
        }
        correspondence = configuration;
        Map<Route, MessageRoute> wanted = wanted(configuration);
        List<Route> unwanted = running.keySet().stream().filter(route -> !wanted.containsKey(route))
                .collect(Collectors.toList());
        groups = wanted.keySet().stream().map(route -> KafkaRouteEnds.group(route.to())).collect(Collectors.toSet());
        budget.divide(wanted.size());
        live(configuration);
        unwanted.forEach(route -> running.get(route).carrier().close());
        unwanted.forEach(route -> end(running.remove(route)));
        wanted.forEach((route, configured) -> {
            RouteCarrier carrier = running.computeIfAbsent(route, this::start).carrier();
            carrier.setPaused(configured.isPaused());
            configuration.order(configured).ifPresent(carrier::follow);
            carrier.configurationChanged();
        });
    }

    private void live(Correspondence configuration) {
        List<String> servers = configuration.dataCentre(dataCentre).map(DataCentre::bootstrapServers).orElse(List.of());
        if (!servers.equals(heartbeatServers)) {
            heartbeats.ifPresent(Heartbeats::close);
            heartbeatServers = servers;
            heartbeats = servers.isEmpty() ? Optional.empty() : Optional.of(new Heartbeats(
                    dataCentre, instance, clients.apply(dataCentre), servers, () -> groups));
        }
    }

    private Map<Route, MessageRoute> wanted(Correspondence configuration) {
        Map<String, DataCentre> known = configuration.configuration().dataCentres().stream().collect(
                Collectors.toMap(DataCentre::name, Function.identity()));
        Map<Route, MessageRoute> wanted = new HashMap<>();
        known.values().forEach(to -> configuration.nextHop(dataCentre, to.name()).ifPresent(hop -> wanted.put(
                new Route(to.name(), hop.to(), TopicNames.publicTopic(to), to.partitions(),
                          known.get(dataCentre).bootstrapServers(), known.get(hop.to()).bootstrapServers(),
                          hop.compression().name().toLowerCase(Locale.ROOT)), hop)));
        return wanted;
    }

    private Running start(Route route) {
        CarrierSettings settings = CarrierSettings.of(dataCentre, route.to(), route.via(), route.topic(), budget)
                .withLease(lease);
        Map<String, Object> local = clients.apply(dataCentre);
        KafkaDeadLetters letters = new KafkaDeadLetters(local, route.localServers(), dataCentre, route.to());
        KafkaRouteEnds ends = new KafkaRouteEnds(local, route.localServers(), clients.apply(route.via()),
                                                 route.remoteServers(), settings, route.partitions(), instance,
                                                 route.compression(), letters,
                                                 new FormerWay(route.to(), () -> correspondence, clients));
        RouteCarrier carrier = new RouteCarrier(settings, ends, new ConfiguredOnward(() -> correspondence,
                                                                                     route.via()),
                                                Clock.systemUTC(), System::nanoTime, step -> { });
        Thread thread = new Thread(carrier, "route-to-" + route.to());
        thread.start();
        return new Running(carrier, letters, thread);
    }

    private static void end(Running ended) {
        try {
            ended.thread().join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } finally {
            ended.letters().close();
        }
    }

    /**
     * Returns what its routes do.
     *
     * @return a report for each route that leaves its data centre
     */
    public synchronized List<RouteReport> reports() {
        return RouteReports.of(running.values().stream().map(each -> each.carrier().report())
                                       .collect(Collectors.toList()));
    }

    /** Ends all carriers, after what is on its way has arrived, or after some seconds. */
    @Override
    public synchronized void close() {
        isClosed = true;
        running.values().forEach(each -> each.carrier().close());
        new ArrayList<>(running.values()).forEach(RoutingProxy::end);
        running.clear();
        heartbeats.ifPresent(Heartbeats::close);
        heartbeats = Optional.empty();
        heartbeatServers = List.of();
    }
}
