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

import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;

import java.util.Optional;

/**
 * The te-path that a session needs.
 */
public final class SessionPaths {

    private static final String PREFIX = "clock.";

    private SessionPaths() {
    }

    /**
     * Returns the name of the te-path of a session.
     *
     * @param session the name of the session
     * @return the name of its te-path
     */
    public static String name(String session) {
        return PREFIX + session;
    }

    /**
     * Returns the session to which a te-path belongs.
     *
     * @param path the name of a te-path
     * @return the name of the session, or empty if the te-path is of something else
     */
    public static Optional<String> session(String path) {
        return path.startsWith(PREFIX) ? Optional.of(path.substring(PREFIX.length())) : Optional.empty();
    }

    /**
     * Returns the te-path of a session. If the session is strict the te-path is exclusive: while it is not up, PTP of
     * the pair is held back at the edge, so that no clock measures over a way whose directions differ. In any case both
     * ends stop admitting while it goes over to another way, and long enough for the client to forget what it has
     * measured over the old one.
     *
     * @param session the session
     * @return what to ask for, forward from the server to the client
     */
    public static TePathRequest of(ClockSessionRecord session) {
        ClockSessionRequest request = session.request();
        return TePathRequest.builder()
                .name(name(request.name()))
                .source(session.server().connectPoint())
                .destination(session.client().connectPoint())
                .bandwidth(request.tunnel().bandwidth())
                .objective(request.tunnel().objective())
                .constraints(PathConstraints.builder().maxDelayAsymmetry(request.tunnel().maxDelayAsymmetry()).build())
                .setupPriority(request.tunnel().setupPriority())
                .holdingPriority(request.tunnel().holdingPriority())
                .payload(PtpTraffic.payload(request.transport()))
                .forwardTraffic(PtpTraffic.between(session.server(), session.client(), request.transport(),
                                                   request.delivery(), session.serverTunnelId()))
                .reverseTraffic(PtpTraffic.between(session.client(), session.server(), request.transport(),
                                                   request.delivery(), session.clientTunnelId()))
                .exclusive(request.strict())
                .quiesce(true)
                .quiesceTime(request.tunnel().resumeDelay())
                .protection(request.tunnel().protection())
                .build();
    }

    /**
     * Returns the te-path of a session whose PTP is held back: it stands, but takes nothing in.
     *
     * @param session the session
     * @return what to ask for
     */
    public static TePathRequest suspended(ClockSessionRecord session) {
        return TePathRequest.builder().from(of(session)).suspended(true).build();
    }

    /**
     * Returns whether a te-path can carry a session, perhaps after a change that keeps its ways: it joins the ports
     * where the clocks are, and takes in what they send each other.
     *
     * @param path    a te-path
     * @param session a session
     * @return false if it must go before the session can have one that fits
     */
    public static boolean carries(TePath path, ClockSessionRecord session) {
        TePathRequest present = path.request();
        TePathRequest wanted = of(session);
        return joins(path, session) && present.forwardTraffic().equals(wanted.forwardTraffic())
                && present.reverseTraffic().equals(wanted.reverseTraffic());
    }

    /**
     * Returns whether a te-path joins the ports where the clocks of a session are, so that all else of it can be
     * changed without taking it away.
     *
     * @param path    a te-path
     * @param session a session
     * @return true if so
     */
    public static boolean joins(TePath path, ClockSessionRecord session) {
        TePathRequest present = path.request();
        return present.source().equals(session.server().connectPoint())
                && present.destination().equals(session.client().connectPoint())
                && present.payload() == PtpTraffic.payload(session.request().transport());
    }
}
