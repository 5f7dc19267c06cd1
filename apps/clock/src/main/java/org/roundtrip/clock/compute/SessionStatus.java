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

import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a session fares, seen from its te-path and the other sessions of its client.
 */
public final class SessionStatus {

    private static final Set<ClockSessionState> STANDING = EnumSet.of(ClockSessionState.UP, ClockSessionState.STANDBY);

    private SessionStatus() {
    }

    /**
     * Returns what a session is doing.
     *
     * @param seen what is seen of it
     * @return the state
     */
    public static ClockSessionState state(SessionObservation seen) {
        if (seen.session().removing()) {
            return ClockSessionState.REMOVING;
        }
        Optional<TePath> carrier = carrier(seen);
        if (carrier.isEmpty()) {
            return broken(seen, ClockSessionState.WAITING);
        }
        TePath path = carrier.get();
        switch (path.status().state()) {
            case UP:
                return path.request().suspended() ? ClockSessionState.STANDBY : ClockSessionState.UP;
            case INSTALLING:
                return seen.heldBack().isPresent() && seen.previous().filter(STANDING::contains).isPresent()
                        ? ClockSessionState.STANDBY : broken(seen, ClockSessionState.INSTALLING);
            default:
                return broken(seen, ClockSessionState.DOWN);
        }
    }

    /** The client keeps its time alone if it had a server, this one, and has no other. */
    private static ClockSessionState broken(SessionObservation seen, ClockSessionState state) {
        return seen.served() && seen.heldBack().isEmpty() && seen.servedBy().isEmpty()
                ? ClockSessionState.HOLDOVER : state;
    }

    private static Optional<TePath> carrier(SessionObservation seen) {
        return seen.path().filter(path -> SessionPaths.carries(path, seen.session())
                && path.status().state() != TePathState.REMOVING);
    }

    /**
     * Returns why it is in its state.
     *
     * @param seen  what is seen of it
     * @param state its state
     * @return a reason in words
     */
    public static String reason(SessionObservation seen, ClockSessionState state) {
        return Stream.concat(why(seen, state), seen.remarks().stream()).collect(Collectors.joining("; "));
    }

    private static Stream<String> why(SessionObservation seen, ClockSessionState state) {
        Optional<String> path = seen.path().map(found -> found.status().reason());
        switch (state) {
            case REMOVING:
                return Stream.of(seen.session().removalReason(),
                                 Optional.of(path.map(why -> "its te-path is being removed: " + why)
                                                     .orElse("its te-path is gone"))).flatMap(Optional::stream);
            case UP:
                return Stream.concat(path.stream(), notAsAsked(seen));
            case STANDBY:
                return Stream.concat(seen.heldBack().or(() -> path).stream(), notAsAsked(seen));
            default:
                return Stream.of(TunnelInterfaces.missing(seen).or(() -> unable(seen)),
                                 seen.servedBy().map(other -> "session " + other + " serves the client"))
                        .flatMap(Optional::stream);
        }
    }

    private static Stream<String> notAsAsked(SessionObservation seen) {
        return seen.refusal().map(why -> "its te-path can't be as is asked for: " + why).stream();
    }

    private static Optional<String> unable(SessionObservation seen) {
        if (carrier(seen).isPresent()) {
            return carrier(seen).map(path -> path.status().reason());
        }
        return Optional.of(seen.refusal().map(why -> "no te-path was granted: " + why).orElseGet(() -> waiting(seen)));
    }

    private static String waiting(SessionObservation seen) {
        return seen.path().map(path -> "its te-path from " + path.request().source() + " to "
                        + path.request().destination() + " is being replaced by one from "
                        + seen.session().server().connectPoint() + " to " + seen.session().client().connectPoint())
                .orElse("a te-path is being asked for");
    }
}
