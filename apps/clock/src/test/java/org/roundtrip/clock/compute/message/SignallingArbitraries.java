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
package org.roundtrip.clock.compute.message;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.Arrays;

/** Messages of all kinds, and octets that are nearly messages. */
final class SignallingArbitraries {

    private SignallingArbitraries() {
    }

    static Arbitrary<SignallingMessage> messages() {
        return Combinators.combine(headers(), identities(), tlvs().list().ofMaxSize(SignallingCodec.MOST_TLVS))
                .as(SignallingMessage::of);
    }

    private static Arbitrary<PtpHeader> headers() {
        Arbitrary<PtpHeader.Builder> known = Combinators.combine(octet(), octet(), word(), identities(), word())
                .as((domain, minorSdoId, flags, source, sequenceId) -> PtpHeader.builder().domain(domain)
                        .minorSdoId(minorSdoId).flags(flags).source(source).sequenceId(sequenceId));
        return Combinators.combine(known, nibble(), nibble(), Arbitraries.longs(), Arbitraries.integers(), octet(),
                                   Arbitraries.bytes())
                .as((builder, major, minor, correction, specific, control, interval) -> (PtpHeader) builder
                        .majorSdoId(major).minorVersion(minor).correction(correction).messageTypeSpecific(specific)
                        .control(control).logMessageInterval(interval).build());
    }

    private static Arbitrary<PortIdentity> identities() {
        return Combinators.combine(Arbitraries.longs().map(ClockIdentity::of), word()).as(PortIdentity::of);
    }

    private static Arbitrary<Tlv> tlvs() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Long> durations = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        Arbitrary<Integer> periods = Arbitraries.bytes().map(Byte::intValue);
        return Arbitraries.oneOf(
                Combinators.combine(nibble(), periods, durations).as(RequestUnicastTransmission::of),
                Combinators.combine(nibble(), periods, durations, either).as(GrantUnicastTransmission::of),
                Combinators.combine(nibble(), either, either).as(CancelUnicastTransmission::of),
                Combinators.combine(nibble(), either, either).as(AcknowledgeCancelUnicastTransmission::of),
                Combinators.combine(Arbitraries.integers().between(0, 0xFF_FFFF),
                                    Arbitraries.integers().between(0, 0xFF_FFFF), values())
                        .as((organization, number, data) -> OrganizationExtension.of(
                                OrganizationSubType.of(organization, number), data)),
                Combinators.combine(Arbitraries.oneOf(Arbitraries.of(1, 2), Arbitraries.integers().between(8, 0xFFFF)),
                                    values()).as(UnknownTlv::of));
    }

    private static Arbitrary<Octets> values() {
        return Arbitraries.integers().between(0, 12).flatMap(
                words -> Arbitraries.bytes().array(byte[].class).ofSize(2 * words)).map(Octets::of);
    }

    private static Arbitrary<Integer> nibble() {
        return Arbitraries.integers().between(0, 0xF);
    }

    private static Arbitrary<Integer> octet() {
        return Arbitraries.integers().between(0, 0xFF);
    }

    private static Arbitrary<Integer> word() {
        return Arbitraries.integers().between(0, 0xFFFF);
    }

    /** Real messages of which a few octets are others, and that may end too early or too late. */
    static Arbitrary<byte[]> mutated() {
        return Combinators.combine(Arbitraries.of(Captures.MESSAGES).map(Captures::octets),
                                   Arbitraries.integers().between(0, 63).list().ofMaxSize(4),
                                   Arbitraries.bytes().list().ofSize(4), Arbitraries.integers().between(-8, 8))
                .as((octets, places, values, longer) -> {
                    byte[] mutated = Arrays.copyOf(octets, octets.length + longer);
                    for (int i = 0; i < places.size(); i++) {
                        mutated[places.get(i) % mutated.length] = values.get(i);
                    }
                    return mutated;
                });
    }

    /** The header of a real message, its length right, and then anything. */
    static Arbitrary<byte[]> anythingAfterHeader() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(tail -> {
            byte[] octets = Arrays.copyOf(Captures.octets(Captures.REQUEST_ANNOUNCE), 44 + tail.length);
            System.arraycopy(tail, 0, octets, 44, tail.length);
            octets[2] = (byte) (octets.length >> 8);
            octets[3] = (byte) octets.length;
            return octets;
        });
    }
}
