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

import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What virtual servers are for detection, and what it says of their members.
 */
public final class MemberChecks {

    private static final String PREFIX = "balancer/";

    private MemberChecks() {
    }

    /**
     * Returns whom to probe for a virtual server. Who is disabled is left out: whatever is found, the operator wins.
     * However many access switches there are, it is the same.
     *
     * @param request the virtual server
     * @return the check, or empty if its members are not probed
     */
    public static Optional<ServiceCheck> of(VirtualServerRequest request) {
        return request.detectionProfile().map(profile -> ServiceCheck.builder().service(service(request.name()))
                .profile(profile).address(request.vip())
                .members(probed(request).map(member -> CheckedMember.builder().id(member.id().toString())
                                 .address(member.address()).port(port(request, member)).build())
                                 .collect(Collectors.toUnmodifiableList())).build());
    }

    /**
     * Returns who of a virtual server is probed.
     *
     * @param request the virtual server
     * @return its members but those that are disabled; none if no profile says how to probe
     */
    public static Stream<Member> probed(VirtualServerRequest request) {
        return request.members().stream().filter(member -> request.detectionProfile().isPresent()
                && member.state() != MemberState.DISABLED);
    }

    private static int port(VirtualServerRequest request, Member member) {
        return member.port() == 0 ? request.ports().first().first() : member.port();
    }

    /**
     * Returns by which identifier detection knows a virtual server.
     *
     * @param server the name of the virtual server
     * @return the identifier of the service
     */
    public static String service(String server) {
        return PREFIX + server;
    }

    /**
     * Returns which virtual server a service is.
     *
     * @param service the identifier of the service
     * @return the name of the virtual server, or empty if it is none
     */
    public static Optional<String> server(String service) {
        return service.startsWith(PREFIX) ? Optional.of(service.substring(PREFIX.length())) : Optional.empty();
    }

    /**
     * Returns what is seen of a member that is probed.
     *
     * @param sighting what the network says
     * @param health   what detection says, or empty if it does not know of the member yet
     * @return both
     */
    public static MemberSighting judged(MemberSighting sighting, Optional<MemberHealth> health) {
        return MemberSighting.builder().from(sighting)
                .verdict(health.map(MemberChecks::verdict).orElse(Verdict.UNKNOWN))
                .finding(health.map(known -> known.status().reason()).orElse("nobody has been asked to probe it yet"))
                .heldUntil(health.flatMap(MemberHealth::heldUntil)).build();
    }

    private static Verdict verdict(MemberHealth health) {
        switch (health.status().state()) {
            case UP:
                return Verdict.UP;
            case DOWN:
                return Verdict.DOWN;
            default:
                return Verdict.UNKNOWN;
        }
    }
}
