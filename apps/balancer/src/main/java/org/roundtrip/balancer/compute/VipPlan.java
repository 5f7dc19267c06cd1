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

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A virtual IP address and its virtual servers, which have the same access switches.
 */
@Value.Immutable
@ValueType
public interface VipPlan {

    /**
     * Returns its virtual servers.
     *
     * @return one or more, ordered by name
     */
    List<ServerPlan> servers();

    /**
     * Returns the access switches that have confirmed their rules: only these are sent requests.
     *
     * @return access switches
     */
    Set<DeviceId> readyAccessSwitches();

    /**
     * Returns the virtual IP address.
     *
     * @return the address
     */
    default IpAddress vip() {
        return servers().get(0).request().vip();
    }

    /** Returns the members that can be reached, also those that drain, in the order of their ids. */
    default List<MemberPlace> places() {
        return servers().stream().flatMap(server -> server.places().values().stream())
                .sorted(Comparator.comparing(MemberPlace::member)).collect(Collectors.toUnmodifiableList());
    }

    /** Returns the first place of each address of a member in a switch; one address may be that of several members. */
    default List<MemberPlace> placesAt(DeviceId device) {
        Set<IpAddress> addresses = new HashSet<>();
        return places().stream().filter(place -> place.port().deviceId().equals(device))
                .filter(place -> addresses.add(place.member().address())).collect(Collectors.toUnmodifiableList());
    }

    /** Returns whether a member's interface listens at another port than that to which clients send. */
    default boolean isTranslated(MemberPlace place) {
        return servers().stream().anyMatch(server -> server.places().values().stream()
                .anyMatch(other -> other.mac().equals(place.mac()) && server.translatedPort(other).isPresent()));
    }

    /** Returns the member that answers for all: the first one that gets new connections. */
    default Optional<MemberPlace> firstThatServes() {
        return servers().stream().flatMap(server -> server.table().counts().keySet().stream()
                        .flatMap(member -> Optional.ofNullable(server.places().get(member)).stream()))
                .min(Comparator.comparing(MemberPlace::member));
    }

    /** Returns the first member of each switch that has any. */
    default Collection<MemberPlace> onePlaceOfEachSwitch() {
        Map<String, MemberPlace> places = new TreeMap<>();
        places().forEach(place -> places.putIfAbsent(place.port().deviceId().toString(), place));
        return places.values();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableVipPlan.Builder {
    }
}
