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
package org.roundtrip.base;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * What something is doing and why: a state, the reason in words, since when, and the last error.
 * <p>
 * Immutable and thread-safe.
 *
 * @param <S> the states
 */
public final class Status<S extends Enum<S>> {

    private final S state;
    private final String reason;
    private final Instant since;
    private final Optional<String> lastError;

    private Status(S state, String reason, Instant since, Optional<String> lastError) {
        this.state = Objects.requireNonNull(state);
        this.reason = Objects.requireNonNull(reason);
        // What people compare and read; finer is noise.
        this.since = since.truncatedTo(ChronoUnit.MILLIS);
        this.lastError = lastError;
    }

    /**
     * Returns a first status.
     *
     * @param state  the state
     * @param reason why it is in this state, in words that a user understands
     * @param since  when it began
     * @param <S>    the states
     * @return the status, without an error
     */
    public static <S extends Enum<S>> Status<S> of(S state, String reason, Instant since) {
        return new Status<>(state, reason, since, Optional.empty());
    }

    /**
     * Returns the status that follows this one. The age of a state counts from when it was entered: a new reason for
     * the same state does not make it younger. The last error is kept.
     *
     * @param next      the state that follows
     * @param newReason why
     * @param now       the time of the change
     * @return the status that follows
     */
    public Status<S> next(S next, String newReason, Instant now) {
        return new Status<>(next, newReason, next == state ? since : now, lastError);
    }

    /**
     * Returns this status with an error added.
     *
     * @param error what went wrong, in words
     * @return the same state with this last error
     */
    public Status<S> withError(String error) {
        return new Status<>(state, reason, since, Optional.of(error));
    }

    /**
     * Returns the state.
     *
     * @return the state
     */
    @JsonProperty
    public S state() {
        return state;
    }

    /**
     * Returns why it is in this state.
     *
     * @return a reason in words
     */
    @JsonProperty
    public String reason() {
        return reason;
    }

    /**
     * Returns since when it has been in this state.
     *
     * @return the moment of the last change of state, in whole milliseconds
     */
    @JsonProperty
    public Instant since() {
        return since;
    }

    /**
     * Returns the last error, which may be older than the state.
     *
     * @return the last error in words, or empty if there never was one
     */
    @JsonProperty
    public Optional<String> lastError() {
        return lastError;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Status)) {
            return false;
        }
        Status<?> that = (Status<?>) other;
        return state.equals(that.state) && reason.equals(that.reason) && since.equals(that.since)
                && lastError.equals(that.lastError);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, reason, since, lastError);
    }

    @Override
    public String toString() {
        return state + " since " + since + ": " + reason
                + lastError.map(error -> " (last error: " + error + ")").orElse("");
    }
}
