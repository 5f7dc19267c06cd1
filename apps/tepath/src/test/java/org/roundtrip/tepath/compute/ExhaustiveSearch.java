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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.RouteHop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries all ways in a small network, knowing nothing but what the constraints mean. Slow, and plain enough to be
 * believed.
 */
final class ExhaustiveSearch {

    private final RandomNetwork network;
    private final Reservations held;
    private final PathQuery query;
    /** Tells of a constraint and a switch or a link whether the constraint is not to be applied to it. */
    private final BiPredicate<LinkConstraint, Object> overlooked;

    ExhaustiveSearch(RandomNetwork network, Reservations held, PathQuery query) {
        this(network, held, query, (constraint, thing) -> false);
    }

    ExhaustiveSearch(RandomNetwork network, Reservations held, PathQuery query,
                     BiPredicate<LinkConstraint, Object> overlooked) {
        this.network = network;
        this.held = held;
        this.query = query;
        this.overlooked = overlooked;
    }

    /** Two ways that go together, or an active way alone. */
    static final class Pair {

        final Route active;
        final Optional<Route> standby;

        Pair(Route active, Optional<Route> standby) {
            this.active = active;
            this.standby = standby;
        }
    }

    boolean isFeasible() {
        List<Route> actives = actives();
        if (query.protection().isEmpty() || query.protection().get().bestEffort() || isWithinOneSwitch()) {
            return !actives.isEmpty();
        }
        return actives.stream().anyMatch(active -> standbys().stream().anyMatch(
                standby -> shared(active, standby) == 0));
    }

    /** Returns the least of what counts first, of what counts next, and so on. */
    Optional<List<Long>> best() {
        Stream<Pair> pairs = query.protection().isEmpty() || isWithinOneSwitch()
                ? actives().stream().map(active -> new Pair(active, Optional.empty()))
                : actives().stream().flatMap(active -> standbys().stream()
                        .map(standby -> new Pair(active, Optional.of(standby))));
        return pairs.map(this::rank)
                .filter(rank -> rank.get(0) == 0 || query.protection().orElseThrow().bestEffort())
                .min(Comparator.comparing((List<Long> rank) -> rank.get(0)).thenComparing(rank -> rank.get(1)));
    }

    /** Returns how much two ways share that they should not, and what they cost together. */
    List<Long> rank(Pair pair) {
        return List.of(pair.standby.map(standby -> shared(pair.active, standby)).orElse(0L),
                       cost(pair.active) + pair.standby.map(this::cost).orElse(0L));
    }

    /** Returns how much two ways share that they should not. */
    long shared(Route one, Route other) {
        Disjointness disjointness = query.protection().orElseThrow().disjoint();
        return common(links(one), links(other))
                + (disjointness == Disjointness.NODE ? common(inner(one), inner(other)) : 0)
                + (disjointness == Disjointness.SRLG ? common(risks(one), risks(other)) : 0);
    }

    private static long common(Set<?> one, Set<?> other) {
        return one.stream().filter(other::contains).count();
    }

    private static Set<Set<ConnectPoint>> links(Route route) {
        return route.links().stream().map(link -> Set.of(link.src(), link.dst())).collect(Collectors.toSet());
    }

    private static Set<DeviceId> inner(Route route) {
        return route.links().stream().skip(1).map(link -> link.src().deviceId()).collect(Collectors.toSet());
    }

    private Set<Integer> risks(Route route) {
        return route.links().stream().flatMap(link -> attributes(link).sharedRisks().stream())
                .collect(Collectors.toSet());
    }

    private boolean isWithinOneSwitch() {
        return query.source().deviceId().equals(query.destination().deviceId());
    }

    /** Returns all ways that may be the active one. */
    List<Route> actives() {
        return standbys().stream().filter(route -> passes(route, query.constraints().include()))
                .collect(Collectors.toList());
    }

    /** Returns all ways that may be the standby one. */
    List<Route> standbys() {
        List<Route> routes = new ArrayList<>();
        if (isConnected(query.source().deviceId()) && isConnected(query.destination().deviceId())
                && !query.constraints().excludeDevices().contains(query.source().deviceId())) {
            extend(query.source().deviceId(), new HashSet<>(), new ArrayDeque<>(), routes);
        }
        return routes;
    }

    private boolean isConnected(DeviceId device) {
        return network.nodes.stream().anyMatch(node -> node.device().equals(device)
                && (node.available() || overlooked.test(LinkConstraint.CONNECTED, device)));
    }

    private void extend(DeviceId at, Set<DeviceId> visited, Deque<LinkDirection> links, List<Route> routes) {
        if (at.equals(query.destination().deviceId())) {
            Route route = Route.of(query.source(), query.destination(), List.copyOf(links));
            if (isWithinBounds(route)) {
                routes.add(route);
            }
            return;
        }
        visited.add(at);
        Stream.concat(network.directions.stream(), network.directions.stream().map(LinkDirection::reversed)).distinct()
                .filter(link -> link.src().deviceId().equals(at) && !visited.contains(link.dst().deviceId()))
                .filter(this::admits).forEach(link -> {
                    links.addLast(link);
                    extend(link.dst().deviceId(), visited, links, routes);
                    links.removeLast();
                });
        visited.remove(at);
    }

    private boolean isWithinBounds(Route route) {
        PathConstraints constraints = query.constraints();
        long forward = delay(route.links());
        long reverse = delay(reversed(route.links()));
        return constraints.maxHops().filter(most -> route.links().size() > most).isEmpty()
                && constraints.maxDelay().filter(most -> forward > most || reverse > most).isEmpty()
                && constraints.maxDelayAsymmetry().filter(most -> Math.abs(forward - reverse) > 2 * most).isEmpty();
    }

    private static List<LinkDirection> reversed(List<LinkDirection> links) {
        return links.stream().map(LinkDirection::reversed).collect(Collectors.toList());
    }

    private long delay(List<LinkDirection> links) {
        return links.stream().mapToLong(link -> attributes(link).delay()).sum();
    }

    private LinkAttributes attributes(LinkDirection link) {
        return network.attributes.get(link);
    }

    long cost(Route route) {
        long forward = delay(route.links());
        long reverse = delay(reversed(route.links()));
        switch (query.objective()) {
            case HOPS:
                return route.links().size();
            case TE_METRIC:
                return route.links().stream().mapToLong(link -> attributes(link).teMetric()).sum();
            case DELAY:
                return forward + reverse;
            default:
                return Math.abs(forward - reverse);
        }
    }

    private boolean passes(Route route, List<RouteHop> hops) {
        List<DeviceId> devices = route.devices();
        int at = 0;
        for (RouteHop hop : hops) {
            int arrival;
            int steps;
            if (hop.device().isPresent()) {
                arrival = devices.indexOf(hop.device().get());
                steps = arrival - at;
            } else {
                int link = indexOf(route, hop.link().orElseThrow());
                arrival = link < 0 ? -1 : link + 1;
                steps = link - at < 0 ? -1 : link - at + 1;
            }
            if (arrival < 0 || steps < 0 || (hop.strict() && steps > 1)) {
                return false;
            }
            at = arrival;
        }
        return true;
    }

    private static int indexOf(Route route, ConnectPoint port) {
        for (int index = 0; index < route.links().size(); index++) {
            if (route.links().get(index).src().equals(port) || route.links().get(index).dst().equals(port)) {
                return index;
            }
        }
        return -1;
    }

    private boolean admits(LinkDirection link) {
        PathConstraints constraints = query.constraints();
        Set<Integer> affinities = affinities(attributes(link).affinities());
        return holds(LinkConstraint.DUPLEX, link, network.directions.contains(link)
                        && network.directions.contains(link.reversed()))
                && holds(LinkConstraint.UP, link, isUp(link.src()) && isUp(link.dst()))
                && holds(LinkConstraint.STEADY, link, !attributes(link).unsteady())
                && holds(LinkConstraint.MAINTENANCE, link, !attributes(link).maintenance())
                && holds(LinkConstraint.LABELS, link, hasLabel(link.src()) && hasLabel(link.dst()))
                && Stream.of(link.src(), link.dst()).map(port -> node(port.deviceId())).allMatch(this::admits)
                && hasBandwidth(link, query.forwardBandwidth())
                && hasBandwidth(link.reversed(), query.reverseBandwidth())
                && !constraints.excludeLinks().contains(link.src())
                && !constraints.excludeLinks().contains(link.dst())
                && affinities.containsAll(constraints.affinitiesIncludeAll())
                && constraints.affinitiesExcludeAny().stream().noneMatch(affinities::contains)
                && (constraints.affinitiesIncludeAny().isEmpty()
                        || constraints.affinitiesIncludeAny().stream().anyMatch(affinities::contains));
    }

    private boolean admits(TeNode node) {
        boolean isEnd = Set.of(query.source().deviceId(), query.destination().deviceId()).contains(node.device());
        return holds(LinkConstraint.CONNECTED, node.device(), node.available())
                && holds(LinkConstraint.CAPABILITY, node.device(), node.mpls() && node.te())
                && holds(LinkConstraint.MAINTENANCE, node.device(), isEnd || !node.maintenance())
                && !query.constraints().excludeDevices().contains(node.device());
    }

    private boolean holds(LinkConstraint constraint, Object thing, boolean isFulfilled) {
        return isFulfilled || overlooked.test(constraint, thing);
    }

    private static Set<Integer> affinities(int bits) {
        return Stream.of(0, 1, 2).filter(bit -> (bits >> bit & 1) == 1).collect(Collectors.toSet());
    }

    private boolean isUp(ConnectPoint port) {
        return port(port).enabled();
    }

    private boolean hasLabel(ConnectPoint port) {
        LabelRange range = node(port.deviceId()).labels();
        return held.lowestFreeLabel(port, range) <= range.max();
    }

    private boolean hasBandwidth(LinkDirection link, long bandwidth) {
        long capacity = attributes(link).bandwidth().orElseGet(
                () -> Math.min(port(link.src()).speed(), port(link.dst()).speed()));
        return bandwidth == 0 || capacity - held.bandwidth(link, query.setupPriority()) >= bandwidth;
    }

    private TeNode node(DeviceId device) {
        return only(network.nodes, node -> node.device().equals(device));
    }

    private TePort port(ConnectPoint at) {
        return only(network.ports, port -> port.at().equals(at));
    }

    private static <T> T only(Collection<T> things, Predicate<T> which) {
        return things.stream().filter(which).findFirst().orElseThrow();
    }
}
