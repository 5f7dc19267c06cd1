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
package org.roundtrip.messaging.compute;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What becomes of a configuration when one thing of it is changed. The version stays: who keeps the configuration
 * decides whether something has changed. What comes out need not hold together.
 */
public final class ConfigurationEdits {

    private ConfigurationEdits() {
    }

    /**
     * Puts a data centre in the place of the one of its name, or behind all others.
     *
     * @param configuration the configuration
     * @param dataCentre    the data centre
     * @return the configuration with it
     */
    public static MessagingConfiguration put(MessagingConfiguration configuration, DataCentre dataCentre) {
        return copy(configuration).dataCentres(put(configuration.dataCentres(), dataCentre, DataCentre::name)).build();
    }

    /**
     * Puts an application in the place of the one of its name, or behind all others.
     *
     * @param configuration the configuration
     * @param application   the application
     * @return the configuration with it
     */
    public static MessagingConfiguration put(MessagingConfiguration configuration, Application application) {
        return copy(configuration).applications(put(configuration.applications(), application, Application::name))
                .build();
    }

    /**
     * Puts a queue in the place of the one of its name, or behind all others.
     *
     * @param configuration the configuration
     * @param queue         the queue
     * @return the configuration with it
     */
    public static MessagingConfiguration put(MessagingConfiguration configuration, MessageQueue queue) {
        return copy(configuration).queues(put(configuration.queues(), queue, MessageQueue::name)).build();
    }

    /**
     * Puts a route in the place of the one with its ends, or behind all others.
     *
     * @param configuration the configuration
     * @param route         the route
     * @return the configuration with it
     */
    public static MessagingConfiguration put(MessagingConfiguration configuration, MessageRoute route) {
        return copy(configuration).routes(put(configuration.routes(), route, ConfigurationEdits::ends)).build();
    }

    /**
     * Takes a data centre away.
     *
     * @param configuration the configuration
     * @param name          the name of the data centre
     * @return the configuration without it
     * @throws NotFoundException if there is none
     */
    public static MessagingConfiguration removeDataCentre(MessagingConfiguration configuration, String name) {
        return copy(configuration).dataCentres(remove(configuration.dataCentres(), name, DataCentre::name, () ->
                new NotFoundException("name", "there is no data centre '" + name + "'"))).build();
    }

    /**
     * Takes an application away.
     *
     * @param configuration the configuration
     * @param name          the name of the application
     * @return the configuration without it
     * @throws NotFoundException if there is none
     */
    public static MessagingConfiguration removeApplication(MessagingConfiguration configuration, String name) {
        return copy(configuration).applications(remove(configuration.applications(), name, Application::name, () ->
                new NotFoundException("name", "there is no application '" + name + "'"))).build();
    }

    /**
     * Takes a queue away.
     *
     * @param configuration the configuration
     * @param name          the name of the queue
     * @return the configuration without it
     * @throws NotFoundException if there is none
     */
    public static MessagingConfiguration removeQueue(MessagingConfiguration configuration, String name) {
        return copy(configuration).queues(remove(configuration.queues(), name, MessageQueue::name, () ->
                new NotFoundException("name", "there is no queue '" + name + "'"))).build();
    }

    /**
     * Takes a route away, and what was ordered for it.
     *
     * @param configuration the configuration
     * @param from          where it begins
     * @param to            where it ends
     * @return the configuration without it
     * @throws NotFoundException if there is none
     */
    public static MessagingConfiguration removeRoute(MessagingConfiguration configuration, String from, String to) {
        return copy(configuration)
                .routes(remove(configuration.routes(), List.of(from, to), ConfigurationEdits::ends,
                               () -> noRoute(from, to)))
                .orders(configuration.orders().stream().filter(order -> !ends(order).equals(List.of(from, to)))
                                .collect(Collectors.toList()))
                .build();
    }

    /**
     * Holds a route, or lets it go on.
     *
     * @param configuration the configuration
     * @param from          where it begins
     * @param to            where it ends
     * @param paused        whether it is held
     * @return the configuration with the route so
     * @throws NotFoundException if there is no such route
     */
    public static MessagingConfiguration pause(MessagingConfiguration configuration, String from, String to,
                                               boolean paused) {
        return put(configuration, route(configuration, from, to).withPaused(paused));
    }

    /**
     * Orders a route to move. The order has the number of the version that the configuration becomes by it.
     *
     * @param configuration the configuration
     * @param from          where it begins
     * @param to            where it ends
     * @param move          in which direction
     * @param since         when the first message was stored that is sent next
     * @return the configuration with the order in the place of an earlier one
     * @throws NotFoundException if there is no such route
     */
    public static MessagingConfiguration order(MessagingConfiguration configuration, String from, String to,
                                               RouteOrder.Move move, Instant since) {
        MessageRoute route = route(configuration, from, to);
        RouteOrder order = RouteOrder.builder().from(route.from()).to(route.to()).number(configuration.version() + 1)
                .move(move).since(since).build();
        return copy(configuration).orders(put(configuration.orders(), order, ConfigurationEdits::ends)).build();
    }

    /**
     * Puts another configuration in the place of one. Orders are kept for the routes that stay.
     *
     * @param configuration the configuration
     * @param next          what comes in its place, with the same orders or none
     * @return the other configuration with the version and the orders of this one
     * @throws InvalidRequestException if it has orders that were not given
     */
    public static MessagingConfiguration replace(MessagingConfiguration configuration, MessagingConfiguration next) {
        if (!configuration.orders().containsAll(next.orders())) {
            throw new InvalidRequestException("orders", "are given by rewinding and skipping only: leave them out, or"
                    + " as they are");
        }
        List<List<String>> routes = next.routes().stream().map(ConfigurationEdits::ends).collect(Collectors.toList());
        return copy(next).version(configuration.version())
                .orders(configuration.orders().stream().filter(order -> routes.contains(ends(order)))
                                .collect(Collectors.toList()))
                .build();
    }

    private static MessageRoute route(MessagingConfiguration configuration, String from, String to) {
        return configuration.routes().stream()
                .filter(route -> ends(route).equals(List.of(from, to)))
                .findFirst()
                .orElseThrow(() -> noRoute(from, to));
    }

    private static NotFoundException noRoute(String from, String to) {
        return new NotFoundException("from", "there is no route from '" + from + "' to '" + to + "'");
    }

    private static List<String> ends(MessageRoute route) {
        return List.of(route.from(), route.to());
    }

    private static List<String> ends(RouteOrder order) {
        return List.of(order.from(), order.to());
    }

    private static MessagingConfiguration.Builder copy(MessagingConfiguration configuration) {
        return MessagingConfiguration.builder().from(configuration);
    }

    private static <T, K> List<T> put(List<T> items, T item, Function<T, K> key) {
        List<T> changed = new ArrayList<>(items);
        IntStream.range(0, items.size())
                .filter(i -> key.apply(items.get(i)).equals(key.apply(item)))
                .findFirst()
                .ifPresentOrElse(i -> changed.set(i, item), () -> changed.add(item));
        return changed;
    }

    private static <T, K> List<T> remove(List<T> items, K gone, Function<T, K> key,
                                         Supplier<NotFoundException> absent) {
        List<T> changed = new ArrayList<>(items);
        if (!changed.removeIf(item -> key.apply(item).equals(gone))) {
            throw absent.get();
        }
        return changed;
    }
}
