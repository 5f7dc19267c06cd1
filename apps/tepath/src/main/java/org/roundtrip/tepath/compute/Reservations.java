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
package org.roundtrip.tepath.compute;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.Hop;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all paths hold together: bandwidth of each direction of each link, and labels of each port. It is computed from
 * the paths themselves, so there is no account beside them that could differ from them.
 * <p>
 * Immutable and thread-safe. Computing it takes time proportional to the number of hops of all paths.
 */
public final class Reservations {

    /** Nothing is held. */
    public static final Reservations NONE = of(Set.of());

    private final Map<LinkDirection, Long> bandwidth;
    private final Map<ConnectPoint, BitSet> labels;
    private final Map<String, Reservation> paths;
    /** Links on which some bandwidth counts as free. */
    private final Map<LinkDirection, Long> released;

    private Reservations(Map<LinkDirection, Long> bandwidth, Map<ConnectPoint, BitSet> labels,
                         Map<String, Reservation> paths, Map<LinkDirection, Long> released) {
        this.bandwidth = bandwidth;
        this.labels = labels;
        this.paths = paths;
        this.released = released;
    }

    /**
     * Adds up what paths hold.
     *
     * @param paths what each path holds, each path once
     * @return the sum
     */
    public static Reservations of(Collection<Reservation> paths) {
        Map<LinkDirection, Long> bandwidth = new HashMap<>();
        Map<ConnectPoint, BitSet> labels = new HashMap<>();
        Map<String, Reservation> names = new HashMap<>();
        for (Reservation path : paths) {
            names.put(path.path(), path);
            bandwidths(path).forEach((link, amount) -> bandwidth.merge(link, amount, Math::addExact));
            for (Placement placement : path.placements()) {
                for (Hop hop : placement.hops()) {
                    hop.labelIn().ifPresent(label -> labels.computeIfAbsent(
                            new ConnectPoint(hop.device(), hop.inPort()), port -> new BitSet()).set(label));
                }
            }
        }
        return new Reservations(bandwidth, labels, names, Map.of());
    }

    /**
     * Returns how it looks to a path that wants to move: the bandwidth that it holds itself counts as free, since its
     * old and its new way never carry its traffic at the same time (the shared explicit style of RFC 3209, section
     * 2.4.3). Its labels do not: both ways stand side by side for a while.
     *
     * @param path the name of a path
     * @return the reservations without the bandwidth of this path
     */
    public Reservations sharedWith(String path) {
        return paths.containsKey(path)
                ? new Reservations(bandwidth, labels, paths, bandwidths(paths.get(path))) : this;
    }

    /**
     * Returns the bandwidth that is held of a direction of a link.
     *
     * @param link the direction
     * @return bit/s
     */
    public long bandwidth(LinkDirection link) {
        return bandwidth.getOrDefault(link, 0L) - released.getOrDefault(link, 0L);
    }

    /**
     * Returns whether a port has a label left.
     *
     * @param port  the port that would receive the label
     * @param range the labels that its switch may give out
     * @return true if at least one of them is free
     */
    public boolean hasFreeLabel(ConnectPoint port, LabelRange range) {
        return lowestFreeLabel(port, range) <= range.max();
    }

    /**
     * Returns the lowest label that is free at a port.
     *
     * @param port  the port that would receive the label
     * @param range the labels that its switch may give out
     * @return the label, or a number above the range if none is free
     */
    public int lowestFreeLabel(ConnectPoint port, LabelRange range) {
        BitSet used = labels.get(port);
        return used == null ? range.min() : used.nextClearBit(range.min());
    }

    private static Map<LinkDirection, Long> bandwidths(Reservation path) {
        return path.bandwidth() == 0 ? Map.of() : path.placements().stream()
                .flatMap(placement -> placement.links().stream()).distinct()
                .collect(Collectors.toMap(link -> link, link -> path.bandwidth()));
    }
}
