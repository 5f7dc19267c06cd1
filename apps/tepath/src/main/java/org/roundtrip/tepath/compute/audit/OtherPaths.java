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
package org.roundtrip.tepath.compute.audit;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.Pipeline;
import org.roundtrip.tepath.compute.Reservations;
import org.roundtrip.tepath.compute.RuleCompiler;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which rules of this application, at ports where a path enters switches, belong to some path: those for a label
 * that is reserved at its port, and those for traffic that a path takes in at its port.
 * <p>
 * Immutable and thread-safe.
 */
public final class OtherPaths implements Predicate<FlowRule> {

    private static final Set<Criterion.Type> LABEL_FORM = Set.of(Criterion.Type.IN_PORT, Criterion.Type.ETH_TYPE,
            Criterion.Type.MPLS_LABEL, Criterion.Type.MPLS_BOS);

    private final RuleCompiler compiler;
    private final Map<ConnectPoint, BitSet> labels;
    private final Map<ConnectPoint, List<TePathRequest>> edges;

    private OtherPaths(RuleCompiler compiler, Map<ConnectPoint, BitSet> labels,
                       Map<ConnectPoint, List<TePathRequest>> edges) {
        this.compiler = compiler;
        this.labels = labels;
        this.edges = edges;
    }

    /**
     * Takes down what belongs to paths at the ports of one of them. That takes time proportional to the number of
     * paths.
     *
     * @param compiler     compiles the rules of paths
     * @param path         the one
     * @param reservations what all paths hold
     * @param requests     what was asked for of each path
     * @return the predicate, which later changes of the reservations don't touch
     */
    public static OtherPaths around(RuleCompiler compiler, AuditSubject path, Reservations reservations,
                                    Collection<TePathRequest> requests) {
        Map<ConnectPoint, BitSet> labels = Stream.concat(path.intended().stream(), path.tolerated().stream())
                .map(rule -> port(rule).orElseThrow()).distinct()
                .collect(Collectors.toMap(port -> port, reservations::labels));
        Map<ConnectPoint, List<TePathRequest>> edges = Stream.of(path.request().source(), path.request().destination())
                .collect(Collectors.toMap(port -> port, port -> requests.stream()
                        .filter(other -> other.source().equals(port) || other.destination().equals(port))
                        .collect(Collectors.toUnmodifiableList())));
        return new OtherPaths(compiler, labels, edges);
    }

    @Override
    public boolean test(FlowRule rule) {
        Optional<ConnectPoint> port = port(rule);
        MplsCriterion label = (MplsCriterion) rule.selector().getCriterion(Criterion.Type.MPLS_LABEL);
        return label != null ? isForm(rule) && isReserved(port, label.label().toInt())
                : port.map(edges::get).filter(paths -> paths.stream()
                .anyMatch(path -> compiler.blocking(path).contains(rule))).isPresent();
    }

    /** Returns whether a rule matches a label in the way that paths do. */
    private static boolean isForm(FlowRule rule) {
        return rule.tableId() == Pipeline.TABLE && rule.priority() == Pipeline.LABEL_PRIORITY
                && rule.selector().criteria().stream().map(Criterion::type).collect(Collectors.toSet())
                .equals(LABEL_FORM);
    }

    private boolean isReserved(Optional<ConnectPoint> port, int label) {
        return port.map(labels::get).filter(used -> used.get(label)).isPresent();
    }

    private static Optional<ConnectPoint> port(FlowRule rule) {
        return Optional.ofNullable((PortCriterion) rule.selector().getCriterion(Criterion.Type.IN_PORT))
                .map(criterion -> new ConnectPoint(rule.deviceId(), criterion.port()));
    }
}
