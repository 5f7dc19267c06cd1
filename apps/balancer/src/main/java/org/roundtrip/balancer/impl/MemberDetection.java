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

import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.compute.MemberChecks;
import org.roundtrip.balancer.compute.MemberSighting;
import org.roundtrip.balancer.compute.VirtualServerRecord;
import org.roundtrip.detection.DetectionService;
import org.roundtrip.detection.ServiceCheck;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Has the members of virtual servers probed, and sees them as detection does. Every node of the cluster requests the
 * same, because any may be the one on which detection acts. Only for the thread of the loop.
 */
final class MemberDetection implements AutoCloseable {

    private final DetectionService detection;
    /** What was requested, by the names of the virtual servers. */
    private final Map<String, ServiceCheck> requested = new TreeMap<>();

    MemberDetection(DetectionService detection) {
        this.detection = detection;
    }

    /**
     * Requests what is to be probed for a virtual server, if that is not what was requested before.
     *
     * @param name   its name
     * @param record what is kept of it, or empty if it is gone
     */
    void keep(String name, Optional<VirtualServerRecord> record) {
        Optional<ServiceCheck> check = record.filter(present -> !present.removing())
                .flatMap(present -> MemberChecks.of(present.request()));
        if (check.equals(Optional.ofNullable(requested.get(name)))) {
            return;
        }
        check.ifPresentOrElse(detection::request, () -> detection.withdraw(MemberChecks.service(name)));
        check.ifPresentOrElse(known -> requested.put(name, known), () -> requested.remove(name));
    }

    /**
     * Adds what detection says of the members of a virtual server, if they are probed.
     *
     * @param request   the virtual server
     * @param sightings what the network says of each
     * @return what is seen of each
     */
    SortedMap<MemberId, MemberSighting> judged(VirtualServerRequest request,
                                               SortedMap<MemberId, MemberSighting> sightings) {
        SortedMap<MemberId, MemberSighting> judged = new TreeMap<>(sightings);
        String service = MemberChecks.service(request.name());
        MemberChecks.probed(request).map(Member::id).forEach(member -> judged.computeIfPresent(
                member, (same, sighting) -> MemberChecks.judged(
                        sighting, detection.health(service, member.toString()))));
        return judged;
    }

    /** Nobody uses what is found any more. */
    @Override
    public void close() {
        requested.keySet().forEach(name -> detection.withdraw(MemberChecks.service(name)));
        requested.clear();
    }
}
