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

import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.ResidualAsymmetry;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePathState;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a session.
 */
public final class SessionAlarms {

    private SessionAlarms() {
    }

    /**
     * Returns what is wrong.
     *
     * @param seen   what is seen of a session
     * @param state  its state
     * @param reason why it is in that state
     * @return the alarms that are on, with their reasons in words; none while the session is being removed
     */
    public static Map<ClockAlarmType, String> of(SessionObservation seen, ClockSessionState state, String reason) {
        Map<ClockAlarmType, String> alarms = new EnumMap<>(ClockAlarmType.class);
        if (state == ClockSessionState.REMOVING) {
            return alarms;
        }
        if (state == ClockSessionState.HOLDOVER) {
            alarms.put(ClockAlarmType.HOLDOVER, reason);
        }
        seen.refusal().ifPresent(why -> alarms.put(ClockAlarmType.REFUSED, why));
        asymmetric(seen).ifPresent(why -> alarms.put(ClockAlarmType.ASYMMETRIC, why));
        unprotected(seen).ifPresent(why -> alarms.put(ClockAlarmType.UNPROTECTED, why));
        alarms.putAll(seen.measuredWrong());
        return alarms;
    }

    private static Optional<String> asymmetric(SessionObservation seen) {
        long threshold = seen.session().request().monitoring().asymmetryThreshold();
        return asymmetry(seen).filter(residual -> Math.abs(residual.predictedError()) > threshold)
                .map(residual -> "the links of its way delay by " + residual.forwardDelay() + " ns to the client and "
                        + "by " + residual.reverseDelay() + " ns to the server, so that the client is wrong by "
                        + Math.abs(residual.predictedError()) + " ns, more than the " + threshold
                        + " ns of monitoring.asymmetry-threshold: set delayAsymmetry to " + residual.delayAsymmetry()
                        + " in the client and raise the threshold, or choose the objective delay-asymmetry");
    }

    /**
     * Returns by how much the client is wrong in spite of all.
     *
     * @param seen what is seen of a session
     * @return the prediction, or empty while there is no way
     */
    public static Optional<ResidualAsymmetry> asymmetry(SessionObservation seen) {
        return seen.path().filter(path -> SessionPaths.carries(path, seen.session()))
                .flatMap(path -> path.metrics())
                .map(way -> ResidualAsymmetry.builder().forwardDelay(way.forwardDelay())
                        .reverseDelay(way.reverseDelay()).build());
    }

    /** Whether there is a standby way is another question while the active one does not stand itself. */
    private static Optional<String> unprotected(SessionObservation seen) {
        return seen.path().filter(path -> path.status().state() == TePathState.UP)
                .flatMap(path -> path.standby()).flatMap(SessionAlarms::unprotected);
    }

    private static Optional<String> unprotected(StandbyWay standby) {
        if (standby.status().state() == StandbyState.UNPROTECTED) {
            return Optional.of("there is no standby way: " + standby.status().reason());
        }
        return standby.shared().isEmpty() ? Optional.empty()
                : Optional.of("the standby way shares " + String.join(", ", standby.shared()) + " with the active one");
    }
}
