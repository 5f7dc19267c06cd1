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
package org.roundtrip.detection;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;

import java.util.List;
import java.util.Optional;

/**
 * Profiles and agents. They are durable: they come back after the controller has died. Changes wait for the durable
 * store: never make them on an ONOS event thread. Thread-safe.
 */
public interface DetectionConfigurationService {

    /**
     * Makes sure that there is a profile, and that it is so. Members that are probed by it are probed anew.
     *
     * @param profile the profile
     * @throws ConflictException    if it is a preset, which can't be changed
     * @throws UnavailableException if the store can't be reached
     */
    void putProfile(DetectionProfile profile);

    /**
     * Takes a profile away. Nothing is known of members that should be probed by it.
     *
     * @param name its name
     * @throws NotFoundException    if there is none
     * @throws ConflictException    if it is a preset
     * @throws UnavailableException if the store can't be reached
     */
    void removeProfile(String name);

    /**
     * Returns a profile.
     *
     * @param name its name
     * @return the profile, or empty if there is none
     */
    Optional<DetectionProfile> profile(String name);

    /**
     * Returns the profiles.
     *
     * @return presets and what was put, ordered by their names
     */
    List<DetectionProfile> profiles();

    /**
     * Makes sure that an agent may report, and that it is so.
     *
     * @param agent the agent
     * @return the agent as it is now
     * @throws ConflictException    if another agent has the switch
     * @throws UnavailableException if the store can't be reached
     */
    DetectionAgent putAgent(DetectionAgentRequest agent);

    /**
     * Takes an agent away: its connection is closed, and nothing is known of its members.
     *
     * @param name its name
     * @throws NotFoundException    if there is none
     * @throws UnavailableException if the store can't be reached
     */
    void removeAgent(String name);

    /**
     * Returns an agent.
     *
     * @param name its name
     * @return the agent, or empty if there is none
     */
    Optional<DetectionAgent> agent(String name);

    /**
     * Returns the agents.
     *
     * @return the agents, ordered by their names
     */
    List<DetectionAgent> agents();
}
