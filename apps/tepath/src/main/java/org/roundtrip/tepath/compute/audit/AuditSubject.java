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

import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.RuleCompiler;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A path as it should be in the switches.
 */
@Value.Immutable
@ValueType
public interface AuditSubject {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    TePathRequest request();

    /**
     * Returns the way that the traffic should take.
     *
     * @return the placement, or empty if the path has none; a suspended path has one but takes nothing in
     */
    Optional<Placement> active();

    /**
     * Returns the rules that admit the traffic at both ends, or drop it.
     *
     * @return the rules; none if the traffic is left to other forwarding
     */
    List<FlowRule> edges();

    /**
     * Returns the rules that take labelled packets along the active and the standby way.
     *
     * @return the rules
     */
    List<FlowRule> transit();

    /**
     * Returns rules that need not be there but may: those on their way out of the switches.
     *
     * @return the rules
     */
    List<FlowRule> tolerated();

    /**
     * Returns the rules that must be there.
     *
     * @return the rules at both ends, then the others
     */
    default List<FlowRule> intended() {
        return Stream.concat(edges().stream(), transit().stream()).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the switches that must hold some of the rules, or may.
     *
     * @return the switches
     */
    default Set<DeviceId> devices() {
        return Stream.concat(intended().stream(), tolerated().stream()).map(FlowRule::deviceId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns a path that has settled: nothing of it is on its way into the switches.
     *
     * @param compiler compiles its rules
     * @param request  what was asked for
     * @param active   the way that its traffic takes, or empty if it has none
     * @param standby  the way that waits, or empty if there is none
     * @param retiring ways before, whose rules may still be in a switch
     * @return the path as it should be
     */
    static AuditSubject of(RuleCompiler compiler, TePathRequest request, Optional<Placement> active,
                           Optional<Placement> standby, List<Placement> retiring) {
        return builder().request(request).active(active)
                .edges(active.filter(placement -> !request.suspended())
                               .map(placement -> compiler.admission(request, placement))
                               .orElseGet(() -> compiler.aside(request)))
                .transit(Stream.concat(active.stream(), standby.stream())
                                 .flatMap(placement -> compiler.transit(request, placement).stream())
                                 .collect(Collectors.toUnmodifiableList()))
                .tolerated(retiring.stream().flatMap(placement -> compiler.transit(request, placement).stream())
                                   .collect(Collectors.toUnmodifiableList()))
                .build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds subjects. */
    final class Builder extends ImmutableAuditSubject.Builder {
    }
}
