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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * That a path has a standby way, reserved and in the switches, to which both directions move together when the active
 * way fails (1:1 protection, RFC 4427, section 4.2).
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"disjoint", "bestEffort", "holdOff", "waitToRestore"})
@JsonSerialize(as = ImmutableProtection.class)
@JsonDeserialize(as = ImmutableProtection.class)
public interface Protection {

    /** The longest hold-off time in milliseconds (ITU-T G.808.1, section 12.2: 0 to 10 s). */
    int LONGEST_HOLD_OFF = 10_000;

    /** The longest time to wait to restore in seconds: a day. */
    int LONGEST_WAIT_TO_RESTORE = 86_400;

    /**
     * Returns what the two ways must not share.
     *
     * @return links unless said otherwise
     */
    @Value.Default
    default Disjointness disjoint() {
        return Disjointness.LINK;
    }

    /**
     * Returns whether a standby way that shares something is better than none.
     *
     * @return true if it shall share as little as possible; false, as when nothing is said, if it must not share
     */
    @Value.Default
    default boolean bestEffort() {
        return false;
    }

    /**
     * Returns how long a failure must last before the path moves, so that a lower layer may mend it first.
     *
     * @return milliseconds, 0 to {@link #LONGEST_HOLD_OFF}; 0 if nothing is said
     */
    @Value.Default
    default int holdOff() {
        return 0;
    }

    /**
     * Returns how long the network must have been whole before the path goes back to its best way.
     *
     * @return seconds, 0 to {@link #LONGEST_WAIT_TO_RESTORE}; empty if it stays where it is
     */
    Optional<Integer> waitToRestore();

    /**
     * Refuses times out of range.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(holdOff() >= 0 && holdOff() <= LONGEST_HOLD_OFF, "hold-off",
                         "must be 0 to " + LONGEST_HOLD_OFF + " milliseconds")
                .require(waitToRestore().filter(time -> time < 0 || time > LONGEST_WAIT_TO_RESTORE).isEmpty(),
                         "wait-to-restore", "must be 0 to " + LONGEST_WAIT_TO_RESTORE + " seconds, or left out to stay")
                .throwIfInvalid();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds protections. */
    final class Builder extends ImmutableProtection.Builder {
    }
}
