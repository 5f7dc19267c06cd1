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
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * An agent, and where it probes.
 */
@Value.Immutable
@ValueType
public interface AgentPlace {

    /**
     * Returns its name.
     *
     * @return a name
     */
    @Value.Parameter
    String name();

    /**
     * Returns the port by which it probes.
     *
     * @return a port of the switch of its node, or empty if that switch has no such port
     */
    @Value.Parameter
    Optional<ConnectPoint> port();

    /**
     * Creates a place.
     *
     * @param name the name of the agent
     * @param port the port by which it probes, or empty if there is no such port
     * @return the place
     */
    static AgentPlace of(String name, Optional<ConnectPoint> port) {
        return ImmutableAgentPlace.of(name, port);
    }
}
