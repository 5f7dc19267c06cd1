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
package org.roundtrip.clock;

import org.onosproject.event.ListenerService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.tepath.PathAudit;

import java.util.List;
import java.util.Optional;

/**
 * Clock sessions. They are durable: they come back after the controller has died.
 * <p>
 * Requests wait for the durable store: never call {@link #add}, {@link #put} and {@link #remove} from an ONOS event
 * thread. The others return at once. Thread-safe.
 */
public interface ClockSessionService extends ListenerService<ClockSessionEvent, ClockSessionListener> {

    /**
     * Adds a session. Its te-path is reserved when this returns; the switches follow, which {@link ClockSession#status}
     * tells.
     *
     * @param request what is asked for
     * @return the session, {@link ClockSessionState#INSTALLING} as a rule
     * @throws InvalidRequestException if the request names what does not exist or can't be: nothing is changed
     * @throws ConflictException       if the name is in use, another session has the same traffic, or there is no
     *                                 co-routed path with the capabilities and the bandwidth that are there: nothing is
     *                                 changed
     * @throws UnavailableException    if another node of the cluster leads
     */
    ClockSession add(ClockSessionRequest request);

    /**
     * Makes sure that there is a session, and that it is as asked for: adds it, or changes the one of that name in its
     * place. Does nothing if it was asked for in exactly this way before. Its clocks, its transport and its delivery
     * can't be changed.
     *
     * @param request what is asked for
     * @return the session
     * @throws InvalidRequestException as {@link #add} does
     * @throws ConflictException       as {@link #add} does, also if the session of that name has other clocks, another
     *                                 transport or another delivery, was negotiated, or is being removed
     * @throws UnavailableException    if another node of the cluster leads
     */
    ClockSession put(ClockSessionRequest request);

    /**
     * Takes a session away, and its te-path with it. From then on nothing of ours touches PTP of the pair.
     *
     * @param name the name of the session
     * @return the session, {@link ClockSessionState#REMOVING}
     * @throws NotFoundException    if there is no such session
     * @throws UnavailableException if another node of the cluster leads
     */
    ClockSession remove(String name);

    /**
     * Returns a session.
     *
     * @param name its name
     * @return the session, or empty
     */
    Optional<ClockSession> session(String name);

    /**
     * Returns all sessions.
     *
     * @return the sessions, ordered by name
     */
    List<ClockSession> sessions();

    /**
     * Returns what last happened to a session.
     *
     * @param name the name of the session
     * @return the latest changes, the oldest first, or none if there is no such session
     */
    List<ClockSessionChange> history(String name);

    /**
     * Returns what a session has carried. Asks the switches, at most some seconds ago: never call it from an ONOS event
     * thread.
     *
     * @param name the name of the session
     * @return the counters
     * @throws NotFoundException if there is no such session
     */
    ClockSessionStatistics statistics(String name);

    /**
     * Holds the tunnel of a session against the tables of the switches, and repairs what differs. Never call it from an
     * ONOS event thread.
     *
     * @param name the name of the session
     * @return what was found before the repair
     * @throws NotFoundException if there is no such session, or it has no te-path
     */
    PathAudit verify(String name);
}
