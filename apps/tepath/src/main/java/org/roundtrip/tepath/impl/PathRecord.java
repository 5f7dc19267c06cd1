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
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Reservation;

import java.time.Instant;
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

    /** Returns the way that it takes or is about to take. */
    Optional<Placement> working();

    /** Returns the ways before, whose rules may still be in a switch. */
    List<Placement> retiring();

    /** Returns the name of the path. */
    default String name() {
        return request().name();
    }

    /** Returns whether it is being taken away. */
    @JsonIgnore
    default boolean isRemoving() {
        return state() == TePathState.REMOVING;
    }

    /** Returns all ways whose rules may be in a switch. */
    default List<Placement> placements() {
        return Stream.concat(working().stream(), retiring().stream()).collect(Collectors.toUnmodifiableList());
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

    /** Returns this record with another status. */
    default PathRecord withStatus(Status<TePathState> status) {
        return builder().from(this).state(status.state()).reason(status.reason()).since(status.since())
                .lastError(status.lastError()).build();
    }

    /** Returns this record with another way; the way before, if any, has still to leave the switches. */
    default PathRecord moved(Optional<Placement> next) {
        return builder().from(this).working(next).addAllRetiring(working().stream().collect(Collectors.toList()))
                .generation(next.map(Placement::generation).orElse(generation())).build();
    }

    /** Returns what users see. */
    default TePath view() {
        return TePath.builder().request(request()).owner(owner()).status(status())
                .forward(working().map(Placement::forward).orElse(List.of()))
                .reverse(working().map(Placement::reverse).orElse(List.of())).build();
    }

    /** Returns a builder. */
    static Builder builder() {
        return new Builder();
    }

    /** Builds records. */
    final class Builder extends ImmutablePathRecord.Builder {
    }
}
