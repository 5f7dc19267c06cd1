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

/**
 * Gets switches ready for virtual servers, beyond rules: finds what they can do, and says where they track connections.
 * Thread-safe; no method waits.
 */
public interface SwitchPreparation {

    /**
     * Returns what a switch has.
     *
     * @param device the switch
     * @return its facilities, or empty if the controller has never reached it or its driver lacks what virtual servers
     *         need. They stay when the connection is lost, as the rules of the switch do
     */
    Optional<SwitchFacilities> facilities(DeviceId device);

    /**
     * Says who is told of changes.
     *
     * @param changed is called after facilities have changed; on any thread: must not block. It takes the place of the
     *                one before
     */
    void watch(Runnable changed);
}
