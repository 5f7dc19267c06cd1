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

import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Makes reports of routes of what carriers report. Several carriers take the same route if it is the first part of the
 * way to several data centres: the one that fares worst speaks for all of them.
 */
final class RouteReports {

    /** The worst first. */
    private static final List<RouteState> SEVERITY = List.of(
            RouteState.WAITING, RouteState.STARTING, RouteState.PAUSED, RouteState.RUNNING);
    private static final Comparator<CarrierReport> WORST = Comparator.comparingInt(
            (CarrierReport carrier) -> SEVERITY.indexOf(carrier.status().state())).thenComparing(CarrierReport::to);
    private static final long MICROSECONDS_PER_MILLISECOND = 1000;

    private RouteReports() {
    }

    /**
     * Makes reports.
     *
     * @param carriers what the carriers of one data centre report
     * @return a report for each route, ordered by where they end
     */
    static List<RouteReport> of(List<CarrierReport> carriers) {
        Map<String, List<CarrierReport>> routes = carriers.stream().collect(
                Collectors.groupingBy(CarrierReport::via, TreeMap::new, Collectors.toList()));
        return routes.values().stream().map(RouteReports::merged).collect(Collectors.toList());
    }

    private static RouteReport merged(List<CarrierReport> carriers) {
        CarrierReport worst = carriers.stream().min(WORST).orElseThrow();
        RouteReport.Builder report = RouteReport.builder();
        report.from(worst.from()).to(worst.via()).state(worst.status().state()).reason(reason(worst))
                .since(worst.status().since())
                .lastError(carriers.stream().sorted(WORST).flatMap(each -> each.status().lastError().stream())
                                   .findFirst())
                .order(lowestOrder(carriers))
                .partitions(carriers.stream().mapToInt(each -> each.partitions().size()).sum())
                .backlogMessages(sum(carriers, each -> each.waiting().messages()))
                .backlogBytes(sum(carriers, each -> each.waiting().bytes()))
                .oldestAge(highest(carriers, each -> each.waiting().oldestMillis()))
                .messageRate(Math.round(carriers.stream().mapToDouble(CarrierReport::messagesPerSecond).sum()))
                .byteRate(Math.round(carriers.stream().mapToDouble(RouteReports::byteRate).sum()))
                .sentMessages(sum(carriers, CarrierReport::carried))
                .deadLetters(sum(carriers, CarrierReport::deadLetters))
                .latencyP50(microseconds(highest(carriers, CarrierReport::latencyP50Millis)))
                .latencyP99(microseconds(highest(carriers, CarrierReport::latencyP99Millis)));
        return report.build();
    }

    private static String reason(CarrierReport carrier) {
        String reason = carrier.status().reason();
        return carrier.to().equals(carrier.via()) ? reason : "for " + carrier.to() + ": " + reason;
    }

    /** An order is carried out when all that has partitions has done so. */
    private static OptionalLong lowestOrder(List<CarrierReport> carriers) {
        List<OptionalLong> orders = carriers.stream().filter(each -> !each.partitions().isEmpty())
                .map(CarrierReport::order).collect(Collectors.toList());
        return orders.stream().anyMatch(order -> !order.isPresent()) ? OptionalLong.empty()
                : orders.stream().mapToLong(OptionalLong::getAsLong).min();
    }

    private static double byteRate(CarrierReport carrier) {
        return carrier.carried() == 0 ? 0
                : carrier.messagesPerSecond() * carrier.carriedBytes() / carrier.carried();
    }

    private static long sum(List<CarrierReport> carriers, ToLongFunction<CarrierReport> number) {
        return carriers.stream().mapToLong(number).sum();
    }

    private static OptionalLong highest(List<CarrierReport> carriers, ToLongFunction<CarrierReport> number) {
        return carriers.stream().mapToLong(number).filter(value -> value > 0).max();
    }

    private static OptionalLong microseconds(OptionalLong milliseconds) {
        return milliseconds.isPresent()
                ? OptionalLong.of(milliseconds.getAsLong() * MICROSECONDS_PER_MILLISECOND) : milliseconds;
    }
}
