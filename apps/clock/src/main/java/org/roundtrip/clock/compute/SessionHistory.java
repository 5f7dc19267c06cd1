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

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionChangeType;
import org.roundtrip.clock.ClockSessionState;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has become of a session: its state and its alarms, since when, and the changes that led there. It is kept so
 * that a holdover does not begin anew when the controller does. Reasons are those of the moment of the change: they may
 * become others while nothing changes. Immutable and thread-safe.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableSessionHistory.class)
@JsonDeserialize(as = ImmutableSessionHistory.class)
public interface SessionHistory {

    /** How many changes are kept. */
    int LONGEST = 32;

    /** Of a session to which nothing has happened yet. */
    SessionHistory NONE = builder().build();

    /**
     * Returns what the session was doing last.
     *
     * @return the state, or empty if it is new
     */
    Optional<ClockSessionState> state();

    /**
     * Returns since when.
     *
     * @return the time, in whole milliseconds, or empty if the session is new
     */
    Optional<Instant> since();

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
     * Returns the alarms that are raised.
     *
     * @return the alarms, ordered by type
     */
    List<ClockAlarm> alarms();

    /**
     * Returns the latest changes.
     *
     * @return at most {@link #LONGEST}, the oldest first
     */
    List<ClockSessionChange> changes();

    /**
     * Returns the history that follows.
     *
     * @param next   the state now
     * @param reason why, in words
     * @param wrong  the alarms that are on now, with their reasons
     * @param now    the time
     * @return this history if neither the state nor the set of alarms has changed
     */
    default SessionHistory next(ClockSessionState next, String reason, Map<ClockAlarmType, String> wrong,
                                Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        Map<ClockAlarmType, ClockAlarm> raised = new TreeMap<>();
        alarms().forEach(alarm -> raised.put(alarm.type(), alarm));
        List<ClockSessionChange> latest = new ArrayList<>(changes());
        boolean entered = state().filter(next::equals).isEmpty();
        if (entered) {
            append(latest, time, ClockSessionChangeType.STATE, next, Optional.empty(), reason);
        }
        for (ClockAlarm ended : alarms()) {
            if (!wrong.containsKey(ended.type())) {
                raised.remove(ended.type());
                append(latest, time, ClockSessionChangeType.CLEARED, next, Optional.of(ended.type()), reason);
            }
        }
        new TreeMap<>(wrong).forEach((type, why) -> {
            if (!raised.containsKey(type)) {
                raised.put(type, ClockAlarm.builder().type(type).since(time).reason(why).build());
                append(latest, time, ClockSessionChangeType.RAISED, next, Optional.of(type), why);
            }
        });
        if (latest.size() == changes().size()) {
            return this;
        }
        return builder().state(next).since(entered ? time : since().orElse(time))
                .served(served() || next == ClockSessionState.UP)
                .alarms(raised.values())
                .changes(latest.subList(Math.max(0, latest.size() - LONGEST), latest.size())).build();
    }

    private static void append(List<ClockSessionChange> changes, Instant time, ClockSessionChangeType type,
                               ClockSessionState state, Optional<ClockAlarmType> alarm, String reason) {
        long last = changes.isEmpty() ? 0 : changes.get(changes.size() - 1).index();
        changes.add(ClockSessionChange.builder().index(last + 1).time(time).type(type).state(state).alarm(alarm)
                            .reason(reason).build());
    }

    /**
     * Returns this history after the clock of the controller was set, so that states and alarms are still as old as
     * they are. The changes keep the times that they were recorded with.
     *
     * @param step by how much the clock was set forward; negative if back
     * @return the history
     */
    default SessionHistory shifted(Duration step) {
        Builder shifted = builder();
        shifted.state(state()).since(since().map(time -> time.plus(step))).served(served()).changes(changes());
        alarms().forEach(alarm -> shifted.addAlarms(
                ClockAlarm.builder().from(alarm).since(alarm.since().plus(step)).build()));
        return shifted.build();
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
    final class Builder extends ImmutableSessionHistory.Builder {
    }
}
