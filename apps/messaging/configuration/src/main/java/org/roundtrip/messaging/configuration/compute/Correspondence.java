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

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A configuration that holds together, and what proxies ask it: in which queue the messages of one application to
 * another are, where that is processed, and by which way they get there.
 * <p>
 * Immutable. Every question takes the time of a look into a hash table, except {@link #way}, which takes one for each
 * route of the way.
 */
public final class Correspondence {

    /** How many routes a message takes at most. */
    public static final int MAXIMUM_HOPS = 8;

    private final MessagingConfiguration configuration;
    private final Map<String, DataCentre> dataCentres;
    private final Map<String, Application> applications;
    private final Map<String, MessageQueue> queues;
    private final Map<List<String>, Destination> destinations = new HashMap<>();
    private final Map<List<String>, RouteOrder> orders;
    private final CheapestWays ways;

    private Correspondence(MessagingConfiguration configuration) {
        this.configuration = configuration;
        dataCentres = byName(configuration.dataCentres(), DataCentre::name);
        applications = byName(configuration.applications(), Application::name);
        queues = byName(configuration.queues(), MessageQueue::name);
        orders = byName(configuration.orders(), order -> List.of(order.from(), order.to()));
        ways = new CheapestWays(configuration.routes());
        queues.values().forEach(queue -> queue.senders().forEach(
                sender -> destinations.put(List.of(sender, queue.processor()), destination(queue))));
    }

    private static <K, T> Map<K, T> byName(Collection<T> things, Function<T, K> name) {
        return things.stream().collect(Collectors.toMap(name, Function.identity(), (one, other) -> one,
                                                        LinkedHashMap::new));
    }

    private Destination destination(MessageQueue queue) {
        DataCentre dataCentre = dataCentres.get(applications.get(queue.processor()).dataCentre());
        return Destination.builder()
                .queue(queue.name())
                .dataCentre(dataCentre.name())
                .privateTopic(TopicNames.privateTopic(queue))
                .publicTopic(TopicNames.publicTopic(dataCentre))
                .bootstrapServers(dataCentre.bootstrapServers())
                .build();
    }

    /**
     * Returns what follows from a configuration.
     *
     * @param configuration the configuration
     * @return the correspondence
     * @throws InvalidRequestException if its parts do not fit together: names everything that is wrong by its path,
     *                                 such as {@code queues[2].processor}
     */
    public static Correspondence of(MessagingConfiguration configuration) {
        ConfigurationCheck.check(configuration);
        return new Correspondence(configuration);
    }

    /**
     * Returns that from which it follows.
     *
     * @return the configuration
     */
    public MessagingConfiguration configuration() {
        return configuration;
    }

    /**
     * Returns where the messages of one application to another go.
     *
     * @param sender    the name of the sending application
     * @param processor the name of the application that they are for
     * @return where they go
     * @throws NotFoundException if there is no such application (field {@code sender} or {@code processor}), or no
     *                           queue of theirs (field {@code processor})
     */
    public Destination destination(String sender, String processor) {
        Destination destination = destinations.get(List.of(sender, processor));
        if (destination == null) {
            throw noDestination(sender, processor);
        }
        return destination;
    }

    private NotFoundException noDestination(String sender, String processor) {
        if (!applications.containsKey(sender)) {
            return unknownApplication("sender", sender);
        }
        if (!applications.containsKey(processor)) {
            return unknownApplication("processor", processor);
        }
        return new NotFoundException("processor", "'" + sender + "' has no queue to '" + processor
                + "': add it to the senders of a queue that '" + processor + "' processes");
    }

    private static NotFoundException unknownApplication(String field, String name) {
        return new NotFoundException(field, "there is no application '" + name + "'");
    }

    /**
     * Returns which route messages take next: the first of the cheapest way, and of ways that cost the same the one
     * whose next data centre comes first by name.
     *
     * @param from the data centre in which they are
     * @param to   the data centre that processes them
     * @return the route, or empty if there is no way, or they are there already
     */
    public Optional<MessageRoute> nextHop(String from, String to) {
        return ways.nextHop(from, to);
    }

    /**
     * Returns the whole way of messages.
     *
     * @param from the data centre in which they are
     * @param to   the data centre that processes them
     * @return the routes in the order in which they are taken; none if there is no way, or they are there already
     */
    public List<MessageRoute> way(String from, String to) {
        return ways.way(from, to);
    }

    /**
     * Returns for which data centres messages take a route.
     *
     * @param route a route of the configuration
     * @return the data centres that process them, the end of the route among them if it is the cheapest way there
     */
    public List<DataCentre> dataCentresBeyond(MessageRoute route) {
        return dataCentres.values().stream()
                .filter(dataCentre -> nextHop(route.from(), dataCentre.name()).equals(Optional.of(route)))
                .collect(Collectors.toList());
    }

    /**
     * Returns the routes that begin in a data centre.
     *
     * @param dataCentre the name of the data centre
     * @return the routes in the order of the configuration
     */
    public List<MessageRoute> routesFrom(String dataCentre) {
        return configuration.routes().stream()
                .filter(route -> route.from().equals(dataCentre))
                .collect(Collectors.toList());
    }

    /**
     * Returns the queues that a data centre processes.
     *
     * @param dataCentre the name of the data centre
     * @return the queues in the order of the configuration
     */
    public List<MessageQueue> queuesProcessedIn(String dataCentre) {
        return queues.values().stream()
                .filter(queue -> applications.get(queue.processor()).dataCentre().equals(dataCentre))
                .collect(Collectors.toList());
    }

    /**
     * Returns what operators have ordered for a route last.
     *
     * @param route a route of the configuration
     * @return the order, or empty if there was none
     */
    public Optional<RouteOrder> order(MessageRoute route) {
        return Optional.ofNullable(orders.get(List.of(route.from(), route.to())));
    }

    /**
     * Returns a data centre.
     *
     * @param name its name
     * @return the data centre, or empty if there is none of that name
     */
    public Optional<DataCentre> dataCentre(String name) {
        return Optional.ofNullable(dataCentres.get(name));
    }

    /**
     * Returns an application.
     *
     * @param name its name
     * @return the application, or empty if there is none of that name
     */
    public Optional<Application> application(String name) {
        return Optional.ofNullable(applications.get(name));
    }

    /**
     * Returns a queue.
     *
     * @param name its name
     * @return the queue, or empty if there is none of that name
     */
    public Optional<MessageQueue> queue(String name) {
        return Optional.ofNullable(queues.get(name));
    }
}
