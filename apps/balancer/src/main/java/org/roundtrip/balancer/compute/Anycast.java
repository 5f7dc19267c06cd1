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
package org.roundtrip.balancer.compute;

import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ways from all switches to the nearest of some of them. They have no loops: every step makes the distance less.
 */
final class Anycast {

    private static final Comparator<SwitchLink> BEST = Comparator
            .comparing((SwitchLink link) -> link.destination().deviceId().toString())
            .thenComparing(link -> link.source().port().toLong());

    private final Map<DeviceId, PortNumber> ports;

    private Anycast(Map<DeviceId, PortNumber> ports) {
        this.ports = ports;
    }

    /**
     * Finds the ways. O(<i>n</i> log <i>n</i>) for <i>n</i> switches and links.
     *
     * @param links        the links that can be used
     * @param destinations where ways may end
     * @return the ways
     */
    static Anycast of(Collection<SwitchLink> links, Set<DeviceId> destinations) {
        Map<DeviceId, List<SwitchLink>> arriving = links.stream()
                .collect(Collectors.groupingBy(link -> link.destination().deviceId()));
        Map<DeviceId, Integer> distances = new HashMap<>();
        Queue<DeviceId> reached = new ArrayDeque<>();
        Map<DeviceId, TreeSet<SwitchLink>> steps = new TreeMap<>(Comparator.comparing(DeviceId::toString));
        destinations.forEach(device -> {
            distances.put(device, 0);
            reached.add(device);
        });
        while (!reached.isEmpty()) {
            DeviceId next = reached.remove();
            int distance = distances.get(next) + 1;
            for (SwitchLink link : arriving.getOrDefault(next, List.of())) {
                DeviceId device = link.source().deviceId();
                if (distances.putIfAbsent(device, distance) == null) {
                    reached.add(device);
                }
                if (distances.get(device) == distance) {
                    steps.computeIfAbsent(device, unused -> new TreeSet<>(BEST)).add(link);
                }
            }
        }
        return new Anycast(steps.entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, step -> step.getValue().first().source().port())));
    }

    /**
     * Returns where the way goes on from a switch.
     *
     * @param device a switch that is not a destination itself
     * @return the port, which of equal ones leads to the least switch and is the least, or empty if there is no way
     */
    Optional<PortNumber> port(DeviceId device) {
        return Optional.ofNullable(ports.get(device));
    }
}
