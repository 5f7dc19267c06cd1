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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who should probe a member, and how; or why nobody can.
 */
@Value.Immutable
@ValueType
public abstract class Assignment {

    /**
     * Returns who should probe it.
     *
     * @return the name of the only agent that may, or empty if nobody can
     */
    public abstract Optional<String> agent();

    /**
     * Returns by which port the agent should probe, where the member is, and what answers.
     *
     * @return the path without a target yet, or empty if nobody can probe it
     */
    public abstract Optional<ProbeNeed> need();

    /**
     * Returns why nobody can probe it.
     *
     * @return words that an operator understands; empty if somebody can
     */
    public abstract String obstacle();

    /**
     * Returns who should probe the members of a service. Takes time proportional to their number.
     *
     * @param check       the service
     * @param surrounding places, agents and profiles
     * @return what to do about each member, by its id
     */
    public static SortedMap<String, Assignment> of(ServiceCheck check, Surroundings surrounding) {
        SortedMap<String, Assignment> assignments = new TreeMap<>();
        Optional<DetectionProfile> profile = surrounding.profile(check.profile());
        check.members().forEach(member -> assignments.put(member.id(), profile
                .map(known -> of(check, member, known.settings(), surrounding))
                .orElseGet(() -> impossible("there is no detection profile '" + check.profile() + "'"))));
        return assignments;
    }

    private static Assignment of(ServiceCheck check, CheckedMember member, ProbeSettings settings,
                                 Surroundings surrounding) {
        if (check.address().version() != member.address().version()) {
            return impossible("its address " + member.address() + " is not of the IP version of the service, "
                    + check.address());
        }
        Optional<HostPlace> place = surrounding.member(member.address());
        if (place.isEmpty()) {
            return impossible("the network knows no host with its address " + member.address());
        }
        Optional<AgentPlace> agent = surrounding.agent(place.get().port().deviceId());
        if (agent.isEmpty()) {
            return impossible("no detection agent on " + place.get().port().deviceId());
        }
        if (agent.get().port().isEmpty()) {
            return impossible("the switch " + place.get().port().deviceId() + " does not have the port of agent "
                    + agent.get().name());
        }
        return builder().agent(agent.get().name()).obstacle("").need(
                ProbeNeed.builder().agent(agent.get().port().get()).settings(settings)
                        .probed(ProbedInterface.of(check.address(), place.get().mac(), place.get().port()))
                        .port(settings.type() == ProbeType.ICMP ? 0 : settings.port().orElse(member.port()))
                        .build()).build();
    }

    /**
     * Returns the assignment of a member that nobody can probe.
     *
     * @param obstacle why, in words
     * @return the assignment
     */
    public static Assignment impossible(String obstacle) {
        return builder().obstacle(obstacle).build();
    }

    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    static final class Builder extends ImmutableAssignment.Builder {
    }
}
