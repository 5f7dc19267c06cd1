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
package org.roundtrip.messaging.cli;

import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.NetworkPath;
import org.roundtrip.messaging.NetworkState;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.tepath.Hop;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Routes as text for people.
 */
final class RouteText {

    private static final String UNKNOWN = "-";
    private static final String INDENT = " ".repeat(19);

    private RouteText() {
    }

    /**
     * Returns routes.
     *
     * @param routes the routes
     * @return lines of text
     */
    static List<String> list(List<RouteStatus> routes) {
        Table table = new Table("FROM", "TO", "STATE", "SINCE", "NETWORK", "WAITING", "OLDEST", "RATE", "P50", "P99");
        for (RouteStatus route : routes) {
            table.row(route.route().from(), route.route().to(), Json.name(route.status().state()),
                      StatusText.since(route.status()), Json.name(route.network().status().state()),
                      number(route.backlogMessages()),
                      time(route.oldestAge(), TimeUnit.MILLISECONDS), rate(route.messageRate()),
                      time(route.latencyP50(), TimeUnit.MICROSECONDS),
                      time(route.latencyP99(), TimeUnit.MICROSECONDS));
        }
        return table.lines(row -> reasons(routes.get(row)));
    }

    /** What the network does is worth a line only if it does not do what it should. */
    private static List<String> reasons(RouteStatus route) {
        List<String> lines = new ArrayList<>(StatusText.reasons(route.status()));
        NetworkState network = route.network().status().state();
        if (network != NetworkState.NONE && network != NetworkState.UP) {
            lines.add("network: " + route.network().status().reason());
        }
        return lines;
    }

    /**
     * Returns all about a route.
     *
     * @param status the route
     * @return lines of text
     */
    static List<String> one(RouteStatus status) {
        MessageRoute route = status.route();
        List<String> lines = new ArrayList<>(list(List.of(status)));
        lines.add("Messages for       " + (status.dataCentresBeyond().isEmpty()
                ? "nobody: there are cheaper ways" : String.join(", ", status.dataCentresBeyond())));
        lines.add("Routing proxies    " + (status.proxies().isEmpty() ? "none" : String.join(", ", status.proxies())));
        lines.add("Cost               " + route.cost());
        lines.add("Bandwidth          " + (route.bandwidth() == 0 ? "no network of its own"
                : BitRate.of(route.bandwidth()) + (route.isProtected() ? ", protected" : "")));
        lines.addAll(network(status.network()));
        lines.add("Priority           " + route.priority());
        lines.add("Time to live       " + route.timeToLive().map(time -> TimeText.of(time.toMillis(),
                                                                                     TimeUnit.MILLISECONDS))
                .orElse("for ever"));
        lines.add("Maximum backlog    " + bytes(route.maximumBacklog(), "no limit"));
        lines.add("Compression        " + Json.name(route.compression()));
        lines.add("Waiting            " + bytes(status.backlogBytes(), UNKNOWN));
        lines.add("Sent               " + number(status.sentMessages()) + " messages, " + number(status.deadLetters())
                          + " to the dead letters");
        status.order().ifPresent(order -> lines.add(
                "Order " + order.number() + "            ".substring(String.valueOf(order.number()).length())
                        + " " + Json.name(order.move()) + " to " + order.since() + ", "
                        + (status.orderDone() ? "done" : "not done yet")));
        return lines;
    }

    private static List<String> network(RouteNetwork network) {
        List<String> lines = new ArrayList<>();
        lines.add("Network            " + Json.name(network.status().state()) + " since "
                          + StatusText.since(network.status()));
        StatusText.reasons(network.status()).forEach(reason -> lines.add(INDENT + reason));
        for (NetworkPath path : network.paths()) {
            lines.add(INDENT + "te-path " + path.tePath() + ": " + Json.name(path.state()) + ", "
                              + BitRate.of(path.bandwidth()) + " in each direction");
            lines.add(INDENT + "working: " + hops(path.hops()));
            path.standby().ifPresent(standby -> lines.add(
                    INDENT + "standby: " + Json.name(standby) + ", " + hops(path.standbyHops())));
        }
        return lines;
    }

    private static String hops(List<Hop> hops) {
        return hops.isEmpty() ? "no way" : hops.stream()
                .map(hop -> hop.inPort() + " " + hop.device() + " " + hop.outPort())
                .collect(Collectors.joining(" > "));
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
    }

    private static String rate(OptionalLong rate) {
        return rate.isPresent() ? rate.getAsLong() + "/s" : UNKNOWN;
    }

    private static String bytes(OptionalLong bytes, String absent) {
        return bytes.isPresent() ? bytes.getAsLong() + " bytes" : absent;
    }

    private static String time(OptionalLong time, TimeUnit unit) {
        return time.isPresent() ? TimeText.of(time.getAsLong(), unit) : UNKNOWN;
    }
}
