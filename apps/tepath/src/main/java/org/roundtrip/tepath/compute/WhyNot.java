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
import org.roundtrip.base.FieldError;
import org.roundtrip.tepath.Obstacle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says why a query has no way: leaves out each limit on its own and, where that lets the query through, looks for the
 * nearest change of it that does. Where no single one does, it looks for the fewest that do together.
 * <p>
 * Takes some searches for each limit that is set, and many where only several together help. Not thread-safe.
 */
final class WhyNot {

    private final TrialSearch search;
    private final List<Limit> limits = new ArrayList<>();

    WhyNot(TeDatabase database) {
        search = new TrialSearch(database);
        for (BandwidthLimit.Direction direction : BandwidthLimit.Direction.values()) {
            limits.add(new BandwidthLimit(search, direction));
        }
        limits.add(new SetupPriorityLimit(search));
        for (Bound bound : Bound.values()) {
            limits.add(new BoundLimit(search, bound));
        }
        limits.add(new ExplicitRouteLimit(search));
        limits.add(ExclusionLimit.ofDevices(search));
        limits.add(ExclusionLimit.ofLinks(search));
        for (AffinityLimit.Kind kind : AffinityLimit.Kind.values()) {
            limits.add(new AffinityLimit(search, kind));
        }
        limits.add(new ProtectionLimit(search));
        limits.add(new ApartLimit(search));
        for (LinkConstraint state : List.of(
                LinkConstraint.CONNECTED, LinkConstraint.UP, LinkConstraint.DUPLEX, LinkConstraint.CAPABILITY,
                LinkConstraint.LABELS, LinkConstraint.MAINTENANCE, LinkConstraint.STEADY)) {
            limits.add(new NetworkLimit(search, state, database.topology()));
        }
    }

    /** Returns what finds the ways of trials. */
    TrialSearch search() {
        return search;
    }

    /** Returns what limits a trial that gets through. */
    List<Obstacle> passed(Trial trial) {
        search.forgetHoldings();
        return set(trial).map(limit -> obstacle(trial, limit, Optional.empty())).collect(Collectors.toList());
    }

    /** Returns what limits a trial that does not get through: first what could let it through on its own. */
    List<Obstacle> obstacles(Trial trial) {
        search.forgetHoldings();
        return set(trial).map(limit -> obstacle(trial, limit, limit.relax(trial)))
                .sorted(Comparator.comparing(obstacle -> !obstacle.decisive())).collect(Collectors.toList());
    }

    private static Obstacle obstacle(Trial trial, Limit limit, Optional<Relaxation> relaxation) {
        return Obstacle.builder().field(relaxation.map(Relaxation::field).orElse(limit.field()))
                .detail(limit.detail(trial)).decisive(relaxation.isPresent())
                .removedLinks(limit.removedLinks(trial)).relaxation(relaxation.map(Relaxation::text)).build();
    }

    /**
     * Puts together why a trial does not get through.
     *
     * @param trial     the trial
     * @param obstacles what limits it
     */
    NoPath noPath(Trial trial, List<Obstacle> obstacles) {
        List<FieldError> errors = obstacles.stream().filter(Obstacle::decisive).map(obstacle -> FieldError.of(
                obstacle.field(), obstacle.detail() + ": " + obstacle.relaxation().orElseThrow()))
                .collect(Collectors.toList());
        return errors.isEmpty() ? together(trial).or(() -> withoutEnd(trial)).orElseGet(() -> disconnected(trial))
                : NoPath.of(errors, errors.stream().map(FieldError::detail).collect(Collectors.joining("; or else, ")));
    }

    /** A switch that is not connected may have taken along all that was known of its links. */
    private Optional<NoPath> withoutEnd(Trial trial) {
        List<FieldError> errors = new ArrayList<>();
        requireEnd(trial, "source", trial.query().source()).ifPresent(errors::add);
        requireEnd(trial, "destination", trial.query().destination()).ifPresent(errors::add);
        return errors.isEmpty() ? Optional.empty() : Optional.of(NoPath.of(errors, errors.get(0).detail()));
    }

    private Optional<FieldError> requireEnd(Trial trial, String field, ConnectPoint end) {
        return search.isAway(trial, end) ? Optional.of(FieldError.of(
                field, "the switch " + end.deviceId() + " is not connected")) : Optional.empty();
    }

    private Optional<NoPath> together(Trial trial) {
        List<Limit> fewest = fewest(trial);
        List<Relaxation> changes = combination(trial, fewest);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        List<FieldError> errors = new ArrayList<>();
        for (int index = 0; index < changes.size(); index++) {
            errors.add(FieldError.of(changes.get(index).field(), "together with the others: "
                    + fewest.get(index).detail(trial) + ": " + changes.get(index).text()));
        }
        return Optional.of(NoPath.of(errors, "only together would these do: " + changes.stream()
                .map(change -> change.field().isEmpty() ? change.text() : change.field() + ": " + change.text())
                .collect(Collectors.joining("; and "))));
    }

    /** Returns the fewest limits without which a trial gets through, or none if it does not get through at all. */
    List<Limit> fewest(Trial trial) {
        List<Limit> all = set(trial).collect(Collectors.toList());
        return search.solve(lifted(trial, all)).isFound() ? SmallestSet.find(
                all, all, some -> search.solve(lifted(trial, some)).isFound()) : List.of();
    }

    /** Returns the nearest change of each of some limits, given the changes of those before it. */
    List<Relaxation> combination(Trial trial, List<Limit> some) {
        List<Relaxation> changes = new ArrayList<>();
        Trial changed = trial;
        for (int index = 0; index < some.size(); index++) {
            Optional<Relaxation> change = some.get(index).relax(
                    lifted(changed, some.subList(index + 1, some.size())));
            changes.add(change.orElseThrow());
            changed = change.orElseThrow().change().apply(changed);
        }
        return changes;
    }

    private static NoPath disconnected(Trial trial) {
        String detail = "no links join " + trial.query().source().deviceId() + " and "
                + trial.query().destination().deviceId();
        return NoPath.of(List.of(FieldError.of("", detail)), detail);
    }

    /** Returns the limits that are set in a trial. */
    Stream<Limit> set(Trial trial) {
        return limits.stream().filter(limit -> limit.isSet(trial));
    }

    private static Trial lifted(Trial trial, List<Limit> some) {
        Trial lifted = trial;
        for (Limit limit : some) {
            lifted = limit.lifted(lifted);
        }
        return lifted;
    }
}
