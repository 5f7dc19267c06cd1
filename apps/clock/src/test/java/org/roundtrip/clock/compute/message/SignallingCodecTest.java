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

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundtrip.clock.compute.message.MalformedMessageException.Reason;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SignallingCodecTest {

    private static final int FIRST_TLV = 44;

    @Test
    void requestOfRealClientIsRead() throws MalformedMessageException {
        SignallingMessage message = decode(Captures.REQUEST_ANNOUNCE);
        assertThat(message.header()).isEqualTo(
                PtpHeader.builder().domain(0).source(Captures.client()).sequenceId(0).build());
        assertThat(message.header().source()).hasToString("3a6706.fffe.1490fe-1");
        assertThat(message.target()).isEqualTo(PortIdentity.ALL);
        assertThat(message.tlvs()).containsExactly(RequestUnicastTransmission.of(MessageTypes.ANNOUNCE, 0, 20));
    }

    @Test
    void requestForSeveralTypesIsRead() throws MalformedMessageException {
        SignallingMessage message = decode(Captures.REQUEST_SYNC_AND_DELAY_RESP);
        assertThat(message.target()).isEqualTo(Captures.server());
        assertThat(message.header().sequenceId()).isEqualTo(1);
        assertThat(message.tlvs()).containsExactly(RequestUnicastTransmission.of(MessageTypes.SYNC, 0, 20),
                                                   RequestUnicastTransmission.of(MessageTypes.DELAY_RESP, 0, 20));
    }

    @Test
    void grantOfRealServerIsRead() throws MalformedMessageException {
        SignallingMessage message = decode(Captures.GRANT_DELAY_RESP);
        assertThat(message.header().source()).isEqualTo(Captures.server());
        assertThat(message.target()).isEqualTo(Captures.client());
        assertThat(message.tlvs()).containsExactly(
                GrantUnicastTransmission.of(MessageTypes.DELAY_RESP, 0, 20, true));
    }

    @Test
    void octetsAfterMessageAreIgnored() throws MalformedMessageException {
        assertThat(decode(Captures.REQUEST_OVER_IPV6).tlvs())
                .containsExactly(RequestUnicastTransmission.of(MessageTypes.ANNOUNCE, 0, 20));
    }

    @Test
    void endsAndTheirAcknowledgementsAreRead() throws MalformedMessageException {
        assertThat(decode(Captures.CANCEL_SYNC).tlvs())
                .containsExactly(CancelUnicastTransmission.of(MessageTypes.SYNC));
        assertThat(decode(Captures.ACKNOWLEDGE_SYNC).tlvs())
                .containsExactly(AcknowledgeCancelUnicastTransmission.of(MessageTypes.SYNC));
        assertThat(decodeWithTlv("000600029100").tlvs())
                .containsExactly(CancelUnicastTransmission.of(MessageTypes.DELAY_RESP, true, false));
        assertThat(decodeWithTlv("000600029200").tlvs())
                .containsExactly(CancelUnicastTransmission.of(MessageTypes.DELAY_RESP, false, true));
    }

    @Test
    void numbersHaveTheSignsOfTheStandard() throws MalformedMessageException {
        assertThat(decodeWithTlv("00040006b0fdffffffff").tlvs())
                .containsExactly(RequestUnicastTransmission.of(MessageTypes.ANNOUNCE, -3, 0xFFFF_FFFFL));
    }

    @Test
    void unknownTlvIsKeptOctetByOctet() throws MalformedMessageException {
        assertThat(decodeWithTlv("80080004deadbeef").tlvs())
                .containsExactly(UnknownTlv.of(0x8008, Octets.valueOf("deadbeef")));
        assertThat(decodeWithTlv("80080000").tlvs()).containsExactly(UnknownTlv.of(0x8008, Octets.of()));
    }

    @Test
    void organizationExtensionIsRead() throws MalformedMessageException {
        assertThat(decodeWithTlv("00030008" + "00005e" + "005301" + "0102").tlvs()).containsExactly(
                OrganizationExtension.of(OrganizationSubType.PATH_CONSISTENCY, Octets.valueOf("0102")));
        assertThat(decodeWithTlv("00030006" + "fedcba" + "987654").tlvs()).containsExactly(
                OrganizationExtension.of(OrganizationSubType.of(0xFEDCBA, 0x987654), Octets.of()));
    }

    @Test
    void reservedBitsAreIgnoredAndWrittenAsZero() throws MalformedMessageException {
        SignallingMessage message = decodeWithTlv("00040006bf0000000014");
        assertThat(message.tlvs()).containsExactly(RequestUnicastTransmission.of(MessageTypes.ANNOUNCE, 0, 20));
        assertThat(Octets.of(SignallingCodec.encode(message))).hasToString(withTlv("00040006b00000000014"));
    }

    static List<String> realMessages() {
        return Captures.MESSAGES;
    }

    @ParameterizedTest
    @MethodSource("realMessages")
    void realMessagesAreWrittenAsTheyWere(String octets) throws MalformedMessageException {
        assertThat(Octets.of(SignallingCodec.encode(decode(octets)))).hasToString(octets);
    }

    @ParameterizedTest
    @MethodSource("realMessages")
    void realMessagesThatEndTooEarlyAreRefused(String octets) {
        byte[] all = Captures.octets(octets);
        for (int length = 0; length < all.length; length++) {
            byte[] some = Arrays.copyOf(all, length);
            assertThat(refusal(some)).isEqualTo(length < 34 ? Reason.TRUNCATED : Reason.LONGER_THAN_DATAGRAM);
        }
    }

    /** The length of the message lies so that it fits: then the TLVs do not. */
    @ParameterizedTest
    @MethodSource("realMessages")
    void realMessagesThatSayTheyEndTooEarlyAreRefused(String octets) {
        byte[] all = Captures.octets(octets);
        for (int length = 0; length < all.length; length++) {
            all[3] = (byte) length;
            if (length == FIRST_TLV || length == 54) {
                continue;
            }
            assertThat(refusal(all)).isIn(Reason.TRUNCATED, Reason.WRONG_TLV_LENGTH);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNCATED, 000400",
        "ODD_TLV_LENGTH, 00040005b000000000",
        "ODD_TLV_LENGTH, 80080001ff",
        "WRONG_TLV_LENGTH, 00040006b000000000",
        "WRONG_TLV_LENGTH, 0004ffe0b00000000014",
        "WRONG_TLV_LENGTH, 00040008b000000000140000",
        "WRONG_TLV_LENGTH, 00040000",
        "WRONG_TLV_LENGTH, 00050006b00000000014",
        "WRONG_TLV_LENGTH, 00060004b0000000",
        "WRONG_TLV_LENGTH, 00070000",
        "WRONG_TLV_LENGTH, 0003000400005e00",
        "RESERVED, 00000000"
    })
    void wrongTlvIsRefused(Reason reason, String tlv) {
        assertThat(refusal(Captures.octets(withTlv(tlv)))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_PTP_VERSION_2, 1, 1",
        "NOT_PTP_VERSION_2, 1, 3",
        "NOT_SIGNALLING, 0, 13",
        "NOT_SIGNALLING, 0, 0",
        "LONGER_THAN_DATAGRAM, 2, 127",
        "TRUNCATED, 3, 43",
        "TRUNCATED, 3, 0"
    })
    void wrongHeaderIsRefused(Reason reason, int offset, int value) {
        byte[] octets = Captures.octets(Captures.REQUEST_ANNOUNCE);
        octets[offset] = (byte) value;
        assertThat(refusal(octets)).isEqualTo(reason);
    }

    @Test
    void minorVersionAndProfileAreNoReasonToRefuse() throws MalformedMessageException {
        PtpHeader header = decode("3c12" + Captures.REQUEST_ANNOUNCE.substring(4)).header();
        assertThat(header.majorSdoId()).isEqualTo(3);
        assertThat(header.minorVersion()).isEqualTo(1);
    }

    @Test
    void numberOfTlvsIsLimited() throws MalformedMessageException {
        String tlv = "80080000";
        assertThat(decodeWithTlv(tlv.repeat(SignallingCodec.MOST_TLVS)).tlvs()).hasSize(SignallingCodec.MOST_TLVS);
        String tooMany = withTlv(tlv.repeat(SignallingCodec.MOST_TLVS + 1));
        assertThat(refusal(Captures.octets(tooMany))).isEqualTo(Reason.TOO_MANY_TLVS);
    }

    @Test
    void lengthIsLimited() throws MalformedMessageException {
        int room = SignallingCodec.MOST_OCTETS - FIRST_TLV - 4;
        assertThat(decodeWithTlv(padding(room)).tlvs()).hasSize(1);
        assertThat(refusal(Captures.octets(withTlv(padding(room + 2))))).isEqualTo(Reason.TOO_LONG);
    }

    private static String padding(int octets) {
        return String.format("8008%04x", octets) + "00".repeat(octets);
    }

    @Test
    void whatWouldNotBeReadIsNotWritten() throws MalformedMessageException {
        SignallingMessage message = decode(Captures.REQUEST_ANNOUNCE);
        Tlv padding = UnknownTlv.of(0x8008, Octets.of(new byte[SignallingCodec.MOST_OCTETS]));
        assertThatThrownBy(() -> SignallingCodec.encode(message.withTlvs(List.of(padding))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1024");
        Tlv small = UnknownTlv.of(0x8008, Octets.of());
        assertThatThrownBy(() -> SignallingCodec.encode(
                message.withTlvs(Collections.nCopies(SignallingCodec.MOST_TLVS + 1, small))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("16");
    }

    @Test
    void refusalSaysWhatIsWrongAndWhere() {
        MalformedMessageException refusal = catchThrowableOfType(
                () -> decodeWithTlv("00040005b000000000"), MalformedMessageException.class);
        assertThat(refusal).hasMessage("a TLV of 5 octets (octet 44)");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Provide
    Arbitrary<SignallingMessage> messages() {
        return SignallingArbitraries.messages();
    }

    @Property
    void everyMessageComesBackFromTheWire(@ForAll("messages") SignallingMessage message)
            throws MalformedMessageException {
        assertThat(SignallingCodec.decode(SignallingCodec.encode(message))).isEqualTo(message);
    }

    @Property
    void everyMessageThatEndsTooEarlyIsRefused(@ForAll("messages") SignallingMessage message,
                                               @ForAll int seed) {
        byte[] octets = SignallingCodec.encode(message);
        byte[] some = Arrays.copyOf(octets, Math.floorMod(seed, octets.length));
        assertThat(refusal(some)).isIn(Reason.TRUNCATED, Reason.LONGER_THAN_DATAGRAM);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        return SignallingArbitraries.mutated();
    }

    @Property(tries = 5_000)
    void realMessagesWithWrongOctetsAreReadOrRefused(@ForAll("mutated") byte[] octets) {
        assertReadOrRefused(octets);
    }

    @Provide
    Arbitrary<byte[]> anythingAfterHeader() {
        return SignallingArbitraries.anythingAfterHeader();
    }

    @Property(tries = 5_000)
    void anythingAfterHeaderIsReadOrRefused(@ForAll("anythingAfterHeader") byte[] octets) {
        assertReadOrRefused(octets);
    }

    @Property
    void anyOctetsAreReadOrRefused(@ForAll byte[] octets) {
        assertReadOrRefused(octets);
    }

    /** What is read means the same when it is written and read again, and is as long as it was. */
    private static void assertReadOrRefused(byte[] octets) {
        Optional<SignallingMessage> message;
        try {
            message = Optional.of(SignallingCodec.decode(octets));
        } catch (MalformedMessageException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e).message().isNotEmpty();
            return;
        }
        byte[] written = SignallingCodec.encode(message.get());
        assertThat(written).hasSizeLessThanOrEqualTo(octets.length);
        assertThat(written).startsWith(Arrays.copyOf(octets, FIRST_TLV));
        assertThat(decodeUnchecked(written)).isEqualTo(message.get());
    }

    private static SignallingMessage decodeUnchecked(byte[] octets) {
        try {
            return SignallingCodec.decode(octets);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static Reason refusal(byte[] octets) {
        return catchThrowableOfType(() -> SignallingCodec.decode(octets), MalformedMessageException.class).reason();
    }

    private static SignallingMessage decode(String octets) throws MalformedMessageException {
        return SignallingCodec.decode(Captures.octets(octets));
    }

    private static SignallingMessage decodeWithTlv(String tlv) throws MalformedMessageException {
        return decode(withTlv(tlv));
    }

    private static String withTlv(String tlv) {
        String header = Captures.REQUEST_ANNOUNCE.substring(0, 2 * FIRST_TLV);
        return header.substring(0, 4) + String.format("%04x", FIRST_TLV + tlv.length() / 2) + header.substring(8) + tlv;
    }
}
