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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.compute.message.AcknowledgeCancelUnicastTransmission;
import org.roundtrip.clock.compute.message.CancelUnicastTransmission;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.Octets;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.PtpHeader;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.message.UnknownTlv;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whatever happens in whatever order: no pair has two sessions, nothing is granted or passed on that the policy does
 * not allow, strangers leave nothing behind, and nothing stays for ever that nobody needs. {@link NegotiatingNetwork}
 * asserts all but the last after each step.
 */
class UnicastNegotiationPropertiesTest {

    private static final ClockPolicy POLICY = Signals.policy().maxClients(3).maxMessageRate(16).maxDuration(60)
            .domains(List.of(0, 1)).build();
    private static final ClockPolicy STRICTER = Signals.policy().maxClients(1).maxMessageRate(1).maxDuration(20)
            .domains(List.of(1)).clients(Set.of(IpPrefix.valueOf("10.0.1.0/30"))).build();

    @Provide
    Arbitrary<List<Step>> histories() {
        return step().list().ofMinSize(1).ofMaxSize(60);
    }

    /** Something that happens. */
    private record Step(String what, Consumer<NegotiatingNetwork> act) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Arbitrary<Step> step() {
        Arbitrary<Integer> which = Arbitraries.integers().between(0, 4);
        Arbitrary<Integer> port = Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(1, 2));
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Arbitraries.frequencyOf(
                Tuple.of(8, Combinators.combine(clients(), port, messages(Signals.CLIENT_CLOCK, PortIdentity.ALL))
                        .as((client, at, message) -> new Step(
                                client + " at " + at + " says " + message,
                                network -> network.fromClient(client, at, message)))),
                Tuple.of(6, Combinators.combine(which, messages(Signals.SERVER_CLOCK, Signals.CLIENT_CLOCK))
                        .as((session, message) -> new Step("server of " + session + " says " + message,
                                                           network -> network.fromServer(session, message)))),
                Tuple.of(5, Combinators.combine(which, port).as(
                        (session, at) -> new Step(session + " is up", network -> network.up(session, at)))),
                Tuple.of(1, which.map(session -> new Step(session + " is held", network -> network.held(session)))),
                Tuple.of(1, which.map(
                        session -> new Step(session + " is refused", network -> network.refused(session)))),
                Tuple.of(1, which.map(
                        session -> new Step(session + " is closed", network -> network.closed(session)))),
                Tuple.of(2, Combinators.combine(which, either, either).as(
                        (session, client, server) -> new Step(
                                session + " is counted, client speaks: " + client + ", server speaks: " + server,
                                network -> network.counted(session, client, server)))),
                Tuple.of(4, Arbitraries.of(1, 4, 10, 40).map(
                        seconds -> new Step(seconds + " s pass",
                                            network -> network.pass(Duration.ofSeconds(seconds))))),
                Tuple.of(1, Arbitraries.of(List.of(POLICY), List.of(STRICTER), List.<ClockPolicy>of()).map(
                        policies -> new Step("policies are " + policies, network -> network.allow(
                                policies.toArray(ClockPolicy[]::new))))),
                Tuple.of(1, Arbitraries.just(new Step("restart", NegotiatingNetwork::restart))));
    }

    /** The last one is a stranger. */
    private static Arbitrary<IpAddress> clients() {
        return Arbitraries.of("10.0.1.2", "10.0.1.3", "10.0.1.4", "10.0.1.5", "10.0.2.2").map(IpAddress::valueOf);
    }

    private static Arbitrary<SignallingMessage> messages(PortIdentity source, PortIdentity target) {
        return Combinators.combine(Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(4, 1), Tuple.of(1, 2)),
                                   tlvs().list().ofMinSize(1).ofMaxSize(4))
                .as((domain, tlvs) -> SignallingMessage.of(
                        PtpHeader.builder().domain(domain).source(source).sequenceId(1).build(), target, tlvs));
    }

    private static Arbitrary<Tlv> tlvs() {
        Arbitrary<Integer> types = Arbitraries.frequency(Tuple.of(4, 0xB), Tuple.of(4, 0), Tuple.of(4, 9),
                                                         Tuple.of(1, 3));
        Arbitrary<Integer> periods = Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(3, -4), Tuple.of(1, -5),
                                                           Tuple.of(1, 5), Tuple.of(1, 127), Tuple.of(1, -128));
        Arbitrary<Long> durations = Arbitraries.of(0L, 10L, 30L, 60L, 61L, 0xFFFF_FFFFL);
        Arbitrary<Boolean> rarely = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
        return Arbitraries.frequencyOf(
                Tuple.of(6, Combinators.combine(types, periods, durations).as(RequestUnicastTransmission::of)),
                Tuple.of(6, Combinators.combine(types, periods, durations, rarely).as(GrantUnicastTransmission::of)),
                Tuple.of(1, Combinators.combine(types, rarely, rarely).as(CancelUnicastTransmission::of)),
                Tuple.of(1, Combinators.combine(types, rarely, rarely).as(
                        AcknowledgeCancelUnicastTransmission::of)),
                Tuple.of(1, Arbitraries.integers().between(0, 500).map(
                        words -> UnknownTlv.of(0x8008, Octets.of(new byte[2 * words])))));
    }

    @Property(tries = 2_000)
    void everythingIsAllowedAndComesToAnEnd(@ForAll("histories") List<Step> history) {
        NegotiatingNetwork network = new NegotiatingNetwork();
        network.allow(POLICY);
        history.forEach(step -> step.act().accept(network));
        network.comeToRest();
        network.assertEmpty();
    }
}
