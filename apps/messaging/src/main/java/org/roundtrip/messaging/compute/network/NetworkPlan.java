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

import com.google.common.math.LongMath;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which te-paths there must be for a configuration, and what is steered into them.
 * <p>
 * There is one te-path for the routes between two data centres, in both directions, and for each IP version that their
 * connections have, because a te-path carries one. The two routes share it because a te-path has two directions anyhow,
 * and because their packets can't always be told apart: where a proxy is on the host of a broker, a packet from one
 * such host to another between the ports of both brokers would be of either. Each route reserves its bandwidth in each
 * direction, so the te-path has the bandwidth of both; it is protected if one of them is to be.
 * <p>
 * A te-path goes by the metric of links, which is the number of links unless somebody has configured more. A standby
 * way shares as little as can be, because a route with a weak one is better than a route without any. What a te-path
 * does not take in while it is not up is left to other forwarding: messages had better go some way than none.
 */
public final class NetworkPlan {

    private final GatewayChoice gateways;
    private final SortedMap<String, TePathRequest> paths = new TreeMap<>();
    private final Map<List<String>, PlannedRoute> routes = new HashMap<>();

    private NetworkPlan(GatewayChoice gateways) {
        this.gateways = gateways;
    }

    /**
     * Derives the te-paths of a configuration, in time linear in the connections that can be told apart.
     *
     * @param configuration a configuration that holds together
     * @param gateways      chooses one of the gateways of a data centre that has any
     * @return the plan
     */
    public static NetworkPlan of(MessagingConfiguration configuration, GatewayChoice gateways) {
        Map<String, DataCentre> dataCentres = configuration.dataCentres().stream()
                .collect(Collectors.toMap(DataCentre::name, Function.identity()));
        Map<List<String>, List<RouteConnections>> pairs = new LinkedHashMap<>();
        // The same routes in another order make the same plan, so that nothing is changed for nothing.
        List<MessageRoute> ordered = new ArrayList<>(configuration.routes());
        ordered.sort(Comparator.comparing(MessageRoute::from).thenComparing(MessageRoute::to));
        for (MessageRoute route : ordered) {
            List<String> pair = Stream.of(route.from(), route.to()).sorted().collect(Collectors.toList());
            pairs.computeIfAbsent(pair, ends -> new ArrayList<>()).add(new RouteConnections(
                    route, dataCentres.get(route.from()), dataCentres.get(route.to())));
        }
        NetworkPlan plan = new NetworkPlan(gateways);
        pairs.forEach((pair, connections) -> plan.add(dataCentres.get(pair.get(0)), dataCentres.get(pair.get(1)),
                                                      connections));
        return plan;
    }

    /**
     * Returns the te-paths that there must be, and no others.
     *
     * @return what to ask for, ordered by name
     */
    public Collection<TePathRequest> paths() {
        return Collections.unmodifiableCollection(paths.values());
    }

    /**
     * Returns a te-path that there must be.
     *
     * @param name its name
     * @return what to ask for, or empty if it must not be there
     */
    public Optional<TePathRequest> path(String name) {
        return Optional.ofNullable(paths.get(name));
    }

    /**
     * Returns the network that a route is to have.
     *
     * @param route a route
     * @return its network, or empty if the configuration has no route with these ends
     */
    public Optional<PlannedRoute> route(MessageRoute route) {
        return Optional.ofNullable(routes.get(List.of(route.from(), route.to())));
    }

    private void add(DataCentre one, DataCentre other, List<RouteConnections> connections) {
        Map<Payload, TePathRequest> requests = new TreeMap<>();
        List<RouteConnections> networked = connections.stream()
                .filter(route -> route.absence().isEmpty() && obstacle(route).isEmpty())
                .collect(Collectors.toList());
        networked.stream().flatMap(route -> route.payloads().stream()).distinct()
                .forEach(payload -> requests.put(payload, request(one, other, networked, payload)));
        requests.values().forEach(request -> paths.put(request.name(), request));
        connections.forEach(route -> routes.put(
                List.of(route.from().name(), route.to().name()),
                PlannedRoute.builder().absence(route.absence()).obstacle(obstacle(route)).remark(route.remark())
                        .isProtected(route.route().isProtected())
                        .paths(networked.contains(route) ? planned(route, one, requests) : List.of())
                        .build()));
    }

    private Optional<String> obstacle(RouteConnections route) {
        if (route.absence().isEmpty() && gateway(route.from()).equals(gateway(route.to()))) {
            return Optional.of(route.from().name() + " and " + route.to().name() + " have the same gateway, "
                                       + gateway(route.from()) + ": no network is between them");
        }
        return route.obstacle();
    }

    private static List<PlannedPath> planned(RouteConnections route, DataCentre one,
                                             Map<Payload, TePathRequest> requests) {
        return route.payloads().stream()
                .map(payload -> PlannedPath.builder().request(requests.get(payload))
                        .isForward(route.from().equals(one))
                        .requests(route.requests(payload)).replies(route.replies(payload)).build())
                .collect(Collectors.toList());
    }

    private TePathRequest request(DataCentre one, DataCentre other, List<RouteConnections> routes,
                                         Payload payload) {
        List<RouteConnections> present = routes.stream().filter(route -> route.payloads().contains(payload))
                .collect(Collectors.toList());
        return TePathRequest.builder()
                .name(PathNames.of(one.name(), other.name(), payload))
                .source(gateway(one))
                .destination(gateway(other))
                .bandwidth(present.stream().mapToLong(route -> route.route().bandwidth())
                                   .reduce(0, LongMath::saturatedAdd))
                // There the smallest number goes first.
                .setupPriority(TePathRequest.LEAST_PRIORITY - present.stream()
                        .mapToInt(route -> route.route().priority()).max().orElse(0))
                .objective(Objective.TE_METRIC)
                .payload(payload)
                .forwardTraffic(entering(one, present, payload))
                .reverseTraffic(entering(other, present, payload))
                .protection(present.stream().anyMatch(route -> route.route().isProtected())
                                    ? Optional.of(Protection.builder().disjoint(Disjointness.NODE).bestEffort(true)
                                                          .build()) : Optional.empty())
                .build();
    }

    /** What proxies and brokers of a data centre send to the other one. */
    private static List<TrafficMatch> entering(DataCentre dataCentre, List<RouteConnections> routes, Payload payload) {
        return routes.stream()
                .flatMap(route -> (route.from().equals(dataCentre) ? route.requests(payload) : route.replies(payload))
                        .stream())
                .distinct().collect(Collectors.toList());
    }

    private ConnectPoint gateway(DataCentre dataCentre) {
        return gateways.gateway(dataCentre);
    }
}
