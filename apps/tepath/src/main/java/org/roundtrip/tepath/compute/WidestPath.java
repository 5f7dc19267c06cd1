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

import org.onosproject.net.DeviceId;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The greatest bandwidth that some path has free on all of its links: Dijkstra's algorithm with minimum in the place of
 * the sum (M. Pollack, The maximum capacity through a network, 1960), in O((V + E) log V).
 */
final class WidestPath {

    private WidestPath() {
    }

    /**
     * Finds the width of the widest path.
     *
     * @param from   where it begins
     * @param to     where it ends
     * @param links  the links that leave a switch
     * @param usable which of them may be used
     * @param width  what is free on a link, in bit/s
     * @return the width in bit/s, or empty if there is no path
     */
    static Optional<Long> width(DeviceId from, DeviceId to,
                                Function<DeviceId, ? extends Collection<LinkDirection>> links,
                                Predicate<LinkDirection> usable, ToLongFunction<LinkDirection> width) {
        Map<DeviceId, Long> widths = new HashMap<>();
        PriorityQueue<Map.Entry<DeviceId, Long>> queue =
                new PriorityQueue<>(Map.Entry.<DeviceId, Long>comparingByValue().reversed());
        queue.add(Map.entry(from, Long.MAX_VALUE));
        while (!queue.isEmpty()) {
            Map.Entry<DeviceId, Long> widest = queue.remove();
            if (widths.putIfAbsent(widest.getKey(), widest.getValue()) != null) {
                continue;
            }
            if (widest.getKey().equals(to)) {
                return Optional.of(widest.getValue());
            }
            for (LinkDirection link : links.apply(widest.getKey())) {
                if (usable.test(link) && !widths.containsKey(link.dst().deviceId())) {
                    queue.add(Map.entry(link.dst().deviceId(), Math.min(widest.getValue(), width.applyAsLong(link))));
                }
            }
        }
        return Optional.empty();
    }
}
