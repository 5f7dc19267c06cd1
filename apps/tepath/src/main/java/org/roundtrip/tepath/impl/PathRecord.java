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
package org.roundtrip.tepath.impl;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.PathChange;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is kept of a path durably. All else follows from it: its reservations, its rules, and what users see.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutablePathRecord.class)
@JsonDeserialize(as = ImmutablePathRecord.class)
interface PathRecord {

    /** How many changes are remembered. */
    int LONGEST_HISTORY = 16;

    /** Returns what was asked for. */
    TePathRequest request();

    /** Returns the application that asked for it. */
    String owner();

    /** Returns when it was accepted; tells apart paths that had the same name one after the other. */
    Instant created();

    /** Returns what it is doing. */
    TePathState state();

    /** Returns why. */
    String reason();

    /** Returns since when it has been doing so. */
    Instant since();

    /** Returns the last error in words. */
    Optional<String> lastError();

    /** Returns the number of its latest placement, 0 before the first. */
    long generation();

    /** Returns the way that its traffic takes or is about to take. */
    Optional<Placement> active();

    /** Returns what that way costs. */
    Optional<PathMetrics> metrics();

    /** Returns the standby way and how it fares, if the path is protected. */
    Optional<StandbyRecord> standby();

    /** Returns the ways before, whose rules may still be in a switch. */
    List<Placement> retiring();

    /**
     * Returns the ports of the way that its traffic has taken last, or may have, from the source to the destination.
     * Recorded before both ends admit anything to that way, but only for a path with a quiesce time; none if nothing
     * was admitted yet.
     */
    List<ConnectPoint> carried();

    /** Returns whether a failure has driven it from its best way. */
    @Value.Default
    default boolean displaced() {
        return false;
    }

    /** Returns whether its traffic may take a way without a pause, since it has taken the same one last. */
    default boolean carries(Placement way) {
        return request().quiesceTime() == 0 || way.route().ports().equals(carried());
    }

    /** Returns whether both ends have to be told that the traffic may take another way than before. */
    @JsonIgnore
    default boolean isQuiescing() {
        return !request().suspended() && active().filter(way -> !carries(way)).isPresent();
    }

    /** Returns how long both ends admit nothing before the traffic takes another way; the first needs no pause. */
    default Duration pause() {
        return carried().isEmpty() ? Duration.ZERO : Duration.ofMillis(request().quiesceTime());
    }

    /** Returns this record when its traffic is about to take the active way. */
    default PathRecord carrying() {
        return builder().from(this).carried(request().quiesceTime() == 0 ? List.of()
                : active().map(way -> way.route().ports()).orElse(carried())).build();
    }

    /** Returns its latest changes, the oldest first. */
    List<PathChange> history();

    /** Returns the name of the path. */
    default String name() {
        return request().name();
    }

    /** Returns whether it is being taken away. */
    @JsonIgnore
    default boolean isRemoving() {
        return state() == TePathState.REMOVING;
    }

    /** Returns the standby way, if there is one. */
    default Optional<Placement> spare() {
        return standby().flatMap(StandbyRecord::placement);
    }

    /** Returns all ways whose rules may be in a switch. */
    default List<Placement> placements() {
        return Stream.of(active().stream(), spare().stream(), retiring().stream()).flatMap(way -> way)
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns what it holds. A path that is being removed gives back its bandwidth at once, since its traffic leaves
     * first, but its labels only with its rules.
     */
    default Reservation reservation() {
        return Reservation.of(name(), request().holdingPriority(), isRemoving()
                ? placements().stream().map(Placement::withoutBandwidth).collect(Collectors.toUnmodifiableList())
                : placements());
    }

    /** Returns how it fares. */
    default Status<TePathState> status() {
        Status<TePathState> status = Status.of(state(), reason(), since());
        return lastError().map(status::withError).orElse(status);
    }

    /** Returns this record with another status, which its history remembers if it is another state. */
    default PathRecord withStatus(Status<TePathState> status) {
        PathRecord next = builder().from(this).state(status.state()).reason(status.reason()).since(status.since())
                .lastError(status.lastError()).build();
        return status.state() == state() ? next : next.remembering(status.since(), status.reason());
    }

    /** Returns this record with a change added to its history, unless it is what happened last. */
    default PathRecord remembering(Instant time, String what) {
        if (!history().isEmpty() && history().get(history().size() - 1).state() == state()
                && history().get(history().size() - 1).reason().equals(what)) {
            return this;
        }
        List<PathChange> changes = new ArrayList<>(history());
        changes.add(PathChange.of(time, state(), what));
        return builder().from(this)
                .history(changes.subList(Math.max(0, changes.size() - LONGEST_HISTORY), changes.size())).build();
    }

    /** Returns this record on other ways; those before, if any, have still to leave the switches. */
    default PathRecord moved(Optional<Placement> next, Optional<StandbyRecord> nextStandby) {
        List<Placement> ways = Stream.concat(next.stream(), nextStandby.flatMap(StandbyRecord::placement).stream())
                .collect(Collectors.toList());
        return builder().from(this).active(next).standby(nextStandby)
                .addAllRetiring(Stream.concat(active().stream(), spare().stream())
                                        .filter(way -> !ways.contains(way)).collect(Collectors.toList()))
                .generation(Stream.concat(ways.stream().map(Placement::generation), Stream.of(generation()))
                                    .max(Long::compare).orElseThrow())
                .build();
    }

    /** Returns what users see. */
    default TePath view() {
        return TePath.builder().request(request()).owner(owner()).status(status())
                .forward(active().map(Placement::forward).orElse(List.of()))
                .reverse(active().map(Placement::reverse).orElse(List.of()))
                .metrics(metrics()).standby(standby().map(StandbyRecord::view)).build();
    }

    /** Returns a builder. */
    static Builder builder() {
        return new Builder();
    }

    /** Builds records. */
    final class Builder extends ImmutablePathRecord.Builder {
    }
}
