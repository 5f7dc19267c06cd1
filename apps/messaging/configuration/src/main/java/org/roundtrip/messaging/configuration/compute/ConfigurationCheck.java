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
import org.roundtrip.base.Validation;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the parts of a configuration fit together. What they are by themselves they have checked when they were made.
 */
final class ConfigurationCheck {

    private final MessagingConfiguration configuration;
    private final Validation validation = new Validation();
    private final Map<String, DataCentre> dataCentres = new HashMap<>();
    private final Map<String, Application> applications = new HashMap<>();

    private ConfigurationCheck(MessagingConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Refuses a configuration whose parts do not fit.
     *
     * @param configuration the configuration
     * @throws InvalidRequestException naming everything that is wrong; ways and topics are looked at only when all
     *                                 names are right
     */
    static void check(MessagingConfiguration configuration) {
        ConfigurationCheck check = new ConfigurationCheck(configuration);
        check.dataCentres();
        check.applications();
        check.queues();
        check.routes();
        check.orders();
        check.validation.throwIfInvalid();
        check.topics();
        check.ways();
        check.validation.throwIfInvalid();
    }

    private void dataCentres() {
        Map<String, String> servers = new HashMap<>();
        for (int i = 0; i < configuration.dataCentres().size(); i++) {
            DataCentre dataCentre = configuration.dataCentres().get(i);
            String path = "data-centres[" + i + "]";
            validation.require(dataCentres.putIfAbsent(dataCentre.name(), dataCentre) == null, path + ".name",
                               "there is another data centre '" + dataCentre.name() + "'");
            for (int s = 0; s < dataCentre.bootstrapServers().size(); s++) {
                String server = dataCentre.bootstrapServers().get(s);
                String other = servers.putIfAbsent(server, dataCentre.name());
                validation.require(other == null, path + ".bootstrap-servers[" + s + "]",
                                   server + " is in the storage server of '" + other
                                           + "' already: every data centre has its own");
            }
        }
    }

    private void applications() {
        Map<String, String> tokens = new HashMap<>();
        for (int i = 0; i < configuration.applications().size(); i++) {
            Application application = configuration.applications().get(i);
            String path = "applications[" + i + "]";
            validation.require(applications.putIfAbsent(application.name(), application) == null, path + ".name",
                               "there is another application '" + application.name() + "'");
            requireDataCentre(application.dataCentre(), path + ".data-centre");
            for (int t = 0; t < application.tokens().size(); t++) {
                String other = tokens.putIfAbsent(application.tokens().get(t), application.name());
                validation.require(other == null, path + ".tokens[" + t + "]",
                                   "is a token of '" + other + "' already: nobody could tell whose it is");
            }
        }
    }

    private void queues() {
        Set<String> names = new HashSet<>();
        Map<List<String>, String> queues = new HashMap<>();
        for (int i = 0; i < configuration.queues().size(); i++) {
            MessageQueue queue = configuration.queues().get(i);
            String path = "queues[" + i + "]";
            validation.require(names.add(queue.name()), path + ".name",
                               "there is another queue '" + queue.name() + "'");
            requireApplication(queue.processor(), path + ".processor");
            validation.require(!queue.senders().isEmpty(), path + ".senders", "must name at least one application");
            for (int s = 0; s < queue.senders().size(); s++) {
                String sender = queue.senders().get(s);
                requireApplication(sender, path + ".senders[" + s + "]");
                String other = queues.putIfAbsent(List.of(sender, queue.processor()), queue.name());
                validation.require(other == null, path + ".senders[" + s + "]",
                                   "what '" + sender + "' sends to '" + queue.processor() + "' is in queue '" + other
                                           + "' already");
            }
        }
    }

    private void routes() {
        Set<List<String>> ends = new HashSet<>();
        for (int i = 0; i < configuration.routes().size(); i++) {
            MessageRoute route = configuration.routes().get(i);
            String path = "routes[" + i + "]";
            requireDataCentre(route.from(), path + ".from");
            requireDataCentre(route.to(), path + ".to");
            validation.require(ends.add(List.of(route.from(), route.to())), path,
                               "there is another route from '" + route.from() + "' to '" + route.to() + "'");
            if (route.bandwidth() > 0) {
                requireNetwork(route.from(), path);
                requireNetwork(route.to(), path);
            }
        }
    }

    private void orders() {
        Set<List<String>> routes = configuration.routes().stream()
                .map(route -> List.of(route.from(), route.to()))
                .collect(Collectors.toSet());
        Set<List<String>> ordered = new HashSet<>();
        for (int i = 0; i < configuration.orders().size(); i++) {
            RouteOrder order = configuration.orders().get(i);
            List<String> ends = List.of(order.from(), order.to());
            String path = "orders[" + i + "]";
            validation.require(routes.contains(ends), path,
                               "there is no route from '" + order.from() + "' to '" + order.to() + "'");
            validation.require(ordered.add(ends), path, "there is another order for this route");
            validation.require(order.number() <= configuration.version(), path + ".number",
                               "must be the version with which it was given, at most " + configuration.version());
        }
    }

    private void topics() {
        Map<String, Map<String, String>> users = dataCentres.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), name -> new HashMap<>()));
        for (int i = 0; i < configuration.dataCentres().size(); i++) {
            DataCentre dataCentre = configuration.dataCentres().get(i);
            for (DataCentre other : configuration.dataCentres()) {
                if (!other.name().equals(dataCentre.name())) {
                    Map<String, String> there = users.get(other.name());
                    String what = "data centre '" + dataCentre.name() + "'";
                    String path = "data-centres[" + i + "].public-topic";
                    requireTopic(there, TopicNames.publicTopic(dataCentre), what, path, other.name());
                    requireTopic(there, TopicNames.deadLettersTo(dataCentre), "the dead letters to " + what, path,
                                 other.name());
                }
            }
        }
        for (int i = 0; i < configuration.queues().size(); i++) {
            MessageQueue queue = configuration.queues().get(i);
            String place = applications.get(queue.processor()).dataCentre();
            String what = "queue '" + queue.name() + "'";
            String path = "queues[" + i + "].private-topic";
            requireTopic(users.get(place), TopicNames.privateTopic(queue), what, path, place);
            requireTopic(users.get(place), TopicNames.deadLetters(queue), "the dead letters of " + what, path, place);
        }
    }

    private void ways() {
        CheapestWays ways = new CheapestWays(configuration.routes());
        for (int i = 0; i < configuration.queues().size(); i++) {
            MessageQueue queue = configuration.queues().get(i);
            String to = applications.get(queue.processor()).dataCentre();
            for (int s = 0; s < queue.senders().size(); s++) {
                String from = applications.get(queue.senders().get(s)).dataCentre();
                if (!from.equals(to)) {
                    requireWay(ways.way(from, to), from, to, "queues[" + i + "].senders[" + s + "]");
                }
            }
        }
    }

    private void requireWay(List<MessageRoute> way, String from, String to, String path) {
        validation.require(!way.isEmpty(), path, "its messages have no way: no routes lead from '" + from + "' to '"
                + to + "'; add a route, or routes by way of other data centres");
        validation.require(way.size() <= Correspondence.MAXIMUM_HOPS, path, "the cheapest way from '" + from
                + "' to '" + to + "' takes " + way.size() + " routes, and at most " + Correspondence.MAXIMUM_HOPS
                + " are possible: make a shorter way cheaper");
    }

    private void requireDataCentre(String name, String path) {
        validation.require(dataCentres.containsKey(name), path, "there is no data centre '" + name + "'");
    }

    private void requireApplication(String name, String path) {
        validation.require(applications.containsKey(name), path, "there is no application '" + name + "'");
    }

    private void requireNetwork(String name, String path) {
        Optional.ofNullable(dataCentres.get(name)).ifPresent(dataCentre -> {
            validation.require(!dataCentre.gateways().isEmpty(), path + ".bandwidth",
                               "needs gateways of data centre '" + name + "'; without a network it is 0");
            validation.require(!dataCentre.proxies().isEmpty(), path + ".bandwidth",
                               "needs proxies of data centre '" + name + "'; without a network it is 0");
        });
    }

    private void requireTopic(Map<String, String> users, String topic, String user, String path, String place) {
        String other = users.putIfAbsent(TopicNames.collision(topic), user);
        validation.require(other == null, path, "topic " + topic + " of " + user + " can't be in data centre '" + place
                + "': " + other + " has it, or one that differs only in '.' and '_'");
    }
}
