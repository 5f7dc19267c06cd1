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
import org.roundtrip.balancer.AccessSwitchStatus;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Map;

/**
 * What is seen of a virtual server at a moment.
 */
@Value.Immutable
@ValueType
public interface ServerObservation {

    /**
     * Returns what is kept of it.
     *
     * @return the record
     */
    VirtualServerRecord server();

    /**
     * Returns what is seen of its members.
     *
     * @return a sighting of each that the record has
     */
    Map<MemberId, MemberSighting> sightings();

    /**
     * Returns who gets new connections.
     *
     * @return the choice that the table follows
     */
    MemberChoice choice();

    /**
     * Returns how its access switches fare, whose {@code since} is the time of the observation.
     *
     * @return the statuses, ordered by the switches
     */
    List<AccessSwitchStatus> accessSwitches();

    /**
     * Returns what is wrong.
     *
     * @return remarks in words
     */
    List<String> defects();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds observations. */
    final class Builder extends ImmutableServerObservation.Builder {
    }
}
