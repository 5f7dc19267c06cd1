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
import com.google.common.collect.ImmutableSet;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The links that are alive, as they follow from the probes that arrive, ports that go down, and time. Each direction is
 * a link of its own, so a cable that works one way only shows as one link.
 *
 * <p>A link that vanishes comes out once, from the call that ended it. Not thread-safe. Times are nanoseconds of one
 * monotonic clock with any origin.
 */
public final class LinkTable {

    private final Map<DirectedLink, Long> lastSeen = new HashMap<>();

    /**
     * A link was seen: a probe that left by its source arrived at its destination.
     *
     * @param link link
     * @param now  time
     * @return whether the link is new
     */
    public boolean seen(DirectedLink link, long now) {
        return lastSeen.put(link, now) == null;
    }

    /**
     * A port went down: all links from it and to it are lost.
     *
     * @param port port
     * @return links that vanished
     */
    public List<DirectedLink> portDown(ConnectPoint port) {
        return remove(link -> link.source().equals(port) || link.destination().equals(port));
    }

    /**
     * Gives up watching the links that lead to a switch, since another controller node now receives its packets. They
     * have not vanished.
     *
     * @param device switch
     */
    public void forgetLinksTo(DeviceId device) {
        lastSeen.keySet().removeIf(link -> link.destination().deviceId().equals(device));
    }

    /**
     * Ends the links that have been silent for too long.
     *
     * @param now        time
     * @param maxSilence time without a probe after which a link is lost
     * @return links that vanished
     */
    public List<DirectedLink> expire(long now, Duration maxSilence) {
        long limit = maxSilence.toNanos();
        return remove(link -> now - lastSeen.get(link) >= limit);
    }

    /**
     * Returns the links that are alive.
     *
     * @return immutable snapshot
     */
    public Set<DirectedLink> links() {
        return ImmutableSet.copyOf(lastSeen.keySet());
    }

    private List<DirectedLink> remove(Predicate<DirectedLink> ended) {
        List<DirectedLink> vanished = lastSeen.keySet().stream().filter(ended).collect(ImmutableList.toImmutableList());
        vanished.forEach(lastSeen::remove);
        return vanished;
    }
}
