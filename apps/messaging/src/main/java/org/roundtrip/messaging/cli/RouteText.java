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
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.configuration.MessageRoute;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Routes as text for people.
 */
final class RouteText {

    private static final String UNKNOWN = "-";

    private RouteText() {
    }

    /**
     * Returns routes.
     *
     * @param routes the routes
     * @return lines of text
     */
    static List<String> list(List<RouteStatus> routes) {
        Table table = new Table("FROM", "TO", "STATE", "SINCE", "WAITING", "OLDEST", "RATE", "P50", "P99");
        for (RouteStatus route : routes) {
            table.row(route.route().from(), route.route().to(), Json.name(route.status().state()),
                      StatusText.since(route.status()), number(route.backlogMessages()),
                      time(route.oldestAge(), TimeUnit.MILLISECONDS), rate(route.messageRate()),
                      time(route.latencyP50(), TimeUnit.MICROSECONDS),
                      time(route.latencyP99(), TimeUnit.MICROSECONDS));
        }
        return table.lines(row -> StatusText.reasons(routes.get(row).status()));
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
