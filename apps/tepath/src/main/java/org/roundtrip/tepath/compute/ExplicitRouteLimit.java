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
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.RouteHop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the active way must go through. */
final class ExplicitRouteLimit implements Limit {

    private static final String FIELD = "constraints.include";

    private final TrialSearch search;

    ExplicitRouteLimit(TrialSearch search) {
        this.search = search;
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public boolean isSet(Trial trial) {
        return !hops(trial).isEmpty();
    }

    @Override
    public String detail(Trial trial) {
        return "the way must go through " + hops(trial).stream().map(ExplicitRouteLimit::text)
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<ConnectPoint> removedLinks(Trial trial) {
        return List.of();
    }

    @Override
    public Trial lifted(Trial trial) {
        return with(trial, List.of());
    }

    @Override
    public Optional<Relaxation> relax(Trial trial) {
        if (!search.solve(lifted(trial)).isFound()) {
            return Optional.empty();
        }
        int blocked = blocked(trial);
        String reason = "include[" + blocked + "], " + text(hops(trial).get(blocked)) + ", can't be reached"
                + (blocked == 0 ? "" : " after include[" + (blocked - 1) + "]") + ": ";
        List<Integer> strict = positions(trial, RouteHop::strict);
        if (!strict.isEmpty() && search.solve(loosened(trial, strict)).isFound()) {
            List<Integer> least = SmallestSet.find(strict, strict,
                                                   chosen -> search.solve(loosened(trial, chosen)).isFound());
            return Optional.of(relaxation(any -> loosened(any, least), trial, least,
                                          reason + "let " + names(least) + " be loose"));
        }
        List<Integer> all = positions(trial, hop -> true);
        List<Integer> least = SmallestSet.find(all, all, chosen -> search.solve(without(trial, chosen)).isFound());
        return Optional.of(relaxation(any -> without(any, least), trial, least,
                                      reason + "leave out " + names(least) + loosened(hops(trial), least)));
    }

    private Relaxation relaxation(UnaryOperator<Trial> change, Trial trial, List<Integer> changed, String text) {
        Trial relaxed = change.apply(trial);
        return new Relaxation(change, FIELD + "[" + changed.get(0) + "]",
                              text + ", to go " + search.by(relaxed, search.solve(relaxed)));
    }

    /** Returns the first hop that no way leads through after those before it. */
    private int blocked(Trial trial) {
        return IntStream.range(0, hops(trial).size())
                .filter(last -> !search.solve(with(trial, hops(trial).subList(0, last + 1))).isFound())
                .findFirst().orElse(hops(trial).size() - 1);
    }

    private List<Integer> positions(Trial trial, Predicate<RouteHop> which) {
        return IntStream.range(0, hops(trial).size()).filter(i -> which.test(hops(trial).get(i))).boxed()
                .collect(Collectors.toList());
    }

    private Trial loosened(Trial trial, List<Integer> positions) {
        return with(trial, IntStream.range(0, hops(trial).size()).mapToObj(i -> positions.contains(i)
                ? RouteHop.builder().from(hops(trial).get(i)).strict(false).build() : hops(trial).get(i))
                .collect(Collectors.toList()));
    }

    /** A hop that is strict after one that is left out means nothing any more: it becomes a loose one. */
    private Trial without(Trial trial, List<Integer> positions) {
        return with(trial, IntStream.range(0, hops(trial).size()).filter(i -> !positions.contains(i))
                .mapToObj(i -> positions.contains(i - 1)
                        ? RouteHop.builder().from(hops(trial).get(i)).strict(false).build() : hops(trial).get(i))
                .collect(Collectors.toList()));
    }

    private static String loosened(List<RouteHop> hops, List<Integer> left) {
        List<Integer> loosened = left.stream().map(i -> i + 1).filter(i -> i < hops.size() && !left.contains(i)
                && hops.get(i).strict()).collect(Collectors.toList());
        return loosened.isEmpty() ? "" : " and let " + names(loosened) + " be loose";
    }

    private static List<RouteHop> hops(Trial trial) {
        return trial.query().constraints().include();
    }

    private static Trial with(Trial trial, List<RouteHop> hops) {
        List<RouteHop> unnumbered = new ArrayList<>();
        hops.forEach(hop -> unnumbered.add(RouteHop.builder().from(hop).index(Optional.empty()).build()));
        return trial.with(PathQuery.builder().from(trial.query()).constraints(
                PathConstraints.builder().from(trial.query().constraints()).include(unnumbered).build()).build());
    }

    private static String names(List<Integer> positions) {
        return positions.stream().map(i -> "include[" + i + "]").collect(Collectors.joining(" and "));
    }

    private static String text(RouteHop hop) {
        return (hop.strict() ? "strictly " : "") + hop.device().map(device -> "the switch " + device)
                .or(() -> hop.link().map(port -> "the link at " + port)).orElseThrow();
    }
}
