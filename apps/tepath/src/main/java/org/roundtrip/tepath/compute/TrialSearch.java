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
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Solves trials. It sees the network as if all of it worked, so that a fault is a constraint like any other, which can
 * be overlooked.
 * <p>
 * Not thread-safe.
 */
final class TrialSearch {

    private static final List<LinkConstraint> HOLDINGS = List.of(LinkConstraint.BANDWIDTH, LinkConstraint.LABELS);

    private final TeTopology actual;
    private final TeDatabase whole;
    private final WaySearch search;
    private final Map<List<Object>, Removal> removals = new HashMap<>();

    TrialSearch(TeDatabase database) {
        actual = database.topology();
        whole = new TeDatabase(actual.withoutFaults(), database.reservations());
        search = new WaySearch(whole);
    }

    /** Returns the network as it would be if all of it worked. */
    TeDatabase whole() {
        return whole;
    }

    /** Finds the ways of a trial. */
    Ways solve(Trial trial) {
        return isAway(trial, trial.query().source()) || isAway(trial, trial.query().destination())
                ? Ways.none(true) : search.find(trial.query(), admitted(trial));
    }

    /**
     * Finds those ways of a trial that use as little as possible of something. Exact for a single way; the switches of
     * two ways that may share switches count for each.
     */
    Ways solveSparing(Trial trial, Removal spared) {
        if (isAway(trial, trial.query().source()) || isAway(trial, trial.query().destination())) {
            return Ways.none(true);
        }
        return WaySearch.sparing(whole, spared).find(
                PathQuery.builder().from(trial.query()).objective(Objective.TE_METRIC).build(), admitted(trial));
    }

    /** Forgets what paths hold, which may have changed since the last explanation. */
    void forgetHoldings() {
        removals.keySet().removeIf(key -> !Collections.disjoint(key, HOLDINGS));
    }

    /** Returns what a constraint takes away in a trial, what is overlooked included. */
    Removal removal(LinkConstraint constraint, Trial trial) {
        return constraint == LinkConstraint.APART ? trial.avoided() : removals.computeIfAbsent(
                List.of(constraint, constraint.part(whole, trial.query())),
                key -> constraint.removal(actual, whole, trial.query()));
    }

    /** Returns the links that a constraint takes away in a trial: the port at one end of each, ordered. */
    List<ConnectPoint> removedLinks(LinkConstraint constraint, Trial trial) {
        return removal(constraint, trial).allArcs(whole.graph()).stream().map(arc -> arc & ~1).distinct()
                .mapToObj(arc -> whole.link(arc).src()).sorted(LinkDirection.PORT_ORDER).collect(Collectors.toList());
    }

    /** Returns a way that has been found for a trial as a route. */
    Route route(Trial trial, GraphPath way) {
        return Route.of(trial.query().source(), trial.query().destination(),
                        Arrays.stream(way.arcs()).mapToObj(whole::link).collect(Collectors.toList()));
    }

    /** Returns the words that name the ways that have been found for a trial. */
    String by(Trial trial, Ways ways) {
        return Phrases.by(route(trial, ways.active()).devices()) + ways.standby().map(
                way -> " and standby " + Phrases.by(route(trial, way).devices())).orElse("");
    }

    /** Returns whether the switch at an end of a trial is not there, or not connected and not overlooked. */
    boolean isAway(Trial trial, ConnectPoint end) {
        return whole.node(end.deviceId()).isEmpty() || removal(LinkConstraint.CONNECTED, trial)
                .without(trial.overlooked(LinkConstraint.CONNECTED)).nodes()
                .get(whole.node(end.deviceId()).getAsInt());
    }

    private ArcFilter admitted(Trial trial) {
        BitSet removed = new BitSet(whole.graph().arcs());
        for (LinkConstraint constraint : LinkConstraint.values()) {
            removal(constraint, trial).without(trial.overlooked(constraint)).addTo(removed, whole.graph());
        }
        return arc -> !removed.get(arc);
    }
}
