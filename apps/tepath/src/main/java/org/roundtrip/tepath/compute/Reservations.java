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
import org.roundtrip.tepath.TePathRequest;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What all paths hold together: bandwidth of each direction of each link by priority, and labels of each port; and
 * which paths use a port. It follows from the reservations of the paths alone, and changes with each of them in time
 * proportional to its hops.
 * <p>
 * Not thread-safe.
 */
public final class Reservations {

    private final Map<String, Reservation> paths = new HashMap<>();
    private final Map<LinkDirection, long[]> bandwidth = new HashMap<>();
    private final Map<ConnectPoint, BitSet> labels = new HashMap<>();
    private final Map<ConnectPoint, NavigableSet<String>> users = new HashMap<>();

    /**
     * Adds up what paths hold.
     *
     * @param paths what each path holds
     * @return the sum
     */
    public static Reservations of(Collection<Reservation> paths) {
        Reservations sum = new Reservations();
        paths.forEach(sum::put);
        return sum;
    }

    /**
     * Says what a path holds from now on, instead of what it held before.
     *
     * @param reservation what it holds
     */
    public void put(Reservation reservation) {
        remove(reservation.path());
        paths.put(reservation.path(), reservation);
        charge(reservation, 1);
        for (Placement placement : reservation.placements()) {
            for (Hop hop : placement.hops()) {
                hop.labelIn().ifPresent(label -> labelAccount(inPort(hop)).set(label));
                use(inPort(hop), reservation.path());
                use(outPort(hop), reservation.path());
            }
        }
    }

    /**
     * Gives back all that a path holds.
     *
     * @param path the name of the path, which may hold nothing
     */
    public void remove(String path) {
        Reservation reservation = paths.remove(path);
        if (reservation == null) {
            return;
        }
        charge(reservation, -1);
        for (Placement placement : reservation.placements()) {
            for (Hop hop : placement.hops()) {
                hop.labelIn().ifPresent(label -> labels.get(inPort(hop)).clear(label));
                leave(inPort(hop), path);
                leave(outPort(hop), path);
            }
        }
    }

    /**
     * Returns what a path holds.
     *
     * @param path the name of the path
     * @return what it holds, or empty if it holds nothing
     */
    public Optional<Reservation> get(String path) {
        return Optional.ofNullable(paths.get(path));
    }

    /**
     * Computes something as it looks to a path that wants to move: the bandwidth that it holds itself counts as free.
     * Its labels do not: the old and the new way stand side by side for a while.
     *
     * @param path        the name of the path, which may hold nothing
     * @param computation what to compute; must not change what is held
     * @param <T>         its result
     * @return its result
     */
    public <T> T whileMoving(String path, Supplier<T> computation) {
        Optional<Reservation> own = get(path);
        own.ifPresent(reservation -> charge(reservation, -1));
        try {
            return computation.get();
        } finally {
            own.ifPresent(reservation -> charge(reservation, 1));
        }
    }

    /**
     * Returns the paths that go through a port.
     *
     * @param port a port at either end of a link, or an edge port
     * @return their names, ordered; a view that changes with what is held
     */
    public NavigableSet<String> users(ConnectPoint port) {
        return Collections.unmodifiableNavigableSet(users.getOrDefault(port, Collections.emptyNavigableSet()));
    }

    /**
     * Returns the bandwidth that is held of a direction of a link by paths that a newcomer can't throw out.
     *
     * @param link          the direction
     * @param setupPriority the setup priority of the newcomer, 0 to 7
     * @return bit/s
     */
    public long bandwidth(LinkDirection link, int setupPriority) {
        long[] held = bandwidth.get(link);
        return held == null ? 0 : held[setupPriority];
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

    /**
     * Returns the labels of a port that are in use.
     *
     * @param port the port that would receive them
     * @return the labels; a copy
     */
    public BitSet labels(ConnectPoint port) {
        BitSet used = labels.get(port);
        return used == null ? new BitSet() : (BitSet) used.clone();
    }

    /** Returns the labels that are in use at a port, which change with what is held. */
    BitSet labelAccount(ConnectPoint port) {
        return labels.computeIfAbsent(port, absent -> new BitSet());
    }

    /** Returns the account of a direction of a link, which changes with what is held: by priority, as unreserved. */
    long[] account(LinkDirection link) {
        return bandwidth.computeIfAbsent(link, absent -> new long[TePathRequest.LEAST_PRIORITY + 1]);
    }

    /** Adds to each priority that can't throw this one out, so that reading takes one step. */
    private void charge(Reservation reservation, int sign) {
        reservation.bandwidth().forEach((link, amount) -> {
            long[] account = account(link);
            for (int priority = reservation.holdingPriority(); priority < account.length; priority++) {
                account[priority] += sign * amount;
            }
        });
    }

    private void use(ConnectPoint port, String path) {
        users.computeIfAbsent(port, absent -> new TreeSet<>()).add(path);
    }

    private void leave(ConnectPoint port, String path) {
        NavigableSet<String> left = users.get(port);
        if (left != null && left.remove(path) && left.isEmpty()) {
            users.remove(port);
        }
    }

    private static ConnectPoint inPort(Hop hop) {
        return new ConnectPoint(hop.device(), hop.inPort());
    }

    private static ConnectPoint outPort(Hop hop) {
        return new ConnectPoint(hop.device(), hop.outPort());
    }
}
