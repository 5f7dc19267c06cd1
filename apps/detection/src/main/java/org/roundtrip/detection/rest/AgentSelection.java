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
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.rest.Page;
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.DetectionAgent;

import java.util.List;
import java.util.Optional;

/**
 * Which agents of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableAgentSelection.class)
abstract class AgentSelection extends PageRequest {

    /** Returns the state that the agents have. */
    abstract Optional<AgentState> state();

    /** Returns the switch of their service node. */
    abstract Optional<DeviceId> device();

    /**
     * Selects.
     *
     * @param agents all agents, ordered by name
     * @return the page
     */
    Page<DetectionAgent> page(List<DetectionAgent> agents) {
        return pageOf(agents.stream().filter(this::fits), DetectionAgent::name);
    }

    private boolean fits(DetectionAgent agent) {
        return state().filter(state -> state != agent.status().state()).isEmpty()
                && device().filter(device -> !device.equals(agent.device())).isEmpty();
    }
}
