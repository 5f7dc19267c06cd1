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

import org.roundtrip.balancer.MemberId;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is seen of the members of a virtual server together.
 */
public final class MemberSightings {

    private MemberSightings() {
    }

    /**
     * Returns sightings without those of interfaces that another member has already: the switch could not tell the
     * replies of the two apart.
     *
     * @param sightings what is seen of each member
     * @return the same, but nothing of a member that listens at the port of another one on the same interface
     */
    public static SortedMap<MemberId, MemberSighting> distinct(SortedMap<MemberId, MemberSighting> sightings) {
        Map<List<Object>, MemberId> taken = new HashMap<>();
        SortedMap<MemberId, MemberSighting> distinct = new TreeMap<>();
        sightings.forEach((member, sighting) -> distinct.put(member, sighting.place()
                .flatMap(place -> Optional.ofNullable(
                        taken.putIfAbsent(List.of(place.mac(), place.port(), member.port()), member)))
                .map(other -> MemberSighting.builder().remark("it is at the interface of " + other
                        + ", which listens at the same port: leave one of them out").build())
                .orElse(sighting)));
        return distinct;
    }

    /**
     * Returns what the sightings mean. A member whose switch the controller has lost is taken to be cut off as long as
     * there is another one: if it is not, no connection of it breaks.
     *
     * @param sightings what is seen of each member
     * @return what is known of each
     */
    public static Map<MemberId, MemberObservation> observations(Map<MemberId, MemberSighting> sightings) {
        Set<MemberId> reachable = new HashSet<>();
        sightings.forEach((member, sighting) -> {
            if (sighting.place().isPresent() && sighting.isPortUp() && sighting.isSwitchReachable()) {
                reachable.add(member);
            }
        });
        return sightings.entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey, entry -> observation(entry.getValue(), reachable.isEmpty())));
    }

    private static MemberObservation observation(MemberSighting sighting, boolean isNobodyReachable) {
        return MemberObservation.builder().isLocated(sighting.place().isPresent())
                .isPortUp(sighting.isPortUp() && (sighting.isSwitchReachable() || isNobodyReachable))
                .verdict(sighting.verdict()).build();
    }
}
