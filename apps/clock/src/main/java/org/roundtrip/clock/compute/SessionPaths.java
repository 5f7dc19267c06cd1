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
import org.roundtrip.tepath.TePathRequest;

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
     * Returns the te-path of a session. It is exclusive: while it is not up, PTP of the pair is held back at the edge,
     * so that no clock measures over a way whose directions differ. For the same reason both ends stop admitting while
     * it goes over to another way. It has a standby way as far as the network has one.
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
                .exclusive(true)
                .quiesce(true)
                .protection(request.tunnel().protection())
                .build();
    }
}
