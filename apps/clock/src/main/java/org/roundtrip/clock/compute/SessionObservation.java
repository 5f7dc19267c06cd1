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
package org.roundtrip.clock.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.tepath.TeCapability;
import org.roundtrip.tepath.TePath;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is seen of a session at one moment, from which follows how it fares.
 */
@Value.Immutable
@ValueType
public interface SessionObservation {

    /**
     * Returns the session.
     *
     * @return its record
     */
    ClockSessionRecord session();

    /**
     * Returns the te-path of its name.
     *
     * @return the te-path, or empty if there is none
     */
    Optional<TePath> path();

    /**
     * Returns why the te-path is not as it should be.
     *
     * @return the refusal in words, or empty if nothing was refused
     */
    Optional<String> refusal();

    /**
     * Returns why the session is held back although its tunnel may stand.
     *
     * @return the reason in words, or empty if its server is the best
     */
    Optional<String> heldBack();

    /**
     * Returns which other session serves the client.
     *
     * @return the name of a session that is up, or empty
     */
    Optional<String> servedBy();

    /**
     * Returns what the switch of the server may do.
     *
     * @return its capability, or empty while the network does not know the switch
     */
    Optional<TeCapability> serverCapability();

    /**
     * Returns what the switch of the client may do.
     *
     * @return its capability, or empty while the network does not know the switch
     */
    Optional<TeCapability> clientCapability();

    /**
     * Returns what the network does not know of the clocks, and what is wrong with the rules at the edge.
     *
     * @return whole phrases; none as a rule
     */
    List<String> remarks();

    /**
     * Returns what is wrong with what the client measures.
     *
     * @return the alarms with their reasons
     */
    Map<ClockAlarmType, String> measuredWrong();

    /**
     * Returns what the session was doing before.
     *
     * @return the state, or empty if it is new
     */
    Optional<ClockSessionState> previous();

    /**
     * Returns whether the session ever was up.
     *
     * @return true from the first time on
     */
    @Value.Default
    default boolean served() {
        return false;
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableSessionObservation.Builder {
    }
}
