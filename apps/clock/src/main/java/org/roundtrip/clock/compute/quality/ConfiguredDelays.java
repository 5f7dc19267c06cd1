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
package org.roundtrip.clock.compute.quality;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TePath;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The links whose delays are configured. Immutable, thread-safe. It takes time in proportion to the number of links to
 * make one, and to the number of hops to ask.
 */
public final class ConfiguredDelays {

    private final Set<ConnectPoint> senders;

    /**
     * Creates the set.
     *
     * @param links all links
     */
    public ConfiguredDelays(Collection<TeLink> links) {
        senders = links.stream()
                .filter(link -> link.forward().delay() > 0 && link.reverse().delay() > 0)
                .flatMap(link -> Stream.of(link.source(), link.destination()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the mean path delay that a client at the end of a path should measure, as far as links are the reason.
     *
     * @param path the path from its server
     * @return nanoseconds, the mean of both directions; empty if there is no link, or the delay of one is not
     *         configured
     */
    public Optional<Long> meanPathDelay(TePath path) {
        List<ConnectPoint> way = way(path);
        boolean known = way.size() > 1 && senders.containsAll(way.subList(0, way.size() - 1));
        return path.metrics().filter(metrics -> known)
                .map(metrics -> (metrics.forwardDelay() + metrics.reverseDelay()) / 2);
    }

    /**
     * Returns the way of a path.
     *
     * @param path the path
     * @return the ports where the forward direction leaves a switch, the last one being that of the destination
     */
    public static List<ConnectPoint> way(TePath path) {
        return path.forward().stream().map(ConfiguredDelays::sender).collect(Collectors.toUnmodifiableList());
    }

    private static ConnectPoint sender(Hop hop) {
        return new ConnectPoint(hop.device(), hop.outPort());
    }
}
