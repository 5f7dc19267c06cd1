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
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A constraint that takes away switches and links, each of which could be left on its own. */
abstract class RemovalLimit implements Limit {

    private final TrialSearch search;
    private final LinkConstraint constraint;

    RemovalLimit(TrialSearch search, LinkConstraint constraint) {
        this.search = search;
        this.constraint = constraint;
    }

    /** Returns a trial in which some switches and links are not taken away. */
    abstract Trial leaving(Trial trial, Removal left);

    /** Returns what would have to change for some switches and links not to be taken away. */
    abstract String remedy(List<TeNode> switches, List<LinkDirection> links);

    /** Returns the field of the request that takes some switches away. */
    String field(Trial trial, List<TeNode> switches) {
        return field();
    }

    LinkConstraint constraint() {
        return constraint;
    }

    Removal removal(Trial trial) {
        return search.removal(constraint, trial).without(trial.overlooked(constraint));
    }

    @Override
    public boolean isSet(Trial trial) {
        return !removal(trial).isEmpty();
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        return search.removedLinks(constraint, trial);
    }

    @Override
    public Trial lifted(Trial trial) {
        return leaving(trial, removal(trial));
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        Removal removal = removal(trial);
        Ways sparing = search.solveSparing(lifted(trial), removal);
        if (!sparing.isFound()) {
            return Optional.empty();
        }
        List<Integer> used = used(trial, sparing, removal);
        List<Integer> least = trial.query().protection().isEmpty() ? used : SmallestSet.find(
                things(removal), used, left -> search.solve(leaving(trial, removal(left))).isFound());
        Removal left = removal(least);
        Trial relaxed = leaving(trial, left);
        List<TeNode> switches = switches(left);
        return Optional.of(new Relaxation(any -> leaving(any, left), field(trial, switches),
                                          remedy(switches, links(left)) + ", to go "
                                                  + search.by(relaxed, search.solve(relaxed))));
    }

    /** Returns what ways use of what the constraint takes away. */
    private List<Integer> used(Trial trial, Ways ways, Removal removal) {
        BitSet passed = new BitSet();
        passed.set(search.whole().node(trial.query().source().deviceId()).orElseThrow());
        Stream.concat(Stream.of(ways.active()), ways.standby().stream()).map(GraphPath::arcs)
                .flatMapToInt(IntStream::of).forEach(arc -> {
                    passed.set(search.whole().graph().head(arc));
                    passed.set(number(DuplexGraph.link(arc)));
                });
        return things(removal).stream().filter(passed::get).collect(Collectors.toList());
    }

    /** Returns the numbers of switches and links: those of the switches come first. */
    private List<Integer> things(Removal removal) {
        return IntStream.concat(removal.nodes().stream(),
                                removal.arcs().stream().map(DuplexGraph::link).distinct().map(this::number))
                .boxed().collect(Collectors.toList());
    }

    private int number(int link) {
        return search.whole().graph().nodes() + link;
    }

    private Removal removal(List<Integer> things) {
        BitSet nodes = new BitSet();
        BitSet arcs = new BitSet();
        for (int thing : things) {
            if (thing < search.whole().graph().nodes()) {
                nodes.set(thing);
            } else {
                int arc = DuplexGraph.forward(thing - search.whole().graph().nodes());
                arcs.set(arc);
                arcs.set(DuplexGraph.opposite(arc));
            }
        }
        return new Removal(nodes, arcs);
    }

    List<TeNode> switches(Removal removal) {
        return removal.nodes().stream().mapToObj(search.whole()::node).collect(Collectors.toList());
    }

    List<LinkDirection> links(Removal removal) {
        return removal.arcs().stream().map(DuplexGraph::link).distinct()
                .mapToObj(link -> search.whole().link(DuplexGraph.forward(link))).collect(Collectors.toList());
    }
}
