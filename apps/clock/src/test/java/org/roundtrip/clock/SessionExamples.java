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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.Status;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;

/** The sessions of the examples beside the YANG module. */
public final class SessionExamples {

    private static final ConnectPoint SITE = ConnectPoint.deviceConnectPoint("of:0000000000000002/3");

    private SessionExamples() {
    }

    public static ClockSessionRequest cellSiteRequest() {
        return ClockSessionRequest.builder()
                .name("cell-site-7")
                .server(ClockReference.of(Sessions.ip(1)))
                .client(ClockReference.of(Sessions.hostId(2)))
                .delivery(PtpDelivery.UNICAST)
                .tunnel(TunnelSettings.builder().bandwidth(2_000_000).build())
                .build();
    }

    public static ClockSessionRequest substationRequest() {
        return ClockSessionRequest.builder()
                .name("substation")
                .server(ClockReference.of(Sessions.hostId(3)))
                .client(ClockReference.of(Sessions.hostId(4)))
                .transport(PtpTransport.ETHERNET)
                .build();
    }

    public static List<ClockSession> sessions() {
        return List.of(
                ClockSession.builder()
                        .request(cellSiteRequest())
                        .serverEndpoint(ClockEndpoint.builder().from(Sessions.endpoint(1)).connectPoint(
                                ConnectPoint.deviceConnectPoint("of:0000000000000001/3")).build())
                        .clientEndpoint(ClockEndpoint.builder().from(Sessions.endpoint(2)).connectPoint(SITE).build())
                        .tePath("clock.cell-site-7")
                        .tePathState(TePathState.UP)
                        .status(Status.of(ClockSessionState.UP, "both directions stand",
                                          Instant.parse("2026-01-15T12:00:00Z")))
                        .build(),
                ClockSession.builder()
                        .request(substationRequest())
                        .serverEndpoint(overEthernet(3, "of:0000000000000001/4"))
                        .clientEndpoint(overEthernet(4, "of:0000000000000003/1"))
                        .tePath("clock.substation")
                        .status(Status.of(ClockSessionState.WAITING, "no te-path was granted: client: no co-routed way "
                                + "with 1000000 bit/s", Instant.parse("2026-01-15T12:00:05.250Z"))
                                        .withError("client: no co-routed way with 1000000 bit/s"))
                        .build());
    }

    private static ClockEndpoint overEthernet(int host, String connectPoint) {
        return ClockEndpoint.builder()
                .host(Sessions.hostId(host))
                .mac(Sessions.hostId(host).mac())
                .connectPoint(ConnectPoint.deviceConnectPoint(connectPoint))
                .build();
    }
}
