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

import org.roundtrip.messaging.configuration.MessageRoute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The cheapest ways from each data centre to each other. Of ways that cost the same, the one whose next data centre
 * comes first by name is taken, so that every proxy takes the same.
 * <p>
 * Every step of a way leaves less to pay, as no route is free; so no way passes a data centre twice, not even when
 * each data centre on it decides on its own where to go next.
 * <p>
 * Computed by Dijkstra's algorithm from each data centre in which a route ends, against the direction of the routes:
 * O(D R log R) for D data centres and R routes.
 */
final class CheapestWays {

    /** By where a way ends and where one is, what to take next. */
    private final Map<String, Map<String, MessageRoute>> next = new HashMap<>();

    CheapestWays(Collection<MessageRoute> routes) {
        Map<String, List<MessageRoute>> leading = new HashMap<>();
        routes.forEach(route -> leading.computeIfAbsent(route.to(), to -> new ArrayList<>()).add(route));
        leading.keySet().forEach(to -> next.put(to, waysTo(to, leading)));
    }

    /** A route that leads to the end of a way, and what the rest of the way costs from where the route begins. */
    private static final class Step {

        private final MessageRoute route;
        private final long cost;

        private Step(MessageRoute route, long costBeyond) {
            this.route = route;
            this.cost = costBeyond + route.cost();
        }

        private long cost() {
            return cost;
        }

        private String next() {
            return route.to();
        }
    }

    private static Map<String, MessageRoute> waysTo(String end, Map<String, List<MessageRoute>> leading) {
        Map<String, MessageRoute> first = new HashMap<>();
        Set<String> settled = new HashSet<>(Set.of(end));
        PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingLong(Step::cost)
                                                               .thenComparing(Step::next));
        leading.getOrDefault(end, List.of()).forEach(route -> open.add(new Step(route, 0)));
        for (Step step = open.poll(); step != null; step = open.poll()) {
            String from = step.route.from();
            if (settled.add(from)) {
                first.put(from, step.route);
                long cost = step.cost;
                leading.getOrDefault(from, List.of()).forEach(route -> open.add(new Step(route, cost)));
            }
        }
        return first;
    }

    /** Returns the route to take first, or empty if there is no way, or nowhere to go. */
    Optional<MessageRoute> nextHop(String from, String to) {
        return Optional.ofNullable(next.getOrDefault(to, Map.of()).get(from));
    }

    /** Returns all routes of a way in the order in which they are taken; none if there is no way. */
    List<MessageRoute> way(String from, String to) {
        List<MessageRoute> way = new ArrayList<>();
        for (Optional<MessageRoute> hop = nextHop(from, to); hop.isPresent(); hop = nextHop(hop.get().to(), to)) {
            way.add(hop.get());
        }
        return way;
    }
}
