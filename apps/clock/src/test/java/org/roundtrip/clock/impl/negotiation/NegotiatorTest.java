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
package org.roundtrip.clock.impl.negotiation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Host;
import org.onosproject.net.PortNumber;
import org.onosproject.net.edge.EdgePortServiceAdapter;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.host.HostServiceAdapter;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.Status;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.compute.message.ClockIdentity;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.MalformedMessageException;
import org.roundtrip.clock.compute.message.OrganizationExtension;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.message.PathConsistency;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.PtpHeader;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingCodec;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.negotiation.NegotiationTiming;
import org.roundtrip.clock.compute.negotiation.UdpFrame;
import org.roundtrip.clock.compute.negotiation.UnicastNegotiation;
import org.roundtrip.clock.impl.NegotiatedSessions;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.clock.Policies.policy;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.host;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.port;

/** Server 1 and client 2 with everything between them real but ONOS and the tunnel. */
class NegotiatorTest {

    private static final ApplicationId CLOCK = new DefaultApplicationId(1, "org.roundtrip.clock");
    private static final String SESSION = "unicast-10.0.0.2-10.0.0.1";
    private static final int LABEL = 4711;
    private static final int ANNOUNCE = 0xB;
    private static final PortIdentity SERVER = PortIdentity.of(ClockIdentity.of(0x1122334455667788L), 1);
    private static final PortIdentity CLIENT = PortIdentity.of(ClockIdentity.of(0x2222334455667788L), 1);

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final RulePublisher publisher = new RulePublisher(CLOCK, framework, framework.flowRules(), key -> { });
    private final Map<String, ClockSession> published = new HashMap<>();
    private final FakeSessions sessions = new FakeSessions();
    private final Set<Host> hosts = new HashSet<>(Set.of(host(1), host(2)));
    private final List<OutboundPacket> emitted = new ArrayList<>();
    private final List<ByteBuffer> asked = new ArrayList<>();
    private final HeardServers servers = new HeardServers();
    private final TePathService paths = mock(TePathService.class);
    private Optional<ExtensionTreatment> resubmit = Optional.of(resubmit());
    private Duration now = Duration.ofSeconds(1_000);
    private Negotiator negotiator;

    @BeforeEach
    void start() {
        TePath path = mock(TePath.class);
        when(path.reverse()).thenReturn(List.of(Hop.builder().device(port(2).deviceId()).inPort(port(2).port())
                .outPort(PortNumber.portNumber(7)).labelOut(LABEL).build()));
        when(paths.path("clock." + SESSION)).thenReturn(Optional.of(path));
        ClockSessionService service = mock(ClockSessionService.class);
        when(service.session(any())).thenAnswer(call -> Optional.ofNullable(
                published.get(call.<String>getArgument(0))));
        when(service.sessions()).thenAnswer(call -> List.copyOf(published.values()));
        PacketServiceAdapter packets = new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                emitted.add(packet);
            }
        };
        EdgePortServiceAdapter edges = new EdgePortServiceAdapter() {
            @Override
            public void emitPacket(ByteBuffer data,
                                   Optional<TrafficTreatment> treatment) {
                asked.add(data);
            }
        };
        HostServiceAdapter known = new HostServiceAdapter() {
            @Override
            public Set<Host> getHostsByIp(IpAddress address) {
                return hosts.stream().filter(host -> host.ipAddresses().contains(address)).collect(Collectors.toSet());
            }
        };
        negotiator = new Negotiator(
                new UnicastNegotiation(NegotiationTiming.DEFAULT, OrganizationSubType.PATH_CONSISTENCY), sessions,
                service, paths, new ClockPresence(known, edges, packets),
                new GrantWindows(CLOCK, publisher, device -> resubmit), packets, servers, () -> now,
                Clock.systemUTC());
        negotiator.policies(List.of(policy("p", "10.0.0.1")));
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void letsARequestIntoTheTunnelWhenItStands() throws MalformedMessageException {
        ask();
        assertThat(sessions.opened).extracting(ClockSessionRequest::name).containsExactly(SESSION);
        assertThat(emitted).isEmpty();

        become(ClockSessionState.UP);
        negotiator.flush();

        OutboundPacket packet = onlyPacket();
        assertThat(packet.sendThrough()).isEqualTo(port(2).deviceId());
        assertThat(packet.treatment().allInstructions())
                .containsExactly(Instructions.createOutput(PortNumber.portNumber(7)));
        byte[] frame = packet.data().array();
        assertThat(ByteBuffer.wrap(frame).getShort(12)).isEqualTo((short) 0x8847);
        assertThat(ByteBuffer.wrap(frame).getInt(14) >>> 12).isEqualTo(LABEL);
        List<Tlv> tlvs = SignallingCodec.decode(unlabelled(frame).message()).tlvs();
        assertThat(tlvs.get(0)).isEqualTo(request());
        PathConsistency said = PathConsistency.of((OrganizationExtension) tlvs.get(1));
        assertThat(said.coRouted()).isTrue();
        assertThat(said.tunnelId()).isEqualTo(PathConsistency.tunnelId(SESSION));
    }

    @Test
    void sendsNothingBeforeTheAnswerCanBeSeen() {
        framework.hold();
        ask();
        become(ClockSessionState.UP);
        assertThat(negotiator.flush()).isTrue();
        assertThat(emitted).isEmpty();

        framework.release();
        assertThat(negotiator.flush()).isFalse();
        assertThat(emitted).hasSize(1);
    }

    @Test
    void recordsWhatIsGrantedAndClosesTheWindow() {
        ask();
        become(ClockSessionState.UP);
        negotiator.flush();
        assertThat(framework.rules()).hasSize(1);
        grant(port(1));

        assertThat(sessions.grants).extracting(UnicastGrant::duration).containsExactly(60L);
        assertThat(framework.rules()).isEmpty();
        assertThat(servers.identities()).containsEntry(ip(1), SERVER.clock().toString());
    }

    @Test
    void doesNotBelieveGrantsFromElsewhere() {
        ask();
        become(ClockSessionState.UP);
        grant(port(3));

        assertThat(sessions.grants).isEmpty();
    }

    @Test
    void recordsLaterWhatCanNotBeRecordedNow() {
        ask();
        become(ClockSessionState.UP);
        sessions.unavailable = true;
        grant(port(1));
        assertThat(sessions.grants).isEmpty();

        sessions.unavailable = false;
        negotiator.tick();
        assertThat(sessions.grants).hasSize(1);
    }

    @Test
    void answersTheClientItselfWhenThereIsNoTunnel() throws MalformedMessageException {
        sessions.refusal = Optional.of("no way with the capabilities that are there");
        ask();

        OutboundPacket packet = onlyPacket();
        assertThat(packet.treatment().allInstructions()).containsExactly(Instructions.createOutput(port(2).port()));
        UdpFrame answer = UdpFrame.read(packet.data().array()).orElseThrow();
        assertThat(answer.source()).isEqualTo(ip(1));
        assertThat(answer.destination()).isEqualTo(ip(2));
        SignallingMessage message = SignallingCodec.decode(answer.message());
        assertThat(message.target()).isEqualTo(CLIENT);
        assertThat(((GrantUnicastTransmission) message.tlvs().get(0)).duration()).isZero();
        assertThat(servers.refusals(ip(1))).containsOnlyKeys("no way with the capabilities that are there");
    }

    @Test
    void asksForAClientThatTheNetworkDoesNotKnowAndGoesOnWhenItHasAnswered() {
        hosts.remove(host(2));
        ask();
        ask();
        assertThat(sessions.opened).isEmpty();
        assertThat(onlyPacket().treatment().allInstructions())
                .containsExactly(Instructions.createOutput(port(2).port()));

        hosts.add(host(2));
        ask();
        assertThat(sessions.opened).hasSize(1);
    }

    @Test
    void asksEverywhereForAServerThatTheNetworkDoesNotKnow() {
        hosts.remove(host(1));
        ask();

        assertThat(asked).hasSize(1);
        assertThat(sessions.opened).isEmpty();
    }

    @Test
    void doesNotBelieveAnAddressFromAnotherPortOrStation() {
        negotiator.fromClient(new ReceivedFrame(port(3), frame(2, 1, request(CLIENT, request()))));
        negotiator.fromClient(new ReceivedFrame(port(2), framed(MacAddress.valueOf(3), ip(2), ip(1), new byte[44])));

        assertThat(sessions.opened).isEmpty();
        assertThat(emitted).isEmpty();
        assertThat(servers.refusals(ip(1))).containsEntry("the address belongs to another station or port", 2L);
    }

    @Test
    void countsWhatItCanNotRead() {
        negotiator.fromClient(new ReceivedFrame(port(2), framed(MacAddress.valueOf(2), ip(2), ip(1), new byte[3])));

        assertThat(servers.refusals(ip(1)).keySet()).singleElement().asString().startsWith("malformed");
    }

    @Test
    void saysSoWhenASwitchCanNotShowWhatAServerGrants() {
        resubmit = Optional.empty();
        ask();
        become(ClockSessionState.UP);

        assertThat(sessions.closed).containsExactly(SESSION);
    }

    @Test
    void takesUpSessionsFromBeforeARestart() {
        ask();
        become(ClockSessionState.UP);
        grant(port(1));
        start();
        become(ClockSessionState.UP);
        now = now.plusSeconds(59);
        negotiator.tick();
        assertThat(sessions.closed).isEmpty();

        now = now.plusSeconds(2);
        negotiator.tick();
        now = now.plusSeconds(6);
        negotiator.tick();
        assertThat(sessions.closed).containsExactly(SESSION);
    }

    @Test
    void endsWhatNoPolicyAllowsAnyMore() {
        ask();
        become(ClockSessionState.UP);
        negotiator.policies(List.of());

        assertThat(sessions.closed).containsExactly(SESSION);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void relaysWhatAConfiguredClientSays() {
        ClockSession configured = session(ClockSessionState.UP, SessionOrigin.CONFIGURED, List.of());
        published.put(SESSION, configured);
        ask();

        assertThat(sessions.opened).isEmpty();
        assertThat(ByteBuffer.wrap(onlyPacket().data().array()).getShort(12)).isEqualTo((short) 0x8847);
    }

    private void ask() {
        negotiator.fromClient(new ReceivedFrame(port(2), frame(2, 1, request(CLIENT, request()))));
    }

    private void grant(ConnectPoint at) {
        SignallingMessage grant = SignallingMessage.of(
                PtpHeader.builder().domain(0).source(SERVER).sequenceId(1).build(), CLIENT,
                GrantUnicastTransmission.of(ANNOUNCE, 0, 60, true));
        negotiator.fromServer(new ReceivedFrame(at, frame(1, 2, SignallingCodec.encode(grant))));
    }

    private void become(ClockSessionState state) {
        published.put(SESSION, session(state, SessionOrigin.NEGOTIATED, sessions.grants));
        negotiator.sessionsChanged(Set.of(SESSION));
    }

    private OutboundPacket onlyPacket() {
        assertThat(emitted).hasSize(1);
        return emitted.get(0);
    }

    private static RequestUnicastTransmission request() {
        return RequestUnicastTransmission.of(ANNOUNCE, 0, 60);
    }

    private static byte[] request(PortIdentity from, Tlv tlv) {
        return SignallingCodec.encode(SignallingMessage.of(
                PtpHeader.builder().domain(0).source(from).sequenceId(1).build(), PortIdentity.ALL, tlv));
    }

    private static UdpFrame frame(int from, int to, byte[] message) {
        return framed(MacAddress.valueOf(from), ip(from), ip(to), message);
    }

    private static UdpFrame framed(MacAddress mac, IpAddress from, IpAddress to, byte[] message) {
        return UdpFrame.read(UdpFrame.of(mac, MacAddress.valueOf(9), from, to, 320).with(message)).orElseThrow();
    }

    private static UdpFrame unlabelled(byte[] frame) {
        ByteBuffer without = ByteBuffer.allocate(frame.length - 4).put(frame, 0, 12).putShort((short) 0x0800)
                .put(frame, 18, frame.length - 18);
        return UdpFrame.read(without.array()).orElseThrow();
    }

    private static ClockSession session(ClockSessionState state, SessionOrigin origin, List<UnicastGrant> grants) {
        return ClockSession.builder()
                .request(ClockSessionRequest.builder().name(SESSION)
                                 .server(ClockReference.of(ip(1)))
                                 .client(ClockReference.of(ip(2))).build())
                .origin(origin).policy("p").serverEndpoint(endpoint(1)).clientEndpoint(endpoint(2))
                .tePath("clock." + SESSION).grants(grants).status(Status.of(state, "", Instant.EPOCH)).build();
    }

    private static ExtensionTreatment resubmit() {
        ExtensionTreatment treatment = mock(ExtensionTreatment.class);
        when(treatment.type()).thenReturn(
                ExtensionTreatmentType.ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE.type());
        return treatment;
    }

    /** Keeps what is opened, as its manager would. */
    private final class FakeSessions implements NegotiatedSessions {

        private final List<ClockSessionRequest> opened = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();
        private List<UnicastGrant> grants = List.of();
        private Optional<String> refusal = Optional.empty();
        private boolean unavailable;

        @Override
        public ClockSession open(ClockSessionRequest request, String policy, List<UnicastGrant> first) {
            if (refusal.isPresent()) {
                throw new ConflictException("", refusal.get());
            }
            opened.add(request);
            ClockSession session = session(ClockSessionState.INSTALLING, SessionOrigin.NEGOTIATED, first);
            published.put(request.name(), session);
            return session;
        }

        @Override
        public ClockSession grants(String session, List<UnicastGrant> all) {
            if (unavailable) {
                throw new UnavailableException("", "no majority");
            }
            grants = all;
            return published.get(session);
        }

        @Override
        public void close(String session, String reason) {
            closed.add(session);
            published.remove(session);
        }
    }
}
