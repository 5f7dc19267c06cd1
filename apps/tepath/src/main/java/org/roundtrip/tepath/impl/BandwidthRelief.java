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
package org.roundtrip.tepath.impl;

import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.Preemption;
import org.roundtrip.tepath.compute.Reservation;
import org.roundtrip.tepath.compute.Reservations;
import org.roundtrip.tepath.compute.TeDatabase;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.Victims;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the paths that have to give way where more of a link is held than there is: to a more important newcomer, or
 * because the link can carry less than before.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class BandwidthRelief {

    private static final int ANYBODY = -1;

    private final TeTopology topology;
    private final Reservations reservations;

    BandwidthRelief(TeDatabase database) {
        this.topology = database.topology();
        this.reservations = database.reservations();
    }

    /** Returns who gives way to a path that has just been given ways: why, by the names of the victims. */
    Map<String, String> inFavourOf(PathRecord newcomer) {
        Map<LinkDirection, Long> lacking = lacking(newcomer.reservation().bandwidth().keySet());
        int priority = newcomer.request().setupPriority();
        return reasons(lacking, priority, List.of(newcomer.name()), "has gone to path " + newcomer.name()
                + ", whose setup priority is " + priority);
    }

    /** Returns who gives way because links can't carry what is held of them: why, by the names of the victims. */
    Map<String, String> everywhere() {
        return reasons(lacking(topology.links()), ANYBODY, List.of(), "is more than there is now");
    }

    private Map<LinkDirection, Long> lacking(Collection<LinkDirection> links) {
        Map<LinkDirection, Long> lacking = new HashMap<>();
        for (LinkDirection link : links) {
            long capacity = topology.capacity(link);
            long excess = reservations.bandwidth(link, TePathRequest.LEAST_PRIORITY) - capacity;
            // A capacity of 0 is one that is not known at the moment.
            if (capacity > 0 && excess > 0) {
                lacking.put(link, excess);
            }
        }
        return lacking;
    }

    private Map<String, String> reasons(Map<LinkDirection, Long> lacking, int priority, List<String> spared,
                                        String why) {
        if (lacking.isEmpty()) {
            return Map.of();
        }
        List<Reservation> holders = lacking.keySet().stream()
                .flatMap(link -> reservations.users(link.src()).stream()).distinct()
                .filter(name -> !spared.contains(name)).flatMap(name -> reservations.get(name).stream())
                .collect(Collectors.toList());
        return Preemption.victims(lacking, holders, priority).map(Victims::paths).orElse(List.of()).stream()
                .collect(Collectors.toMap(name -> name, name -> reason(name, lacking, why)));
    }

    private String reason(String victim, Map<LinkDirection, Long> lacking, String why) {
        Stream<LinkDirection> links = reservations.get(victim).stream()
                .flatMap(reservation -> reservation.bandwidth().keySet().stream()).filter(lacking::containsKey);
        return "its bandwidth on " + links.min(LinkDirection.ORDER).map(link -> link.src() + " - " + link.dst())
                .orElse("its way") + " " + why;
    }
}
