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
package org.roundtrip.openflow.link.compute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.openflow.link.PortRole;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roles of ports, as they follow from ports that come up and go down, links that are seen, and time.
 *
 * <p>Each change comes out once, from the call that brought it about. Not thread-safe. Times are nanoseconds of one
 * monotonic clock with any origin.
 */
public final class PortTable {

    private final Map<ConnectPoint, PortRole> roles = new HashMap<>();
    private final Map<ConnectPoint, Long> unsettledSince = new HashMap<>();

    /**
     * A port is up. Nothing changes if it was up before.
     *
     * @param port port
     * @param now  time
     * @return change, if any
     */
    public Optional<PortRoleChange> up(ConnectPoint port, long now) {
        if (roles.containsKey(port)) {
            return Optional.empty();
        }
        unsettledSince.put(port, now);
        return change(port, PortRole.UNSETTLED);
    }

    /**
     * A port is down or gone.
     *
     * @param port port, known or not
     * @return change, if any
     */
    public Optional<PortRoleChange> down(ConnectPoint port) {
        unsettledSince.remove(port);
        PortRole before = roles.remove(port);
        return before == null ? Optional.empty() : Optional.of(PortRoleChange.of(port, before, PortRole.DOWN));
    }

    /**
     * A link was seen on a port. Nothing changes if the port is down: what was seen is older than that.
     *
     * @param port port, known or not
     * @return change, if any
     */
    public Optional<PortRoleChange> linked(ConnectPoint port) {
        if (!roles.containsKey(port)) {
            return Optional.empty();
        }
        unsettledSince.remove(port);
        return change(port, PortRole.INFRASTRUCTURE);
    }

    /**
     * Takes ports that have been up without a link for long enough for edges.
     *
     * @param now      time
     * @param settling time for which a port is probed before it is taken for an edge
     * @return changes
     */
    public List<PortRoleChange> settle(long now, Duration settling) {
        long limit = settling.toNanos();
        List<ConnectPoint> settled = unsettledSince.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= limit)
                .map(Map.Entry::getKey)
                .collect(ImmutableList.toImmutableList());
        ImmutableList.Builder<PortRoleChange> changes = ImmutableList.builder();
        for (ConnectPoint port : settled) {
            unsettledSince.remove(port);
            change(port, PortRole.EDGE).ifPresent(changes::add);
        }
        return changes.build();
    }

    /**
     * Returns the ports of a switch that are up.
     *
     * @param device switch
     * @return ports
     */
    public List<ConnectPoint> portsOf(DeviceId device) {
        return roles.keySet().stream()
                .filter(port -> port.deviceId().equals(device))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Returns whether a port is up.
     *
     * @param port port, known or not
     * @return true if it is
     */
    public boolean isUp(ConnectPoint port) {
        return roles.containsKey(port);
    }

    /**
     * Returns the roles of all ports that are up.
     *
     * @return immutable snapshot
     */
    public Map<ConnectPoint, PortRole> roles() {
        return ImmutableMap.copyOf(roles);
    }

    private Optional<PortRoleChange> change(ConnectPoint port, PortRole after) {
        PortRole before = roles.put(port, after);
        if (before == after) {
            return Optional.empty();
        }
        return Optional.of(PortRoleChange.of(port, before == null ? PortRole.DOWN : before, after));
    }
}
