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

import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.detection.DetectionProfile;

import java.util.Optional;

/**
 * What decides beside the members themselves who probes them, and how.
 */
public interface Surroundings {

    /**
     * Returns where a member is attached.
     *
     * @param member the address by which the network knows it
     * @return the place, or empty if the network knows none
     */
    Optional<HostPlace> member(IpAddress member);

    /**
     * Returns the agent of a service node.
     *
     * @param device the switch of the node
     * @return the agent, or empty if there is none
     */
    Optional<AgentPlace> agent(DeviceId device);

    /**
     * Returns a profile.
     *
     * @param name its name
     * @return the profile, or empty if there is none
     */
    Optional<DetectionProfile> profile(String name);
}
