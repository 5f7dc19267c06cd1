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

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.onosproject.net.PortNumber.portNumber;

/** What is in the examples beside the YANG module. */
public final class SessionExamples {

    private static final ConnectPoint SERVER_PORT = ConnectPoint.deviceConnectPoint("of:0000000000000001/3");
    private static final ConnectPoint CELL_SITE_PORT = ConnectPoint.deviceConnectPoint("of:0000000000000002/3");
    private static final ConnectPoint TOWER_PORT = ConnectPoint.deviceConnectPoint("of:0000000000000003/7");
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

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

    /** Says all that can be said. */
    public static ClockSessionRequest exchangeRequest() {
        return ClockSessionRequest.builder()
                .name("exchange")
                .server(ClockReference.of(SERVER_PORT))
                .client(ClockReference.of(IpAddress.valueOf("2001:db8::7")))
                .transport(PtpTransport.UDP_IPV6)
                .delivery(PtpDelivery.UNICAST)
                .domain(24)
                .priority(10)
                .strict(false)
                .tunnel(TunnelSettings.builder().bandwidth(500_000).objective(Objective.DELAY_ASYMMETRY)
                                .maxDelayAsymmetry(2_500).setupPriority(3).holdingPriority(1)
                                .protection(Protection.builder().disjoint(Disjointness.SRLG).holdOff(50)
                                                    .waitToRestore(600).build())
                                .resumeDelay(0).build())
                .monitoring(MonitoringSettings.builder().asymmetryThreshold(250).errorTolerance(5_000).build())
                .build();
    }

    public static List<ClockSession> sessions() {
        return List.of(cellSite(), substation(), tower());
    }

    /** Is up, and all is known of it. */
    public static ClockSession cellSite() {
        return ClockSession.builder()
                .request(cellSiteRequest())
                .serverEndpoint(ClockEndpoint.builder().from(Sessions.endpoint(1)).connectPoint(SERVER_PORT).build())
                .clientEndpoint(ClockEndpoint.builder().from(Sessions.endpoint(2)).connectPoint(CELL_SITE_PORT).build())
                .serverTunnelInterface(serverTunnelInterface())
                .clientTunnelInterface(clientTunnelInterface())
                .tePath("clock.cell-site-7")
                .tePathState(TePathState.UP)
                .asymmetry(ResidualAsymmetry.builder().forwardDelay(120_200).reverseDelay(117_000).build())
                .measured(measured())
                .addAlarms(alarm(ClockAlarmType.ASYMMETRIC, "the links of the way make the client -1600 ns wrong, more "
                        + "than 1000 ns: set delayAsymmetry 1600 there"))
                .status(Status.of(ClockSessionState.UP, "both directions stand", NOON))
                .build();
    }

    /** Has no te-path. */
    public static ClockSession substation() {
        return ClockSession.builder()
                .request(substationRequest())
                .serverEndpoint(overEthernet(3, "of:0000000000000001/4"))
                .clientEndpoint(overEthernet(4, "of:0000000000000003/1"))
                .tePath("clock.substation")
                .addAlarms(ClockAlarm.builder().type(ClockAlarmType.REFUSED)
                                   .since(Instant.parse("2026-01-15T12:00:05.250Z"))
                                   .reason("client: no co-routed way with 1000000 bit/s").build())
                .status(Status.of(ClockSessionState.WAITING, "no te-path was granted: client: no co-routed way "
                        + "with 1000000 bit/s", Instant.parse("2026-01-15T12:00:05.250Z"))
                                .withError("client: no co-routed way with 1000000 bit/s"))
                .build();
    }

    /** Was negotiated, and is on its way to another way. */
    public static ClockSession tower() {
        return ClockSession.builder()
                .request(ClockSessionRequest.builder().name("tower")
                                 .server(ClockReference.of(Sessions.ip(1))).client(ClockReference.of(Sessions.ip(5)))
                                 .delivery(PtpDelivery.UNICAST).build())
                .origin(SessionOrigin.NEGOTIATED)
                .policy("towers")
                .serverEndpoint(ClockEndpoint.builder().from(Sessions.endpoint(1)).connectPoint(SERVER_PORT).build())
                .clientEndpoint(ClockEndpoint.builder().ip(Sessions.ip(5)).connectPoint(TOWER_PORT).build())
                .serverTunnelInterface(held("clock.tower", SERVER_PORT, TOWER_PORT))
                .clientTunnelInterface(held("clock.tower", TOWER_PORT, SERVER_PORT))
                .tePath("clock.tower")
                .tePathState(TePathState.UP)
                .addGrants(grant(UnicastMessageType.ANNOUNCE, 1), grant(UnicastMessageType.SYNC, -5),
                           grant(UnicastMessageType.DELAY_RESP, -5))
                .addAlarms(alarm(ClockAlarmType.HOLDOVER, "the client keeps its time alone until 12:00:08"),
                           alarm(ClockAlarmType.UNPROTECTED, "no other way is left"))
                .status(Status.of(ClockSessionState.HOLDOVER, "PTP is held back until the client forgets the old way",
                                  NOON))
                .build();
    }

    public static TunnelInterface serverTunnelInterface() {
        return carrying("clock.cell-site-7", SERVER_PORT, CELL_SITE_PORT, 2_000_000);
    }

    public static TunnelInterface clientTunnelInterface() {
        return carrying("clock.cell-site-7", CELL_SITE_PORT, SERVER_PORT, 2_000_000);
    }

    public static List<TunnelInterface> tunnelInterfaces() {
        return List.of(serverTunnelInterface(), clientTunnelInterface());
    }

    private static TunnelInterface held(String tePath, ConnectPoint local, ConnectPoint remote) {
        return TunnelInterface.builder().from(carrying(tePath, local, remote, 1_000_000))
                .status(Status.of(TunnelInterfaceState.HELD, "its tunnel stands, and PTP is held back", NOON)).build();
    }

    private static TunnelInterface carrying(String tePath, ConnectPoint local, ConnectPoint remote, long bandwidth) {
        return TunnelInterface.builder()
                .id(tePath + "@" + local.deviceId())
                .device(local.deviceId())
                .local(local)
                .remote(remote)
                .mode(TunnelMode.CO_ROUTED_BIDIRECTIONAL)
                .bandwidth(bandwidth)
                .setupPriority(7)
                .holdingPriority(7)
                .leastLabel(100_000)
                .greatestLabel(199_999)
                .status(Status.of(TunnelInterfaceState.UP, "its tunnel carries PTP", NOON))
                .build();
    }

    private static MeasuredQuality measured() {
        return MeasuredQuality.builder()
                .reported(Instant.parse("2026-01-15T12:30:00.500Z"))
                .portState(PtpPortState.SLAVE)
                .reference(OffsetReference.SERVER)
                .expectedOffset(0)
                .expectedPathDelay(118_600)
                .addWindows(QualityWindow.builder().length(60).samples(1_920).offset(figures(-900, 12, 610, 870))
                                    .pathDelay(figures(117_900, 118_640, 119_200, 119_400)).build(),
                            QualityWindow.builder().length(3_600).samples(57_600)
                                    .offset(figures(-2_900, -3, 720, 3_100)).build())
                .build();
    }

    private static ErrorStatistics figures(long least, long median, long percentile95, long greatest) {
        return ErrorStatistics.builder().least(least).median(median).percentile95(percentile95).greatest(greatest)
                .build();
    }

    private static UnicastGrant grant(UnicastMessageType type, int period) {
        return UnicastGrant.builder().domain(44).messageType(type).logInterMessagePeriod(period).duration(300)
                .expires(NOON.plusSeconds(240)).build();
    }

    private static ClockAlarm alarm(ClockAlarmType type, String reason) {
        return ClockAlarm.builder().type(type).since(NOON).reason(reason).build();
    }

    public static ClockSessionStatistics statistics() {
        return ClockSessionStatistics.builder().serverToClientPackets(115_200).clientToServerPackets(57_600)
                .droppedPackets(12).build();
    }

    public static List<ClockSessionChange> history() {
        return List.of(
                ClockSessionChange.builder().index(1).time(NOON.minusSeconds(2)).type(ClockSessionChangeType.STATE)
                        .state(ClockSessionState.INSTALLING).reason("the switches are being told").build(),
                ClockSessionChange.builder().index(2).time(NOON).type(ClockSessionChangeType.STATE)
                        .state(ClockSessionState.UP).reason("both directions stand").build(),
                ClockSessionChange.builder().index(3).time(NOON.plusMillis(250)).type(ClockSessionChangeType.RAISED)
                        .state(ClockSessionState.UP).alarm(ClockAlarmType.UNPROTECTED).reason("no other way is left")
                        .build(),
                ClockSessionChange.builder().index(4).time(NOON.plusSeconds(60)).type(ClockSessionChangeType.CLEARED)
                        .state(ClockSessionState.UP).alarm(ClockAlarmType.UNPROTECTED)
                        .reason("the standby way stands").build());
    }

    public static PathAudit audit() {
        return PathAudit.builder()
                .time(NOON)
                .correct(false)
                .coRouted(true)
                .addMismatches("of:0000000000000001: a rule with the label 100000 is missing")
                .addForward(hop("of:0000000000000001", 3, 1), hop("of:0000000000000002", 1, 3))
                .addReverse(hop("of:0000000000000002", 3, 1), hop("of:0000000000000001", 1, 3))
                .build();
    }

    private static Hop hop(String device, int in, int out) {
        return Hop.builder().device(DeviceId.deviceId(device)).inPort(portNumber(in)).outPort(portNumber(out)).build();
    }

    public static List<ClockPolicy> policies() {
        return List.of(ClockPolicy.builder().name("laboratory").servers(Set.of(Sessions.ip(3)))
                               .clients(Set.of(IpPrefix.valueOf("0.0.0.0/0"))).build(),
                       towers());
    }

    /** Says all that can be said. */
    public static ClockPolicy towers() {
        return ClockPolicy.builder()
                .name("towers")
                .addServers(Sessions.ip(1), IpAddress.valueOf("2001:db8::1"))
                .addClients(IpPrefix.valueOf("10.0.0.0/24"), IpPrefix.valueOf("2001:db8::/64"))
                .addDomains(44, 24)
                .maxClients(200)
                .maxMessageRate(32)
                .maxDuration(600)
                .priority(100)
                .tunnel(TunnelSettings.builder().objective(Objective.DELAY).resumeDelay(4_000).build())
                .monitoring(MonitoringSettings.builder().asymmetryThreshold(500).build())
                .build();
    }

    public static List<ClockServer> servers() {
        return List.of(
                ClockServer.builder().server(ClockReference.of(Sessions.hostId(3))).addSessions("substation")
                        .messageRate(0).endpoint(overEthernet(3, "of:0000000000000001/4"))
                        .status(Status.of(ClockServerState.IMPAIRED, "none of its sessions is up", NOON)).build(),
                ClockServer.builder().server(ClockReference.of(Sessions.ip(1))).clockIdentity("001122.fffe.334455")
                        .policy("towers").addSessions("cell-site-7", "tower").messageRate(65)
                        .endpoint(ClockEndpoint.builder().from(Sessions.endpoint(1)).connectPoint(SERVER_PORT).build())
                        .status(Status.of(ClockServerState.SERVING, "1 of 2 sessions is up", NOON)).build(),
                ClockServer.builder().server(ClockReference.of(IpAddress.valueOf("2001:db8::1"))).policy("towers")
                        .messageRate(0)
                        .status(Status.of(ClockServerState.UNKNOWN, "the network knows no host 2001:db8::1", NOON))
                        .build());
    }

    public static ClockReport report() {
        return ClockReport.builder()
                .client(ClockReference.of(Sessions.hostId(2)))
                .domain(24)
                .portState(PtpPortState.SLAVE)
                .reference(OffsetReference.TIME_ERROR)
                .sent(NOON.plusMillis(750))
                .addSamples(ClockSample.builder().time(NOON).offset(1_590).pathDelay(118_610L).build(),
                            ClockSample.builder().time(NOON.plusMillis(31)).offset(1_612).build())
                .build();
    }

    private static ClockEndpoint overEthernet(int host, String connectPoint) {
        return ClockEndpoint.builder()
                .host(Sessions.hostId(host))
                .mac(Sessions.hostId(host).mac())
                .connectPoint(ConnectPoint.deviceConnectPoint(connectPoint))
                .build();
    }
}
