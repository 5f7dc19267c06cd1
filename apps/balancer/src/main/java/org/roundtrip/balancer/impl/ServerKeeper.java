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
package org.roundtrip.balancer.impl;

import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.compute.HostPlace;
import org.roundtrip.balancer.compute.MemberChanges;
import org.roundtrip.balancer.compute.MemberChoice;
import org.roundtrip.balancer.compute.MemberSighting;
import org.roundtrip.balancer.compute.MemberSightings;
import org.roundtrip.balancer.compute.ServerConflicts;
import org.roundtrip.balancer.compute.VirtualServerRecord;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps what is recorded of virtual servers: takes what is asked for, and follows what is seen of the members. Who has
 * which slot is decided together with what decides it, so that one write records both. On one thread only; on one node
 * of the cluster, unless said otherwise.
 */
final class ServerKeeper {

    private final ServerLedger ledger;
    private final NetworkLookup network;
    private final MemberDetection detection;
    private final Clock clock;

    ServerKeeper(ServerLedger ledger, NetworkLookup network, MemberDetection detection, Clock clock) {
        this.ledger = ledger;
        this.network = network;
        this.detection = detection;
        this.clock = clock;
    }

    /**
     * Adds a virtual server.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void add(VirtualServerRequest request) {
        ledger.get(request.name()).ifPresent(ServerKeeper::refuseName);
        accept(request);
    }

    /**
     * Adds a virtual server, or changes the one of that name.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void put(VirtualServerRequest request) {
        ledger.get(request.name()).ifPresentOrElse(present -> change(present, request), () -> accept(request));
    }

    /**
     * Changes members of a virtual server.
     *
     * @param name    its name
     * @param changes the changes
     * @throws RequestException if they are refused: nothing is changed
     */
    void changeMembers(String name, List<MemberChange> changes) {
        VirtualServerRecord present = existing(name);
        VirtualServerRequest changed = MemberChanges.apply(present.request(), changes);
        try {
            change(present, changed);
        } catch (RequestException refusal) {
            throw MemberChanges.asChanged(refusal, changed, changes);
        }
    }

    /**
     * Marks a virtual server as one that is to go.
     *
     * @param name its name
     * @throws NotFoundException if there is none
     */
    void remove(String name) {
        VirtualServerRecord present = existing(name);
        if (!present.removing()) {
            ledger.put(present.toBeRemoved());
        }
    }

    private VirtualServerRecord existing(String name) {
        return ledger.get(name).orElseThrow(
                () -> new NotFoundException("name", "there is no virtual server '" + name + "'"));
    }

    private void accept(VirtualServerRequest request) {
        requireNoConflicts(request);
        int number = ledger.freeNumber().orElseThrow(() -> new ConflictException(
                "name", "there are as many virtual servers as there can be: remove one first"));
        ledger.put(settled(VirtualServerRecord.of(number, request)));
    }

    private void change(VirtualServerRecord present, VirtualServerRequest request) {
        if (present.removing()) {
            refuseName(present);
        }
        if (request.equals(present.request())) {
            return;
        }
        requireSame("vip", present.request().vip(), request.vip());
        requireSame("protocol", present.request().protocol(), request.protocol());
        requireNoConflicts(request);
        ledger.put(settled(present.asking(request)));
    }

    private static void requireSame(String field, Object present, Object asked) {
        if (!present.equals(asked)) {
            throw new ConflictException(field, "is " + present + " and can't be changed: remove the virtual server"
                    + " first, or add another one");
        }
    }

    private void requireNoConflicts(VirtualServerRequest request) {
        ServerConflicts.requireNone(request, ledger.all().stream().map(VirtualServerRecord::request)
                .filter(other -> !other.name().equals(request.name())).collect(Collectors.toUnmodifiableList()),
                                    network.hosts(request.vip()));
    }

    private static void refuseName(VirtualServerRecord present) {
        throw new ConflictException("name", "there is a virtual server '" + present.request().name() + "'"
                + (present.removing() ? ", which is being removed: try again soon"
                : " already: choose another name, or remove it first"));
    }

    /**
     * Records where members are now and who has which slot for that reason, and forgets those whose drain time has
     * ended.
     *
     * @param record a virtual server
     */
    void follow(VirtualServerRecord record) {
        VirtualServerRecord settled = settled(record);
        if (!settled.equals(record)) {
            ledger.put(settled);
        }
    }

    private VirtualServerRecord settled(VirtualServerRecord record) {
        if (record.removing()) {
            return record;
        }
        SortedMap<MemberId, MemberSighting> sightings = sightings(record);
        Map<MemberId, HostPlace> places = new TreeMap<>();
        sightings.forEach((member, sighting) -> sighting.place().ifPresent(place -> places.put(member, place)));
        return record.at(places).next(MemberSightings.observations(sightings), clock.instant())
                .withoutFormers(member -> !sightings.getOrDefault(member, MemberSighting.NOTHING).isPortUp());
    }

    /**
     * Looks at the members of a virtual server. On any node.
     *
     * @param record a virtual server
     * @return what is seen of each member
     */
    SortedMap<MemberId, MemberSighting> sightings(VirtualServerRecord record) {
        SortedMap<MemberId, MemberSighting> sightings = new TreeMap<>();
        record.members().forEach(member -> sightings.put(member.member(), network.sighting(member)));
        return detection.judged(record.request(), MemberSightings.distinct(sightings));
    }

    /**
     * Returns which members get new connections. On any node.
     *
     * @param record    a virtual server
     * @param sightings what is seen of its members
     * @return the choice
     */
    MemberChoice choice(VirtualServerRecord record, SortedMap<MemberId, MemberSighting> sightings) {
        return record.choice(MemberSightings.observations(sightings), clock.instant());
    }
}
