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

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Breadth-first search (E. F. Moore, 1959): a path with the least number of links, in time proportional to the number
 * of switches and links. Of several such paths it finds the one whose links come first in the order in which they are
 * offered, looked at from the source: so equal networks give equal paths.
 */
final class ShortestPath {

    private ShortestPath() {
    }

    /**
     * Finds a path.
     *
     * @param from   where it begins
     * @param to     where it ends
     * @param links  the links that leave a switch
     * @param usable which of them may be used
     * @return the links in order, none if the path begins where it ends; or empty if there is no path
     */
    static Optional<List<LinkDirection>> find(DeviceId from, DeviceId to,
                                              Function<DeviceId, ? extends Collection<LinkDirection>> links,
                                              Predicate<LinkDirection> usable) {
        Map<DeviceId, LinkDirection> arrivals = new HashMap<>();
        Queue<DeviceId> reached = new ArrayDeque<>();
        reached.add(from);
        while (!reached.isEmpty()) {
            DeviceId device = reached.remove();
            if (device.equals(to)) {
                return Optional.of(trace(from, to, arrivals));
            }
            for (LinkDirection link : links.apply(device)) {
                DeviceId next = link.dst().deviceId();
                if (!next.equals(from) && !arrivals.containsKey(next) && usable.test(link)) {
                    arrivals.put(next, link);
                    reached.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static List<LinkDirection> trace(DeviceId from, DeviceId to, Map<DeviceId, LinkDirection> arrivals) {
        Deque<LinkDirection> path = new ArrayDeque<>();
        for (DeviceId device = to; !device.equals(from); device = path.getFirst().src().deviceId()) {
            path.addFirst(arrivals.get(device));
        }
        return List.copyOf(path);
    }
}
