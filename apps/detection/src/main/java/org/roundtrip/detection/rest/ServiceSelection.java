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
package org.roundtrip.detection.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.rest.Page;
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;

import java.util.List;
import java.util.Optional;

/**
 * Which services of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableServiceSelection.class)
abstract class ServiceSelection extends PageRequest {

    /** Returns the profile by which their members are probed. */
    abstract Optional<String> profile();

    /** Returns the agent that probes one of their members. */
    abstract Optional<String> agent();

    /** Returns the state of one of their members. */
    abstract Optional<HealthState> state();

    /**
     * Selects.
     *
     * @param services all services, ordered by name
     * @return the page
     */
    Page<Detection> page(List<Detection> services) {
        return pageOf(services.stream().filter(this::fits), service -> service.check().service());
    }

    private boolean fits(Detection service) {
        return profile().filter(profile -> !profile.equals(service.check().profile())).isEmpty()
                && (agent().isEmpty() && state().isEmpty() || service.members().stream().anyMatch(this::fits));
    }

    private boolean fits(MemberHealth member) {
        return (agent().isEmpty() || agent().equals(member.agent()))
                && state().filter(state -> state != member.status().state()).isEmpty();
    }
}
