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

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.compute.Placement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept durably of the standby way of a protected path.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableStandbyRecord.class)
@JsonDeserialize(as = ImmutableStandbyRecord.class)
interface StandbyRecord {

    /** Returns what it is doing. */
    StandbyState state();

    /** Returns why. */
    String reason();

    /** Returns since when it has been doing so. */
    Instant since();

    /** Returns the last error in words. */
    Optional<String> lastError();

    /** Returns the way, if there is one. */
    Optional<Placement> placement();

    /** Returns what the way costs, if there is one. */
    Optional<PathMetrics> metrics();

    /** Returns what it shares with the active way, in words. */
    List<String> shared();

    /** Returns how it fares. */
    default Status<StandbyState> status() {
        Status<StandbyState> status = Status.of(state(), reason(), since());
        return lastError().map(status::withError).orElse(status);
    }

    /** Returns a path without a standby way. */
    static StandbyRecord none(String reason, Instant now) {
        return builder().state(StandbyState.UNPROTECTED).reason(reason).since(now).build();
    }

    /** Returns this record with another status. */
    default StandbyRecord with(StandbyState state, String reason, Instant now) {
        Status<StandbyState> next = status().next(state, reason, now);
        return builder().from(this).state(next.state()).reason(next.reason()).since(next.since()).build();
    }

    /** Returns this record without a way. */
    default StandbyRecord without(String reason, Instant now) {
        return builder().from(with(StandbyState.UNPROTECTED, reason, now)).placement(Optional.empty())
                .metrics(Optional.empty()).shared(List.of()).build();
    }

    /** Returns this record with another last error. */
    default StandbyRecord withError(String error) {
        return builder().from(this).lastError(error).build();
    }

    /** Returns what users see. */
    default StandbyWay view() {
        return StandbyWay.builder().status(status())
                .forward(placement().map(Placement::forward).orElse(List.of()))
                .reverse(placement().map(Placement::reverse).orElse(List.of()))
                .metrics(metrics()).shared(shared()).build();
    }

    /** Returns a builder. */
    static Builder builder() {
        return new Builder();
    }

    /** Builds records. */
    final class Builder extends ImmutableStandbyRecord.Builder {
    }
}
