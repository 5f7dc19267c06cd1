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
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.util.Optional;

/**
 * One of the sessions among which the server of a client is chosen: its record and the te-path that it has at present.
 */
@Value.Immutable
@ValueType
public interface ServerCandidate {

    /**
     * Returns the session.
     *
     * @return its record
     */
    @Value.Parameter
    ClockSessionRecord session();

    /**
     * Returns the te-path of its name.
     *
     * @return the te-path, or empty if there is none
     */
    @Value.Parameter
    Optional<TePath> path();

    /**
     * Returns a candidate.
     *
     * @param session the session
     * @param path    the te-path of its name, or empty
     * @return the candidate
     */
    static ServerCandidate of(ClockSessionRecord session, Optional<TePath> path) {
        return ImmutableServerCandidate.of(session, path);
    }

    /**
     * Returns the name of the session.
     *
     * @return the name
     */
    default String name() {
        return session().request().name();
    }

    /**
     * Returns the priority of the session.
     *
     * @return 0 to 255, the smallest number first
     */
    default int priority() {
        return session().request().priority();
    }

    /**
     * Returns whether the session could serve its client now: its te-path stands, whether or not it is suspended, and
     * the two directions are as much alike as was asked for. A te-path that is being admitted, or is going over to
     * another way, counts as standing: a change of server would take longer, and begin anew with each step.
     *
     * @return true if so
     */
    default boolean isEligible() {
        return !session().removing() && path().filter(path -> SessionPaths.carries(path, session())
                && isStanding(path) && isSymmetric(path)).isPresent();
    }

    private static boolean isStanding(TePath path) {
        return path.status().state() == TePathState.UP
                || (path.status().state() == TePathState.INSTALLING && !path.request().suspended());
    }

    private boolean isSymmetric(TePath path) {
        Optional<Long> most = session().request().tunnel().maxDelayAsymmetry();
        return most.isEmpty() || path.metrics().filter(way -> Math.abs(way.delayAsymmetry()) > most.get()).isEmpty();
    }

    /**
     * Returns whether PTP may be going through the te-path, or may do so before long without anybody asking.
     *
     * @return false if there is no te-path, both ends have confirmed that they keep PTP out, or the te-path is down,
     *         which holds PTP back at both ends
     */
    default boolean isAdmitting() {
        return path().filter(path -> path.status().state() != TePathState.DOWN
                && !(path.request().suspended() && path.status().state() == TePathState.UP)).isPresent();
    }

    /**
     * Returns whether PTP is wanted to go through the te-path as it was asked for last.
     *
     * @return false if there is no te-path, it is going, or it is suspended
     */
    default boolean isChosen() {
        return path().filter(path -> !path.request().suspended()
                && path.status().state() != TePathState.REMOVING).isPresent();
    }
}
