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
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that the rules of a virtual server follow from.
 */
@Value.Immutable
@ValueType
public abstract class ServerPlan {

    /**
     * Returns the number of the virtual server, which no other one has.
     *
     * @return 0 to 65535
     */
    public abstract int number();

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    public abstract VirtualServerRequest request();

    /**
     * Returns who has which slot.
     *
     * @return the table
     */
    public abstract SlotTable table();

    /**
     * Returns who had which slot.
     *
     * @return the history
     */
    public abstract SlotHistory history();

    /**
     * Returns where members are, also those that drain.
     *
     * @return the places of those that can be reached
     */
    public abstract Map<MemberId, MemberPlace> places();

    /** Returns the mark of the connections of a member. */
    long mark(MemberPlace place) {
        return MarkMac.mark(number(), place.number());
    }

    /** Returns who has a slot now, if it can be reached. */
    Optional<MemberPlace> owner(int slot) {
        return table().member(slot).flatMap(member -> Optional.ofNullable(places().get(member)));
    }

    /** Returns those that can be reached of a slot's members, the present one first, then the former ones. */
    List<MemberPlace> chain(int slot) {
        return chains().get(slot);
    }

    /** Returns the chain of each slot. */
    @Value.Lazy
    List<List<MemberPlace>> chains() {
        return IntStream.range(0, SlotTable.SLOTS).mapToObj(slot -> Stream.concat(
                        owner(slot).stream(), history().formers(slot).stream()
                                .flatMap(former -> Optional.ofNullable(places().get(former.member())).stream()))
                .collect(Collectors.toUnmodifiableList())).collect(Collectors.toUnmodifiableList());
    }

    /** Returns what was asked for, whoever the members are. */
    @Value.Lazy
    VirtualServerRequest service() {
        return VirtualServerRequest.builder().from(request()).members(List.of()).build();
    }

    /** Returns the port to which clients send, if the members listen at another one. */
    Optional<Integer> translatedPort(MemberPlace place) {
        int port = request().ports().first().first();
        return place.member().port() == 0 || place.member().port() == port ? Optional.empty() : Optional.of(port);
    }

    /** Returns what matches the ports where a member listens. */
    List<PortMask> listeningPorts(MemberPlace place) {
        int port = place.member().port();
        return port == 0 ? servedPorts() : PortMask.of(PortRange.of(port, port));
    }

    /** Returns what matches the ports to which clients send. */
    List<PortMask> servedPorts() {
        return request().ports().stream().flatMap(range -> PortMask.of(range).stream())
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds plans. */
    public static final class Builder extends ImmutableServerPlan.Builder {
    }
}
