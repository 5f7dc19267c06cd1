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

import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a session fares, seen from its te-path.
 */
public final class SessionStatus {

    private SessionStatus() {
    }

    /**
     * Returns the status of a session.
     *
     * @param session  the session
     * @param path     its te-path, or empty if there is none
     * @param refusal  why no te-path was granted, or empty if none was refused
     * @param unseen   what the network does not know of its clocks at present, in words; empty as a rule
     * @param previous the status before, or empty if it is new
     * @param now      the time
     * @return the status
     */
    public static Status<ClockSessionState> of(ClockSessionRecord session, Optional<TePath> path,
                                               Optional<String> refusal, List<String> unseen,
                                               Optional<Status<ClockSessionState>> previous, Instant now) {
        ClockSessionState state = state(session, path);
        String reason = Stream.concat(Stream.of(reason(session, state, path, refusal)), unseen.stream())
                .collect(Collectors.joining("; "));
        Status<ClockSessionState> next = previous.map(status -> status.next(state, reason, now))
                .orElseGet(() -> Status.of(state, reason, now));
        return refusal.or(() -> path.flatMap(carrier -> carrier.status().lastError()))
                .map(next::withError).orElse(next);
    }

    private static ClockSessionState state(ClockSessionRecord session, Optional<TePath> path) {
        if (session.removing()) {
            return ClockSessionState.REMOVING;
        }
        return path.filter(carrier -> carries(carrier, session))
                .map(carrier -> state(carrier.status().state()))
                .orElse(ClockSessionState.WAITING);
    }

    private static boolean carries(TePath path, ClockSessionRecord session) {
        return path.request().equals(SessionPaths.of(session)) && path.status().state() != TePathState.REMOVING;
    }

    private static ClockSessionState state(TePathState state) {
        switch (state) {
            case INSTALLING:
                return ClockSessionState.INSTALLING;
            case UP:
                return ClockSessionState.UP;
            case DOWN:
                return ClockSessionState.DOWN;
            default:
                return ClockSessionState.WAITING;
        }
    }

    private static String reason(ClockSessionRecord session, ClockSessionState state, Optional<TePath> path,
                                 Optional<String> refusal) {
        switch (state) {
            case REMOVING:
                return path.map(carrier -> "its te-path is being removed: " + carrier.status().reason())
                        .orElse("its te-path is gone");
            case WAITING:
                return refusal.map(why -> "no te-path was granted: " + why)
                        .orElseGet(() -> waiting(session, path));
            default:
                return path.orElseThrow().status().reason();
        }
    }

    private static String waiting(ClockSessionRecord session, Optional<TePath> path) {
        return path.map(carrier -> "its te-path from " + carrier.request().source() + " to "
                        + carrier.request().destination() + " is being replaced by one from "
                        + session.server().connectPoint() + " to " + session.client().connectPoint())
                .orElse("a te-path is being asked for");
    }
}
