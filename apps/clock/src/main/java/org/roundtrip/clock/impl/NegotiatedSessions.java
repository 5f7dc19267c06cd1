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
package org.roundtrip.clock.impl;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionEvent;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.UnicastGrant;

import java.util.List;

/**
 * Sessions that clients open themselves by unicast negotiation (IEEE 1588-2019, section 16.1). They are sessions as all
 * others: {@link ClockSessionService} has them, with {@link ClockSession#policy} and {@link ClockSession#grants}, and
 * {@link ClockSessionEvent}s tell when they come up, fail and are gone. They are durable, and so are their grants.
 * <p>
 * All methods wait for the durable store: never call them from an ONOS event thread or a thread that handles packets.
 * Thread-safe.
 */
public interface NegotiatedSessions {

    /**
     * Makes sure that there is a session for a client that asks. Both clocks are named by address; the network must
     * have seen both.
     *
     * @param request what the policy allows; its name must be the same whenever the same client asks the same server
     *                over the same transport
     * @param policy  the name of the policy that allows it
     * @param grants  what the server has granted already; none as a rule
     * @return the session, which need not be up yet. The one that is there if it was asked for in this way before
     * @throws InvalidRequestException if a clock is not known or can't be reached: nothing is changed
     * @throws ConflictException       if a session that is configured has that name or that traffic, the session is
     *                                 just being removed, or there is no path: nothing is changed
     * @throws UnavailableException    if another node of the cluster leads, or the store does not answer
     */
    ClockSession open(ClockSessionRequest request, String policy, List<UnicastGrant> grants);

    /**
     * Puts grants in the place of those before. Stored only if they differ.
     *
     * @param session the name of the session
     * @param grants  all that are in force
     * @return the session
     * @throws NotFoundException    if there is no such session, it is being removed, or it is not
     *                              {@link SessionOrigin#NEGOTIATED}
     * @throws UnavailableException if another node of the cluster leads, or the store does not answer
     */
    ClockSession grants(String session, List<UnicastGrant> grants);

    /**
     * Takes a session away. Does nothing if there is none, or it is configured.
     *
     * @param session the name of the session
     * @param reason  why, in words; the history has it until the session is gone
     * @throws UnavailableException if another node of the cluster leads, or the store does not answer
     */
    void close(String session, String reason);
}
