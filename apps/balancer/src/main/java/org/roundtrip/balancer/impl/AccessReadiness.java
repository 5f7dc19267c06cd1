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

import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.AccessSwitchState;
import org.roundtrip.balancer.AccessSwitchStatus;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which access switches take the requests of a virtual IP address. A switch takes them when it has confirmed all rules
 * of its virtual servers, and from then on until it is out of reach: it keeps the rules that it has while they change.
 * Only for the thread of the loop.
 */
final class AccessReadiness {

    private final Map<IpAddress, Set<DeviceId>> ready = new HashMap<>();

    /**
     * Looks at the access switches of a virtual IP address.
     *
     * @param vip         the address
     * @param devices     its access switches
     * @param network     the network
     * @param isConfirmed tells whether a switch has confirmed all rules of the virtual servers of the address
     * @return those that take requests
     */
    Set<DeviceId> look(IpAddress vip, Collection<DeviceId> devices, NetworkView network,
                       Predicate<DeviceId> isConfirmed) {
        Set<DeviceId> before = ready.getOrDefault(vip, Set.of());
        Set<DeviceId> now = new HashSet<>();
        devices.stream().filter(network.switches()::containsKey)
                .filter(device -> before.contains(device) || isConfirmed.test(device)).forEach(now::add);
        ready.put(vip, now);
        return now;
    }

    void forget(IpAddress vip) {
        ready.remove(vip);
    }

    /**
     * Says how an access switch fares.
     *
     * @param vip     the virtual IP address
     * @param device  the switch
     * @param network the network
     * @param now     the time
     * @return its status
     */
    AccessSwitchStatus status(IpAddress vip, DeviceId device, NetworkView network, Instant now) {
        return AccessSwitchStatus.builder().device(device).status(
                ready.getOrDefault(vip, Set.of()).contains(device)
                        ? Status.of(AccessSwitchState.READY, "it has confirmed its rules", now)
                        : unready(network, device, now)).build();
    }

    private static Status<AccessSwitchState> unready(NetworkView network, DeviceId device, Instant now) {
        if (!network.switches().containsKey(device)) {
            return Status.of(AccessSwitchState.UNAVAILABLE, "the controller does not reach it, or its driver lacks the"
                    + " extensions of Open vSwitch", now);
        }
        return Status.of(AccessSwitchState.INSTALLING, "it has not confirmed all rules yet", now);
    }
}
