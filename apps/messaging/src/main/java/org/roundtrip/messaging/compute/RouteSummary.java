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

import org.roundtrip.base.Status;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.configuration.compute.Correspondence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What all that is told of a route says together.
 */
public final class RouteSummary {

    /** What needs attention more comes first. */
    private static final List<RouteState> BY_ATTENTION =
            List.of(RouteState.WAITING, RouteState.STARTING, RouteState.PAUSED, RouteState.RUNNING);

    private RouteSummary() {
    }

    /**
     * Joins what is configured of a route with what is told of it.
     *
     * @param correspondence the configuration
     * @param route          a route of it
     * @param proxies        what was told, of silent proxies as well
     * @param elapsed        a monotonic time in nanoseconds
     * @param started        since when the controller listens
     * @param network        what the network does for it
     * @return the route
     */
    public static RouteStatus of(Correspondence correspondence, MessageRoute route, Collection<ProxyTrack> proxies,
                                 long elapsed, Instant started, RouteNetwork network) {
        Map<String, RouteReport> reports = new TreeMap<>();
        List<ProxyTrack> silent = new ArrayList<>();
        proxies.forEach(track -> report(track, route).ifPresent(report -> {
            if (track.isSilent(elapsed)) {
                silent.add(track);
            } else {
                reports.put(track.report().name(), report);
            }
        }));
        Collection<RouteReport> told = working(reports.values());
        Optional<RouteOrder> order = correspondence.order(route);
        return RouteStatus.builder()
                .route(route)
                .order(order)
                .dataCentresBeyond(correspondence.dataCentresBeyond(route).stream().map(DataCentre::name)
                                           .collect(Collectors.toList()))
                .proxies(reports.keySet())
                .status(told.isEmpty() ? unknown(route, silent, started) : status(told))
                .orderDone(order.isEmpty() || !told.isEmpty() && told.stream().allMatch(
                        report -> report.order().orElse(0) >= order.get().number()))
                .backlogMessages(sum(told, RouteReport::backlogMessages))
                .backlogBytes(sum(told, RouteReport::backlogBytes))
                .oldestAge(largest(told, RouteReport::oldestAge))
                .messageRate(sum(told, RouteReport::messageRate))
                .byteRate(sum(told, RouteReport::byteRate))
                .sentMessages(sum(reports.values(), RouteReport::sentMessages))
                .deadLetters(sum(reports.values(), RouteReport::deadLetters))
                .latencyP50(largest(told, RouteReport::latencyP50))
                .latencyP99(largest(told, RouteReport::latencyP99))
                .network(network)
                .build();
    }

    private static Optional<RouteReport> report(ProxyTrack track, MessageRoute route) {
        return track.report().routes().stream()
                .filter(report -> report.from().equals(route.from()) && report.to().equals(route.to()))
                .findFirst();
    }

    /** Who has no partition only stands by, unless nobody has any. */
    private static Collection<RouteReport> working(Collection<RouteReport> reports) {
        List<RouteReport> working = reports.stream().filter(report -> report.partitions() > 0)
                .collect(Collectors.toList());
        return working.isEmpty() ? reports : working;
    }

    private static Status<RouteState> unknown(MessageRoute route, List<ProxyTrack> silent, Instant started) {
        return silent.stream()
                .map(track -> track.reported().plusSeconds(track.report().lease()))
                .max(Comparator.naturalOrder())
                .map(end -> Status.of(RouteState.UNKNOWN, "its routing proxies are silent: " + silent.stream()
                        .map(track -> track.report().name()).sorted().collect(Collectors.joining(", ")), end))
                .orElseGet(() -> Status.of(RouteState.UNKNOWN, "no routing proxy of " + route.from()
                        + " has told of it", started));
    }

    private static Status<RouteState> status(Collection<RouteReport> told) {
        RouteReport worst = told.stream()
                .min(Comparator.comparingInt((RouteReport report) -> BY_ATTENTION.indexOf(report.state()))
                             .thenComparing(RouteReport::since))
                .orElseThrow();
        Status<RouteState> status = Status.of(worst.state(), worst.reason(), worst.since());
        return worst.lastError().or(() -> told.stream().flatMap(report -> report.lastError().stream()).findFirst())
                .map(status::withError).orElse(status);
    }

    private static OptionalLong sum(Collection<RouteReport> reports, ToLongFunction<RouteReport> number) {
        return reports.isEmpty() ? OptionalLong.empty() : OptionalLong.of(reports.stream().mapToLong(number).sum());
    }

    private static OptionalLong largest(Collection<RouteReport> reports, Function<RouteReport, OptionalLong> number) {
        return reports.stream().map(number).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong).max();
    }
}
