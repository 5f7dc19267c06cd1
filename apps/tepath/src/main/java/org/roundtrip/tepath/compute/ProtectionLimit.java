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
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** That there must be a standby way, which shares nothing with the active one. */
final class ProtectionLimit implements Limit {

    private static final String FIELD = "protection";

    private final TrialSearch search;

    ProtectionLimit(TrialSearch search) {
        this.search = search;
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public boolean isSet(Trial trial) {
        return trial.query().protection().isPresent();
    }

    @Override
    public String detail(Trial trial) {
        return "the ways must be " + trial.query().protection().orElseThrow().disjoint().name()
                .toLowerCase(Locale.ROOT) + "-disjoint";
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        return List.of();
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, Optional.empty());
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        Trial unprotected = lifted(trial);
        Ways single = search.solve(unprotected);
        if (!single.isFound()) {
            return Optional.empty();
        }
        Protection protection = trial.query().protection().orElseThrow();
        String reason = bottlenecks(unprotected, single.active(), protection.disjoint());
        return weaker(trial, protection, reason).or(() -> bestEffort(trial, protection, reason)).or(
                () -> Optional.of(new Relaxation(this::lifted, FIELD, reason + "without protection, it would go "
                        + search.by(unprotected, single))));
    }

    private Optional<Relaxation> weaker(Trial trial, Protection protection, String reason) {
        if (protection.disjoint() == Disjointness.LINK) {
            return Optional.empty();
        }
        Protection less = Protection.builder().from(protection).disjoint(Disjointness.LINK).build();
        Trial relaxed = with(trial, Optional.of(less));
        Ways ways = search.solve(relaxed);
        return ways.isFound() ? Optional.of(new Relaxation(
                any -> with(any, Optional.of(less)), FIELD,
                reason + "disjoint link would do, " + search.by(relaxed, ways))) : Optional.empty();
    }

    private Optional<Relaxation> bestEffort(Trial trial, Protection protection, String reason) {
        Protection less = Protection.builder().from(protection).bestEffort(true).build();
        Trial relaxed = with(trial, Optional.of(less));
        Ways ways = search.solve(relaxed);
        return ways.isFound() ? Optional.of(new Relaxation(
                any -> with(any, Optional.of(less)), FIELD,
                reason + "best-effort would go " + search.by(relaxed, ways) + shared(relaxed, ways)))
                : Optional.empty();
    }

    private String shared(Trial trial, Ways ways) {
        return ways.standby().map(standby -> ", sharing " + String.join(", ", Overlap.of(
                search.whole().topology(), trial.query().protection().orElseThrow().disjoint(),
                search.route(trial, ways.active()), search.route(trial, standby)))).orElse(" without a standby way");
    }

    /** Returns what every way needs, and so every pair shares. */
    private String bottlenecks(Trial unprotected, GraphPath way, Disjointness disjointness) {
        DuplexGraph graph = search.whole().graph();
        List<String> names = new ArrayList<>();
        for (int index = 0; index < way.hops(); index++) {
            int arc = way.arc(index);
            BitSet node = new BitSet();
            node.set(graph.head(arc));
            if (isNeeded(unprotected, new Removal(new BitSet(), arcs(IntStream.of(DuplexGraph.link(arc)))))) {
                names.add("the link " + Phrases.link(search.whole().link(arc)));
            }
            if (disjointness == Disjointness.NODE && index < way.hops() - 1
                    && isNeeded(unprotected, new Removal(node, new BitSet()))) {
                names.add("the switch " + search.whole().node(graph.head(arc)).device());
            }
        }
        if (disjointness == Disjointness.SRLG) {
            Arrays.stream(way.arcs()).map(DuplexGraph::link).flatMap(this::risks).distinct().sorted()
                    .filter(risk -> isNeeded(unprotected, new Removal(new BitSet(), arcs(IntStream.range(
                            0, graph.links()).filter(link -> risks(link).anyMatch(one -> one == risk))))))
                    .forEach(risk -> names.add("the shared risk link group " + risk));
        }
        return names.isEmpty() ? "" : "all ways need " + String.join(", ", names) + "; ";
    }

    private boolean isNeeded(Trial unprotected, Removal removal) {
        return !search.solve(unprotected.avoiding(removal)).isFound();
    }

    private IntStream risks(int link) {
        DuplexGraph graph = search.whole().graph();
        return IntStream.range(0, graph.srlgCount(link)).map(index -> graph.srlg(link, index));
    }

    private static BitSet arcs(IntStream links) {
        BitSet arcs = new BitSet();
        links.map(DuplexGraph::forward).forEach(arc -> arcs.set(arc, arc + 2));
        return arcs;
    }

    private static Trial with(Trial trial, Optional<Protection> protection) {
        return trial.with(PathQuery.builder().from(trial.query()).protection(protection).build());
    }
}
