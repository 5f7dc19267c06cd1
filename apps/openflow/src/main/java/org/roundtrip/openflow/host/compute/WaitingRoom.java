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
package org.roundtrip.openflow.host.compute;

import com.google.common.collect.ImmutableList;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Keeps sightings on ports of which it is not known yet whether another switch is behind them. A station that speaks
 * once, just when its port comes up, is so learned all the same.
 *
 * <p>It has room for so many stations; when it is full, the one that has waited longest gives way. Not thread-safe.
 */
public final class WaitingRoom {

    private final int capacity;
    private final Map<ConnectPoint, Map<HostId, HostSighting>> waiting = new LinkedHashMap<>();
    private int size;

    /**
     * Creates an empty room.
     *
     * @param capacity stations that it has room for; positive
     */
    public WaitingRoom(int capacity) {
        checkArgument(capacity > 0, "capacity: must be more than 0, not %s", capacity);
        this.capacity = capacity;
    }

    /**
     * Keeps a sighting, together with the addresses of earlier ones of the same station on the same port.
     *
     * @param sighting sighting
     */
    public void keep(HostSighting sighting) {
        Map<HostId, HostSighting> onPort = waiting.computeIfAbsent(sighting.port(), absent -> new LinkedHashMap<>());
        HostSighting earlier = onPort.remove(sighting.host());
        if (earlier == null) {
            size++;
        }
        onPort.put(sighting.host(), earlier == null ? sighting : ImmutableHostSighting.builder()
                .from(sighting).addAllAddresses(earlier.addresses()).build());
        if (size > capacity) {
            removeOldest();
        }
    }

    /**
     * Empties the room of what was seen on a port.
     *
     * @param port port
     * @return sightings, oldest first
     */
    public List<HostSighting> take(ConnectPoint port) {
        Map<HostId, HostSighting> onPort = waiting.remove(port);
        if (onPort == null) {
            return ImmutableList.of();
        }
        size -= onPort.size();
        return ImmutableList.copyOf(onPort.values());
    }

    private void removeOldest() {
        ConnectPoint port = waiting.keySet().iterator().next();
        Map<HostId, HostSighting> onPort = waiting.get(port);
        onPort.remove(onPort.keySet().iterator().next());
        size--;
        if (onPort.isEmpty()) {
            waiting.remove(port);
        }
    }
}
