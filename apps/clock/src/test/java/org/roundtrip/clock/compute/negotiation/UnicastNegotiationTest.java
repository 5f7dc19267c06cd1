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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.UnicastMessageType;
import org.roundtrip.clock.compute.message.AcknowledgeCancelUnicastTransmission;
import org.roundtrip.clock.compute.message.CancelUnicastTransmission;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.Octets;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.message.UnknownTlv;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.CloseSession;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.CloseWindow;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Deny;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Drop;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Forward;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.OpenSession;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.OpenWindow;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.RecordGrants;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.RememberClock;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.compute.message.MessageTypes.ANNOUNCE;
import static org.roundtrip.clock.compute.message.MessageTypes.DELAY_RESP;
import static org.roundtrip.clock.compute.message.MessageTypes.PDELAY_RESP;
import static org.roundtrip.clock.compute.message.MessageTypes.SYNC;
import static org.roundtrip.clock.compute.negotiation.Signals.CLIENT;
import static org.roundtrip.clock.compute.negotiation.Signals.CLIENT_CLOCK;
import static org.roundtrip.clock.compute.negotiation.Signals.CONSISTENCY;
import static org.roundtrip.clock.compute.negotiation.Signals.PAIR;
import static org.roundtrip.clock.compute.negotiation.Signals.PORT;
import static org.roundtrip.clock.compute.negotiation.Signals.SERVER;
import static org.roundtrip.clock.compute.negotiation.Signals.SERVER_CLOCK;
import static org.roundtrip.clock.compute.negotiation.Signals.fromClient;
import static org.roundtrip.clock.compute.negotiation.Signals.fromServer;
import static org.roundtrip.clock.compute.negotiation.Signals.grant;
import static org.roundtrip.clock.compute.negotiation.Signals.policy;
import static org.roundtrip.clock.compute.negotiation.Signals.port;
import static org.roundtrip.clock.compute.negotiation.Signals.request;
import static org.roundtrip.clock.compute.negotiation.Signals.signal;
import static org.roundtrip.clock.compute.negotiation.Signals.signalIn;

class UnicastNegotiationTest {

    private static final OrganizationSubType SUB_TYPE = OrganizationSubType.PATH_CONSISTENCY;
    private static final Tlv CONSISTENCY_TLV = CONSISTENCY.toExtension(SUB_TYPE);
    private static final NegotiationTiming TIMING = NegotiationTiming.DEFAULT;

    private final UnicastNegotiation negotiation = new UnicastNegotiation(TIMING, SUB_TYPE);
    private Duration now = Duration.ofDays(3);

    @BeforeEach
    void allowCellSites() {
        allow(policy().build());
    }

    private List<NegotiationAction> allow(ClockPolicy... policies) {
        return negotiation.policies(List.of(policies), now);
    }

    private List<NegotiationAction> client(Tlv... tlvs) {
        return negotiation.fromClient(signal(tlvs), now);
    }

    private List<NegotiationAction> server(Tlv... tlvs) {
        return negotiation.fromServer(PAIR, fromServer(tlvs), now);
    }

    private List<NegotiationAction> up() {
        return negotiation.sessionUp(PAIR, PORT, CONSISTENCY, now);
    }

    private List<NegotiationAction> after(Duration time) {
        now = now.plus(time);
        return negotiation.tick(now);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Lets the client have what it asks for. */
    private void granted(int... messageTypes) {
        client(IntStream.of(messageTypes).mapToObj(Signals::request).toArray(Tlv[]::new));
        up();
        server(IntStream.of(messageTypes).mapToObj(Signals::grant).toArray(Tlv[]::new));
        assertThat(negotiation.grants(PAIR)).hasSize(messageTypes.length);
    }

    private static <A extends NegotiationAction> A only(List<NegotiationAction> actions, Class<A> type) {
        assertThat(actions).hasSize(1);
        return one(actions, type);
    }

    private static <A extends NegotiationAction> A one(List<NegotiationAction> actions, Class<A> type) {
        assertThat(actions).filteredOn(type::isInstance).hasSize(1);
        return type.cast(actions.stream().filter(type::isInstance).findFirst().orElseThrow());
    }

    private void closes(String reason, List<NegotiationAction> actions) {
        assertThat(one(actions, CloseSession.class).reason()).isEqualTo(reason);
        assertThat(negotiation.grants(PAIR)).isEmpty();
    }

    @Nested
    class Requests {

        @Test
        void firstOneOpensSession() {
            OpenSession action = only(client(request(ANNOUNCE)), OpenSession.class);
            assertThat(action.pair()).isEqualTo(PAIR);
            assertThat(action.policy()).isEqualTo("cell-sites");
            assertThat(action.request()).isEqualTo(
                    ClockSessionRequest.builder().name("unicast-10.0.1.2-10.0.0.1")
                            .server(ClockReference.of(SERVER)).client(ClockReference.of(CLIENT))
                            .transport(PtpTransport.UDP_IPV4).delivery(PtpDelivery.UNICAST).build());
        }

        @Test
        void sessionIsAsPolicySays() {
            ClockPolicy policy = policy().priority(7).build();
            allow(policy);
            ClockSessionRequest request = only(negotiation.fromClient(signalIn(24, request(SYNC)), now),
                                               OpenSession.class).request();
            assertThat(request.priority()).isEqualTo(7);
            assertThat(request.domain()).isEqualTo(24);
            assertThat(request.tunnel()).isEqualTo(policy.tunnel());
            assertThat(request.monitoring()).isEqualTo(policy.monitoring());
        }

        @Test
        void repeatedOnesOpenNothing() {
            client(request(ANNOUNCE));
            assertThat(client(request(ANNOUNCE))).isEmpty();
            assertThat(client(request(SYNC))).isEmpty();
        }

        @Test
        void goOnWithPathConsistencyWhenSessionIsUp() {
            client(request(ANNOUNCE));
            List<NegotiationAction> actions = up();
            assertThat(actions).hasSize(2);
            assertThat(actions.get(0)).isInstanceOf(OpenWindow.class);
            SignallingMessage message = ((Forward) actions.get(1)).message();
            assertThat(message).isEqualTo(fromClient(0, request(ANNOUNCE), CONSISTENCY_TLV));
        }

        @Test
        void onlyNewestOneOfEachTypeGoesOn() {
            client(request(ANNOUNCE));
            client(RequestUnicastTransmission.of(ANNOUNCE, 1, 60));
            client(request(SYNC));
            assertThat(up().stream().filter(Forward.class::isInstance).map(action -> ((Forward) action).message()))
                    .containsExactly(
                            fromClient(0, RequestUnicastTransmission.of(ANNOUNCE, 1, 60), CONSISTENCY_TLV),
                            fromClient(0, request(SYNC), CONSISTENCY_TLV));
        }

        @Test
        void thatCameTogetherGoOnTogether() {
            client(request(SYNC), request(DELAY_RESP));
            assertThat(one(up(), Forward.class).message())
                    .isEqualTo(fromClient(0, request(SYNC), request(DELAY_RESP), CONSISTENCY_TLV));
        }

        @Test
        void areShortened() {
            allow(policy().maxDuration(60).build());
            client(request(ANNOUNCE));
            assertThat(one(up(), Forward.class).message())
                    .isEqualTo(fromClient(0, request(ANNOUNCE).withDuration(60), CONSISTENCY_TLV));
        }

        @Test
        void goOnAtOnceWhileSessionIsUp() {
            granted(ANNOUNCE);
            List<NegotiationAction> actions = client(request(SYNC), request(DELAY_RESP));
            assertThat(actions).hasSize(2);
            one(actions, OpenWindow.class);
            assertThat(one(actions, Forward.class).message())
                    .isEqualTo(fromClient(0, request(SYNC), request(DELAY_RESP), CONSISTENCY_TLV));
        }

        @Test
        void thatAreNotRepeatedAreForgotten() {
            client(request(ANNOUNCE));
            assertThat(after(TIMING.holdTime().minusSeconds(1))).isEmpty();
            assertThat(after(seconds(1))).isEmpty();
            closes("nothing was granted", after(TIMING.lingerTime()));
            assertThat(up()).isEmpty();
        }

        @Test
        void ofOtherMessageTypesAreDenied() {
            Deny action = only(client(request(PDELAY_RESP)), Deny.class);
            assertThat(action.answer().tlvs()).containsExactly(
                    GrantUnicastTransmission.of(PDELAY_RESP, 0, 0, false));
            assertThat(action.reason()).isEqualTo("messages of type 3 can't be asked for");
            assertThat(negotiation.pairs()).isEmpty();
        }

        @Test
        void areAllowedInPart() {
            List<NegotiationAction> actions = client(
                    request(SYNC), request(PDELAY_RESP), RequestUnicastTransmission.of(DELAY_RESP, -8, 300));
            assertThat(one(actions, Deny.class).answer().tlvs()).containsExactly(
                    GrantUnicastTransmission.of(PDELAY_RESP, 0, 0, false),
                    GrantUnicastTransmission.of(DELAY_RESP, -8, 0, false));
            one(actions, OpenSession.class);
            assertThat(one(up(), Forward.class).message())
                    .isEqualTo(fromClient(0, request(SYNC), CONSISTENCY_TLV));
        }

        @ParameterizedTest
        @CsvSource({
            "-8, 300, 2^8 messages a second are more than 128",
            "-31, 300, 2^31 messages a second are more than 128",
            "-128, 300, 2^128 messages a second are more than 128",
            "9, 300, no message comes within 300 s if there are 2^9 s between two",
            "12, 4294967295, no message comes within 3600 s if there are 2^12 s between two",
            "31, 4294967295, no message comes within 3600 s if there are 2^31 s between two",
            "127, 300, no message comes within 300 s if there are 2^127 s between two",
            "0, 0, nothing lasts for 0 seconds"
        })
        void forTooMuchOrNonsenseAreDenied(int logInterMessagePeriod, long duration, String reason) {
            Deny action = only(client(RequestUnicastTransmission.of(SYNC, logInterMessagePeriod, duration)),
                               Deny.class);
            assertThat(action.reason()).isEqualTo(reason);
            assertThat(action.answer().tlvs()).containsExactly(
                    GrantUnicastTransmission.of(SYNC, logInterMessagePeriod, 0, false));
            assertThat(negotiation.pairs()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"-7, 300", "8, 300", "11, 4294967295", "0, 1"})
        void upToTheLimitsAreAllowed(int logInterMessagePeriod, long duration) {
            only(client(RequestUnicastTransmission.of(SYNC, logInterMessagePeriod, duration)), OpenSession.class);
        }

        @Test
        void rateLimitNeedNotBePowerOfTwo() {
            allow(policy().maxMessageRate(100).build());
            only(client(RequestUnicastTransmission.of(SYNC, -7, 300)), Deny.class);
            only(client(RequestUnicastTransmission.of(SYNC, -6, 300)), OpenSession.class);
        }

        @Test
        void inOtherDomainsAreDenied() {
            allow(policy().domains(List.of(24)).build());
            assertThat(only(client(request(ANNOUNCE)), Deny.class).reason()).isEqualTo("domain 0 is not allowed");
            only(negotiation.fromClient(signalIn(24, request(ANNOUNCE)), now), OpenSession.class);
        }

        @Test
        void inReservedDomainsAreDenied() {
            only(negotiation.fromClient(signalIn(240, request(ANNOUNCE)), now), Deny.class);
        }

        @Test
        void inSeveralDomainsShareOneSession() {
            granted(ANNOUNCE);
            List<NegotiationAction> actions = negotiation.fromClient(signalIn(3, request(ANNOUNCE)), now);
            assertThat(one(actions, Forward.class).message().header().domain()).isEqualTo(3);
            assertThat(actions).noneMatch(OpenSession.class::isInstance);
        }

        @Test
        void inTooManyDomainsAreDenied() {
            for (int domain = 0; domain < Negotiation.MOST_KEYS; domain++) {
                negotiation.fromClient(signalIn(domain, request(ANNOUNCE)), now);
            }
            Deny action = only(negotiation.fromClient(signalIn(100, request(ANNOUNCE)), now), Deny.class);
            assertThat(action.reason()).isEqualTo("a client can negotiate about 12 things at a time");
        }

        @Test
        void withOtherTlvsGoOnWithThem() {
            granted(ANNOUNCE);
            Tlv padding = UnknownTlv.of(0x8008, Octets.of((byte) 1, (byte) 2));
            assertThat(one(client(padding, request(SYNC)), Forward.class).message())
                    .isEqualTo(fromClient(0, request(SYNC), padding, CONSISTENCY_TLV));
            assertThat(only(client(padding), Forward.class).message()).isEqualTo(fromClient(0, padding));
        }

        @Test
        void canNotForgePathConsistency() {
            granted(ANNOUNCE);
            Tlv forged = CONSISTENCY.toExtension(SUB_TYPE);
            assertThat(one(client(forged, request(SYNC)), Forward.class).message())
                    .isEqualTo(fromClient(0, request(SYNC), CONSISTENCY_TLV));
            assertThat(client(forged)).isEmpty();
        }

        @Test
        void withoutRoomForPathConsistencyAreDropped() {
            granted(ANNOUNCE);
            Tlv padding = UnknownTlv.of(0x8008, Octets.of(new byte[950]));
            assertThat(only(client(padding, request(SYNC)), Drop.class).reason())
                    .isEqualTo("there is no room for the path consistency");
            assertThat(after(TIMING.answerTime())).isEmpty();
        }
    }

    @Nested
    class Strangers {

        @Test
        void areDeniedAndLeaveNothing() {
            IpAddress stranger = IpAddress.valueOf("10.0.2.2");
            Deny action = only(negotiation.fromClient(
                    Signals.from(stranger, PORT, fromClient(5, request(ANNOUNCE), request(PDELAY_RESP))), now),
                               Deny.class);
            assertThat(action.reason()).isEqualTo("policy cell-sites does not name the client");
            assertThat(action.answer().target()).isEqualTo(CLIENT_CLOCK);
            assertThat(action.answer().header().domain()).isEqualTo(5);
            assertThat(action.answer().header().source()).isEqualTo(PortIdentity.NONE);
            assertThat(action.answer().tlvs()).containsExactly(
                    GrantUnicastTransmission.of(ANNOUNCE, 0, 0, false),
                    GrantUnicastTransmission.of(PDELAY_RESP, 0, 0, false));
            assertThat(negotiation.pairs()).isEmpty();
        }

        @Test
        void thatCancelGetNoAnswer() {
            only(negotiation.fromClient(Signals.from(IpAddress.valueOf("10.0.2.2"), PORT,
                                             fromClient(0, CancelUnicastTransmission.of(SYNC))), now), Drop.class);
        }

        @Test
        void ofTheOtherVersionOfIpAreNoClients() {
            ClientSignal signal = ClientSignal.builder().from(signal(request(ANNOUNCE)))
                    .pair(ClockPair.of(IpAddress.valueOf("fd00::2"), SERVER)).build();
            only(negotiation.fromClient(signal, now), Drop.class);
        }

        @Test
        void withImpossibleAddressesAreIgnored() {
            allow(policy().clients(Set.of(IpPrefix.valueOf("0.0.0.0/0"))).build());
            for (String address : List.of("10.0.0.1", "0.0.0.0", "224.0.1.129")) {
                assertThat(only(negotiation.fromClient(Signals.from(IpAddress.valueOf(address), PORT, fromClient(
                        0, request(ANNOUNCE))), now), Drop.class).reason()).isEqualTo("the addresses are forged");
            }
        }

        @Test
        void areNotHeardWhereThereIsNoPolicy() {
            allow();
            assertThat(only(client(request(ANNOUNCE)), Drop.class).reason()).isEqualTo("no policy names the server");
        }

        @Test
        void fromOnePortOpenFewSessionsAtATime() {
            for (int i = 0; i < UnicastNegotiation.MOST_OPENING_PER_PORT; i++) {
                only(negotiation.fromClient(Signals.from(IpAddress.valueOf("10.0.1." + (100 + i)), PORT,
                                                 fromClient(0, request(ANNOUNCE))), now), OpenSession.class);
            }
            assertThat(only(client(request(ANNOUNCE)), Deny.class).reason())
                    .isEqualTo("16 sessions are being opened for clients at of:0000000000000001/1");
            only(negotiation.fromClient(Signals.from(CLIENT, port(2), fromClient(0, request(ANNOUNCE))), now),
                 OpenSession.class);
        }

        @Test
        void fromOnePortOpenMoreWhenTheOthersAreSetUp() {
            for (int i = 0; i < UnicastNegotiation.MOST_OPENING_PER_PORT; i++) {
                ClientSignal signal = Signals.from(IpAddress.valueOf("10.0.1." + (100 + i)), PORT,
                                                   fromClient(0, request(ANNOUNCE)));
                negotiation.fromClient(signal, now);
                negotiation.sessionInstalling(signal.pair(), now);
            }
            only(client(request(ANNOUNCE)), Deny.class);
            negotiation.sessionHeld(ClockPair.of(IpAddress.valueOf("10.0.1.100"), SERVER), now);
            only(client(request(ANNOUNCE)), OpenSession.class);
        }

        @Test
        void thatFloodWithForgedAddressesLeaveLittle() {
            allow(policy().clients(Set.of(IpPrefix.valueOf("10.0.0.0/8"))).maxClients(50).build());
            for (int i = 0; i < 10_000; i++) {
                IpAddress forged = IpAddress.valueOf(0x0A10_0000 + i);
                negotiation.fromClient(Signals.from(forged, port(i % 10), fromClient(0, request(ANNOUNCE))), now);
            }
            assertThat(negotiation.pairs()).hasSize(50);
            after(TIMING.holdTime());
            after(TIMING.lingerTime());
            List.copyOf(negotiation.pairs()).forEach(pair -> negotiation.sessionClosed(pair, now));
            assertThat(negotiation.pairs()).isEmpty();
        }

        @Test
        void thatAreRefusedTunnelsAreRememberedInPart() {
            allow(policy().clients(Set.of(IpPrefix.valueOf("10.0.0.0/8"))).build());
            for (int i = 0; i <= UnicastNegotiation.MOST_REFUSALS; i++) {
                ClientSignal signal = Signals.from(IpAddress.valueOf(0x0A10_0000 + i), PORT,
                                                   fromClient(0, request(ANNOUNCE)));
                only(negotiation.fromClient(signal, now), OpenSession.class);
                negotiation.sessionRefused(signal.pair(), "there is no path", now);
                negotiation.sessionClosed(signal.pair(), now);
            }
            only(negotiation.fromClient(Signals.from(IpAddress.valueOf(0x0A10_0001), PORT,
                                                     fromClient(0, request(ANNOUNCE))), now), Deny.class);
            only(negotiation.fromClient(Signals.from(IpAddress.valueOf(0x0A10_0000), PORT,
                                                     fromClient(0, request(ANNOUNCE))), now), OpenSession.class);
        }

        @Test
        void canNotSpeakForClientFromOtherPorts() {
            granted(ANNOUNCE, SYNC);
            Drop action = only(negotiation.fromClient(Signals.from(CLIENT, port(2), fromClient(
                    0, CancelUnicastTransmission.of(SYNC))), now), Drop.class);
            assertThat(action.reason()).isEqualTo("the client is at of:0000000000000001/1");
            assertThat(negotiation.grants(PAIR)).hasSize(2);
            only(negotiation.fromClient(Signals.from(CLIENT, port(2), fromClient(0, request(DELAY_RESP))), now),
                 Drop.class);
        }

        @Test
        void thatHeldSomethingBackDoNotGetItReleased() {
            granted(ANNOUNCE);
            negotiation.sessionHeld(PAIR, now);
            negotiation.fromClient(Signals.from(CLIENT, port(2), fromClient(0, request(SYNC))), now);
            assertThat(up()).isEmpty();
        }

        @Test
        void thatAreTheClientAtItsNewPortAreHeard() {
            granted(ANNOUNCE);
            negotiation.sessionHeld(PAIR, now);
            negotiation.fromClient(Signals.from(CLIENT, port(2), fromClient(0, request(SYNC))), now);
            one(negotiation.sessionUp(PAIR, port(2), CONSISTENCY, now), Forward.class);
        }
    }

    @Nested
    class Clients {

        @Test
        void beyondTheNumberAllowedAreDenied() {
            allow(policy().maxClients(1).build());
            client(request(ANNOUNCE));
            Deny action = only(negotiation.fromClient(Signals.from(IpAddress.valueOf("10.0.1.3"), port(2), fromClient(
                    0, request(ANNOUNCE))), now), Deny.class);
            assertThat(action.reason()).isEqualTo("policy cell-sites allows 1 clients");
            assertThat(negotiation.pairs()).containsExactly(PAIR);
        }

        @Test
        void areAnsweredByServerTheyKnow() {
            granted(ANNOUNCE);
            assertThat(only(client(request(PDELAY_RESP)), Deny.class).answer().header().source())
                    .isEqualTo(SERVER_CLOCK);
        }

        @Test
        void areAnsweredByPortTheyAskedFor() {
            PortIdentity asked = PortIdentity.of(SERVER_CLOCK.clock(), 9);
            ClientSignal signal = Signals.from(CLIENT, PORT, SignallingMessage.of(
                    fromClient(0).header(), asked, request(PDELAY_RESP)));
            assertThat(only(negotiation.fromClient(signal, now), Deny.class).answer().header().source())
                    .isEqualTo(asked);
        }
    }

    @Nested
    class Grants {

        @Test
        void areRecordedAndCloseTheWindow() {
            client(request(ANNOUNCE));
            up();
            List<NegotiationAction> actions = server(GrantUnicastTransmission.of(ANNOUNCE, 1, 100, true));
            assertThat(actions).hasSize(3);
            RememberClock clock = one(actions, RememberClock.class);
            assertThat(clock.server()).isEqualTo(SERVER);
            assertThat(clock.clock()).isEqualTo(SERVER_CLOCK.clock());
            assertThat(one(actions, RecordGrants.class).grants()).containsExactly(TrackedGrant.of(
                    GrantKey.of(0, UnicastMessageType.ANNOUNCE), 1, 100, now.plusSeconds(100)));
            assertThat(one(actions, CloseWindow.class).pair()).isEqualTo(PAIR);
        }

        @Test
        void windowStaysOpenUntilTheLastAnswer() {
            client(request(SYNC), request(DELAY_RESP));
            up();
            assertThat(server(grant(SYNC))).noneMatch(CloseWindow.class::isInstance);
            one(server(grant(DELAY_RESP)), CloseWindow.class);
        }

        @Test
        void windowClosesWithoutAnswer() {
            client(request(ANNOUNCE));
            up();
            assertThat(after(TIMING.answerTime().minusSeconds(1))).isEmpty();
            only(after(seconds(1)), CloseWindow.class);
            closes("the server has not answered", after(TIMING.lingerTime()));
        }

        @Test
        void identityOfServerIsToldOnce() {
            granted(ANNOUNCE);
            client(request(ANNOUNCE));
            assertThat(server(grant(ANNOUNCE))).noneMatch(RememberClock.class::isInstance);
        }

        @Test
        void areRenewed() {
            granted(ANNOUNCE);
            after(seconds(225));
            client(request(ANNOUNCE));
            server(grant(ANNOUNCE));
            assertThat(after(seconds(200))).isEmpty();
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }

        @Test
        void expireAndTakeTheSessionAlong() {
            granted(ANNOUNCE);
            assertThat(after(seconds(299))).isEmpty();
            assertThat(only(after(seconds(1)), RecordGrants.class).grants()).isEmpty();
            closes("what was granted has expired", after(TIMING.lingerTime()));
        }

        @Test
        void thatOnlyOneOfSeveralExpiresLeavesSession() {
            client(request(ANNOUNCE), RequestUnicastTransmission.of(SYNC, 0, 100));
            up();
            server(grant(ANNOUNCE), GrantUnicastTransmission.of(SYNC, 0, 100, true));
            assertThat(only(after(seconds(100)), RecordGrants.class).grants()).hasSize(1);
            assertThat(after(seconds(100))).isEmpty();
        }

        @Test
        void thatNobodyHasAskedForAreIgnored() {
            granted(ANNOUNCE);
            assertThat(server(grant(SYNC))).isEmpty();
            assertThat(server(grant(ANNOUNCE))).isEmpty();
            assertThat(server(GrantUnicastTransmission.of(PDELAY_RESP, 0, 300, true))).isEmpty();
        }

        @Test
        void forOthersAreIgnored() {
            client(request(ANNOUNCE));
            up();
            SignallingMessage message = SignallingMessage.of(
                    fromServer().header(), PortIdentity.of(CLIENT_CLOCK.clock(), 2), grant(ANNOUNCE));
            assertThat(negotiation.fromServer(PAIR, message, now)).isEmpty();
            assertThat(negotiation.grants(PAIR)).isEmpty();
        }

        @Test
        void beyondWhatPolicyAllowsAreNone() {
            client(request(SYNC));
            up();
            assertThat(server(GrantUnicastTransmission.of(SYNC, -8, 300, true)))
                    .noneMatch(RecordGrants.class::isInstance);
            closes("the server has granted what the policy does not allow: 2^8 messages a second are more than 128",
                   after(TIMING.lingerTime()));
        }

        @ParameterizedTest
        @CsvSource({"127", "31", "9", "-128"})
        void withNonsenseAreNone(int logInterMessagePeriod) {
            client(request(SYNC));
            up();
            assertThat(server(GrantUnicastTransmission.of(SYNC, logInterMessagePeriod, 300, true)))
                    .noneMatch(RecordGrants.class::isInstance);
        }

        @Test
        void areNotLongerThanWasAskedFor() {
            client(request(SYNC));
            up();
            server(GrantUnicastTransmission.of(SYNC, 0, 0xFFFF_FFFFL, true));
            assertThat(negotiation.grants(PAIR).get(0).duration()).isEqualTo(300);
        }

        @Test
        void thatAreRefusedAreNone() {
            client(request(ANNOUNCE));
            up();
            List<NegotiationAction> actions = server(GrantUnicastTransmission.of(ANNOUNCE, 0, 0, false));
            assertThat(actions).noneMatch(RecordGrants.class::isInstance);
            one(actions, CloseWindow.class);
            closes("the server has refused", after(TIMING.lingerTime()));
        }

        @Test
        void whoseRenewalIsRefusedLastUntilTheirEnd() {
            granted(ANNOUNCE);
            client(request(ANNOUNCE));
            server(GrantUnicastTransmission.of(ANNOUNCE, 0, 0, false));
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }

        @Test
        void thatWereMissedKeepTheSessionWhileTheServerIsHeard() {
            client(request(ANNOUNCE));
            up();
            now = now.plusSeconds(1);
            negotiation.counted(PAIR, 0, 10, now);
            only(after(TIMING.answerTime()), CloseWindow.class);
            assertThat(after(seconds(200))).isEmpty();
            negotiation.counted(PAIR, 0, 200, now);
            assertThat(negotiation.grants(PAIR)).isEmpty();
            after(seconds(100));
            closes("nothing was granted", after(TIMING.lingerTime()));
        }
    }

    @Nested
    class Ends {

        @Test
        void byClientGoOnToServer() {
            granted(ANNOUNCE, SYNC);
            List<NegotiationAction> actions = client(CancelUnicastTransmission.of(SYNC));
            assertThat(actions).hasSize(2);
            assertThat(((Forward) actions.get(0)).message())
                    .isEqualTo(fromClient(0, CancelUnicastTransmission.of(SYNC)));
            assertThat(((RecordGrants) actions.get(1)).grants()).hasSize(1);
            assertThat(after(TIMING.lingerTime())).isEmpty();
        }

        @Test
        void ofAllByClientCloseTheSessionAfterAWhile() {
            granted(ANNOUNCE, SYNC);
            client(CancelUnicastTransmission.of(SYNC), CancelUnicastTransmission.of(ANNOUNCE));
            assertThat(negotiation.grants(PAIR)).isEmpty();
            assertThat(after(TIMING.lingerTime().minusSeconds(1))).isEmpty();
            closes("the client has cancelled", after(seconds(1)));
        }

        @Test
        void canBeTakenBackInTime() {
            granted(ANNOUNCE);
            client(CancelUnicastTransmission.of(ANNOUNCE));
            after(TIMING.lingerTime().minusSeconds(1));
            one(client(request(ANNOUNCE)), Forward.class);
            assertThat(after(seconds(2))).isEmpty();
        }

        @Test
        void thatMaintainTheRequestEndNothing() {
            granted(ANNOUNCE);
            Tlv cancel = CancelUnicastTransmission.of(ANNOUNCE, true, false);
            assertThat(only(client(cancel), Forward.class).message()).isEqualTo(fromClient(0, cancel));
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }

        @Test
        void ofOtherDomainsEndNothing() {
            granted(ANNOUNCE);
            only(negotiation.fromClient(signalIn(1, CancelUnicastTransmission.of(ANNOUNCE)), now), Forward.class);
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }

        @Test
        void byServerAreTakenIn() {
            granted(ANNOUNCE, SYNC);
            assertThat(only(server(CancelUnicastTransmission.of(SYNC)), RecordGrants.class).grants()).hasSize(1);
            assertThat(server(CancelUnicastTransmission.of(ANNOUNCE, false, true))).isEmpty();
        }

        @Test
        void byServerThatNobodySawAreKnownFromTheAcknowledgement() {
            granted(ANNOUNCE);
            List<NegotiationAction> actions = client(AcknowledgeCancelUnicastTransmission.of(ANNOUNCE));
            one(actions, Forward.class);
            assertThat(one(actions, RecordGrants.class).grants()).isEmpty();
        }

        @Test
        void takeBackWhatIsHeld() {
            client(request(ANNOUNCE));
            only(client(CancelUnicastTransmission.of(ANNOUNCE)), Drop.class);
            assertThat(up()).isEmpty();
        }

        @Test
        void ofUnknownClientsGoNowhere() {
            assertThat(only(client(CancelUnicastTransmission.of(ANNOUNCE)), Drop.class).reason())
                    .isEqualTo("there is no session");
        }
    }

    @Nested
    class Silence {

        @Test
        void ofServerEndsEverything() {
            granted(ANNOUNCE);
            negotiation.counted(PAIR, 5, 5, now);
            now = now.plus(TIMING.silenceTime());
            assertThat(negotiation.counted(PAIR, 9, 5, now)).isEmpty();
            now = now.plusSeconds(1);
            assertThat(only(negotiation.counted(PAIR, 12, 5, now), RecordGrants.class).grants()).isEmpty();
            closes("the server has been silent for 31 s", after(TIMING.lingerTime()));
        }

        @Test
        void ofClientEndsEverythingOnceItHasToSpeak() {
            granted(ANNOUNCE);
            negotiation.counted(PAIR, 5, 5, now);
            now = now.plusSeconds(100);
            assertThat(negotiation.counted(PAIR, 5, 50, now)).isEmpty();
            client(request(SYNC), request(DELAY_RESP));
            server(grant(SYNC), grant(DELAY_RESP));
            now = now.plusSeconds(31);
            assertThat(only(negotiation.counted(PAIR, 5, 90, now), RecordGrants.class).grants()).isEmpty();
            closes("the client has been silent for 31 s", after(TIMING.lingerTime()));
        }

        @Test
        void isNoneWhileMessagesAreRare() {
            client(RequestUnicastTransmission.of(ANNOUNCE, 4, 300));
            up();
            server(GrantUnicastTransmission.of(ANNOUNCE, 4, 300, true));
            now = now.plusSeconds(48);
            assertThat(negotiation.counted(PAIR, 0, 0, now)).isEmpty();
            now = now.plusSeconds(49);
            assertThat(negotiation.counted(PAIR, 0, 0, now)).isNotEmpty();
        }

        @Test
        void isNoneWhileTheTunnelCarriesNothing() {
            granted(ANNOUNCE);
            negotiation.counted(PAIR, 5, 5, now);
            negotiation.sessionHeld(PAIR, now);
            now = now.plusSeconds(60);
            assertThat(negotiation.counted(PAIR, 5, 5, now)).isEmpty();
            up();
            now = now.plusSeconds(30);
            assertThat(negotiation.counted(PAIR, 5, 5, now)).isEmpty();
        }

        @Test
        void isNotMistakenForCountersThatBeginAnew() {
            granted(ANNOUNCE);
            negotiation.counted(PAIR, 5, 5, now);
            now = now.plusSeconds(40);
            assertThat(negotiation.counted(PAIR, 0, 0, now)).isEmpty();
        }
    }

    @Nested
    class Sessions {

        @Test
        void thatAreRefusedDenyWhatIsHeld() {
            client(request(ANNOUNCE), request(SYNC));
            List<NegotiationAction> actions = negotiation.sessionRefused(PAIR, "there is no path", now);
            assertThat(actions).hasSize(2);
            Deny denial = one(actions, Deny.class);
            assertThat(denial.reason()).isEqualTo("there is no path");
            assertThat(denial.answer().tlvs()).containsExactly(GrantUnicastTransmission.of(ANNOUNCE, 0, 0, false),
                                                               GrantUnicastTransmission.of(SYNC, 0, 0, false));
            closes("there is no path", actions);
        }

        @Test
        void thatAreRefusedAreNotAskedForAgainAtOnce() {
            client(request(ANNOUNCE));
            negotiation.sessionRefused(PAIR, "there is no path", now);
            negotiation.sessionClosed(PAIR, now);
            now = now.plus(TIMING.refusalTime().minusSeconds(1));
            assertThat(only(client(request(ANNOUNCE)), Deny.class).reason()).isEqualTo("there is no path");
            now = now.plusSeconds(1);
            only(client(request(ANNOUNCE)), OpenSession.class);
        }

        @Test
        void thatAreRefusedAndAskedForWhileTheyCloseAreDenied() {
            client(request(ANNOUNCE));
            negotiation.sessionRefused(PAIR, "there is no path", now);
            assertThat(client(request(ANNOUNCE))).isEmpty();
            assertThat(only(negotiation.sessionClosed(PAIR, now), Deny.class).reason()).isEqualTo("there is no path");
        }

        @Test
        void onTheirWayOutAreOpenedAgainForWhoAsksThen() {
            granted(ANNOUNCE);
            client(CancelUnicastTransmission.of(ANNOUNCE));
            closes("the client has cancelled", after(TIMING.lingerTime()));
            assertThat(client(request(ANNOUNCE))).isEmpty();
            assertThat(up()).isEmpty();
            only(negotiation.sessionClosed(PAIR, now), OpenSession.class);
            one(up(), Forward.class);
        }

        @Test
        void thatDoNotCloseAreAskedToAgain() {
            granted(ANNOUNCE);
            allow();
            assertThat(after(TIMING.closeRetryTime().minusSeconds(1))).isEmpty();
            closes("no policy names the server any more", after(seconds(1)));
            assertThat(negotiation.sessionClosed(PAIR, now)).isEmpty();
            assertThat(after(TIMING.closeRetryTime())).isEmpty();
        }

        @Test
        void thatSomebodyElseClosesAreForgotten() {
            granted(ANNOUNCE);
            assertThat(negotiation.sessionClosed(PAIR, now)).isEmpty();
            assertThat(negotiation.pairs()).isEmpty();
            only(client(request(ANNOUNCE)), OpenSession.class);
            only(negotiation.sessionClosed(PAIR, now), Deny.class);
        }

        @Test
        void thatAreHeldHoldRequestsBack() {
            granted(ANNOUNCE);
            assertThat(negotiation.sessionHeld(PAIR, now)).isEmpty();
            assertThat(client(request(SYNC))).isEmpty();
            one(up(), Forward.class);
        }

        @Test
        void thatAreSetUpAnewHoldRequestsBack() {
            granted(ANNOUNCE);
            assertThat(negotiation.sessionInstalling(PAIR, now)).isEmpty();
            assertThat(client(request(SYNC))).isEmpty();
            one(up(), Forward.class);
        }

        @Test
        void thatAreHeldLetGrantsExpire() {
            granted(ANNOUNCE);
            negotiation.sessionHeld(PAIR, now);
            after(seconds(300));
            closes("what was granted has expired", after(TIMING.lingerTime()));
        }

        @Test
        void thatNobodyKnowsChangeNothing() {
            assertThat(up()).isEmpty();
            assertThat(negotiation.sessionHeld(PAIR, now)).isEmpty();
            assertThat(negotiation.sessionInstalling(PAIR, now)).isEmpty();
            assertThat(negotiation.sessionRefused(PAIR, "", now)).isEmpty();
            assertThat(negotiation.sessionClosed(PAIR, now)).isEmpty();
            assertThat(server(grant(ANNOUNCE))).isEmpty();
            assertThat(negotiation.counted(PAIR, 1, 1, now)).isEmpty();
            assertThat(negotiation.pairs()).isEmpty();
        }
    }

    @Nested
    class Policies {

        @Test
        void thatAreRemovedCloseSessions() {
            granted(ANNOUNCE);
            closes("no policy names the server any more", allow());
        }

        @Test
        void thatAreRemovedDenyWhatIsHeld() {
            client(request(ANNOUNCE));
            List<NegotiationAction> actions = allow();
            one(actions, Deny.class);
            one(actions, CloseSession.class);
        }

        @Test
        void thatDoNotNameTheClientCloseSessions() {
            granted(ANNOUNCE);
            closes("policy cell-sites does not name the client",
                   allow(policy().clients(Set.of(IpPrefix.valueOf("10.9.0.0/16"))).build()));
        }

        @Test
        void thatAllowLessCloseSessionsWithMore() {
            granted(ANNOUNCE);
            closes("policy cell-sites: domain 0 is not allowed", allow(policy().domains(List.of(1)).build()));
        }

        @Test
        void thatAllowFewerClientsCloseTheNewestSessions() {
            granted(ANNOUNCE);
            ClockPair other = ClockPair.of(IpAddress.valueOf("10.0.1.3"), SERVER);
            negotiation.fromClient(Signals.from(other.client(), port(2), fromClient(0, request(ANNOUNCE))), now);
            assertThat(one(allow(policy().maxClients(1).build()), CloseSession.class).pair()).isEqualTo(other);
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }

        @Test
        void thatStillAllowChangeNothing() {
            granted(ANNOUNCE);
            assertThat(allow(policy().maxDuration(60).build())).isEmpty();
            assertThat(negotiation.grants(PAIR)).hasSize(1);
        }
    }

    @Nested
    class Restart {

        private final TrackedGrant grant =
                TrackedGrant.of(GrantKey.of(0, UnicastMessageType.ANNOUNCE), 0, 300, now.plusSeconds(100));

        @Test
        void leavesGrants() {
            assertThat(negotiation.restore(PAIR, "cell-sites", List.of(grant), now)).isEmpty();
            assertThat(up()).isEmpty();
            assertThat(negotiation.grants(PAIR)).containsExactly(grant);
            one(client(request(ANNOUNCE)), Forward.class);
            only(after(TIMING.answerTime()), CloseWindow.class);
            after(seconds(95));
            closes("what was granted has expired", after(TIMING.lingerTime()));
        }

        @Test
        void holdsUntilSessionIsUp() {
            negotiation.restore(PAIR, "cell-sites", List.of(grant), now);
            assertThat(client(request(SYNC))).isEmpty();
            one(up(), Forward.class);
        }

        @Test
        void closesWhatIsNotAllowedAnyMore() {
            allow();
            closes("no policy names the server any more",
                   negotiation.restore(PAIR, "cell-sites", List.of(grant), now));
        }

        @Test
        void keepsSessionsWhoseAnswerWasMissedUntilTheyAreSilent() {
            negotiation.restore(PAIR, "cell-sites", List.of(), now);
            up();
            negotiation.counted(PAIR, 5, 5, now);
            assertThat(after(seconds(20))).isEmpty();
            negotiation.counted(PAIR, 5, 9, now);
            assertThat(after(seconds(20))).isEmpty();
            now = now.plusSeconds(20);
            assertThat(negotiation.counted(PAIR, 5, 9, now)).isEmpty();
            assertThat(after(TIMING.lingerTime())).hasSize(1).first().isInstanceOf(CloseSession.class);
        }

        @Test
        void keepsSessionsWhoseAnswerWasMissedForAsLongAsCanBeGranted() {
            negotiation.restore(PAIR, "cell-sites", List.of(), now);
            up();
            assertThat(after(seconds(3_599))).isEmpty();
            after(seconds(1));
            assertThat(after(TIMING.lingerTime())).hasSize(1).first().isInstanceOf(CloseSession.class);
        }
    }
}
