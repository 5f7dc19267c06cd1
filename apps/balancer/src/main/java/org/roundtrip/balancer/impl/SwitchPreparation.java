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

import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.compute.SwitchFacilities;

import java.util.Optional;
import java.util.Set;

/**
 * Gets switches ready for virtual servers, beyond rules: their groups, and where they track connections. Thread-safe;
 * no method waits.
 */
public interface SwitchPreparation {

    /**
     * Makes sure that these switches get the groups that choose slots, and that no other switch keeps them.
     *
     * @param accessSwitches all switches that act as load balancers
     */
    void prepare(Set<DeviceId> accessSwitches);

    /**
     * Returns what a switch has.
     *
     * @param device the switch
     * @return its facilities, or empty if the controller has never reached it or its driver lacks what virtual servers
     *         need. They stay when the connection is lost, as the rules of the switch do; what it loses itself in the
     *         meantime ONOS gives back to it
     */
    Optional<SwitchFacilities> facilities(DeviceId device);

    /**
     * Says who is told of changes.
     *
     * @param changed is called after facilities have changed, and when a switch has got groups, as after it had lost
     *                them; on any thread: must not block. It takes the place of the one before
     */
    void watch(Runnable changed);
}
