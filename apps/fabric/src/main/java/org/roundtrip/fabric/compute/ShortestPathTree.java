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
package org.roundtrip.fabric.compute;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The ways from every switch to one switch with the fewest hops.
 */
public final class ShortestPathTree {

    private ShortestPathTree() {
    }

    /**
     * Returns the first link of the way from each switch to a destination. Of several shortest ways a switch takes the
     * one over the next switch, and to it the link, that is first in order. Each link leads one hop closer, so the ways
     * have no loop.
     *
     * @param destination switch that all ways lead to
     * @param links       links, each direction for itself
     * @return next link of every other switch that has a way to the destination
     */
    public static Map<DeviceId, LinkKey> to(DeviceId destination, Collection<LinkKey> links) {
        ImmutableListMultimap<DeviceId, LinkKey> arriving = Multimaps.index(links, link -> link.dst().deviceId());
        Map<DeviceId, Integer> hops = hops(destination, arriving);
        Map<DeviceId, LinkKey> next = new HashMap<>();
        links.stream()
                .filter(link -> leadsCloser(link, hops))
                .forEach(link -> next.merge(link.src().deviceId(), link,
                                            (one, other) -> Order.LINKS.compare(one, other) <= 0 ? one : other));
        return ImmutableMap.copyOf(next);
    }

    private static boolean leadsCloser(LinkKey link, Map<DeviceId, Integer> hops) {
        Integer from = hops.get(link.src().deviceId());
        Integer to = hops.get(link.dst().deviceId());
        return from != null && to != null && to == from - 1;
    }

    private static Map<DeviceId, Integer> hops(DeviceId destination,
                                               ImmutableListMultimap<DeviceId, LinkKey> arriving) {
        Map<DeviceId, Integer> hops = new HashMap<>();
        Queue<DeviceId> reached = new ArrayDeque<>();
        hops.put(destination, 0);
        reached.add(destination);
        while (!reached.isEmpty()) {
            DeviceId here = reached.remove();
            for (LinkKey link : arriving.get(here)) {
                if (hops.putIfAbsent(link.src().deviceId(), hops.get(here) + 1) == null) {
                    reached.add(link.src().deviceId());
                }
            }
        }
        return hops;
    }
}
