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

import org.roundtrip.clock.compute.message.MalformedMessageException.Reason;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Signalling messages to and from octets (IEEE 1588-2019, sections 13.3, 13.12 and 14.1). Thread-safe; takes time that
 * is linear in the length of the message.
 * <p>
 * {@code decode(encode(m))} is {@code m} for every message; {@code encode(decode(x))} is {@code x} for all octets that
 * have 0 where TLVs of negotiation have reserved bits, and nothing after the message.
 */
public final class SignallingCodec {

    /** The most TLVs of a message: all that there is to negotiate are three types of messages. */
    public static final int MOST_TLVS = 16;

    /** The most octets of a message. What is added to it on its way still fits into every link's MTU. */
    public static final int MOST_OCTETS = 1_024;

    private static final int HEADER_LENGTH = 34;
    private static final int IDENTITY_LENGTH = 10;
    private static final int TLV_HEADER_LENGTH = 4;
    private static final int LENGTH_OFFSET = 2;
    private static final int RENEWAL_INVITED = 0x01;
    private static final int MAINTAIN_REQUEST = 0x01;
    private static final int MAINTAIN_GRANT = 0x02;
    private static final int REQUEST_LENGTH = 6;
    private static final int GRANT_LENGTH = 8;
    private static final int CANCEL_LENGTH = 2;
    private static final int ORGANIZATION_LENGTH = 6;

    private SignallingCodec() {
    }

    /**
     * Reads a message.
     *
     * @param datagram what UDP carried; octets after the message are ignored: over IPv6 clocks add two (annex D)
     * @return the message
     * @throws MalformedMessageException if it is no signalling message; nothing else is ever thrown
     */
    public static SignallingMessage decode(byte[] datagram) throws MalformedMessageException {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        requireLeft(in, HEADER_LENGTH, "the header of a PTP message");
        int first = Byte.toUnsignedInt(in.get());
        int versions = Byte.toUnsignedInt(in.get());
        if ((versions & 0xF) != PtpHeader.VERSION) {
            throw new MalformedMessageException(Reason.NOT_PTP_VERSION_2, 1, "major version " + (versions & 0xF));
        }
        if ((first & 0xF) != MessageTypes.SIGNALLING) {
            throw new MalformedMessageException(Reason.NOT_SIGNALLING, 0, "message type " + (first & 0xF));
        }
        limit(in, Short.toUnsignedInt(in.getShort()));
        PtpHeader header = PtpHeader.builder()
                .majorSdoId(first >> 4)
                .minorVersion(versions >> 4)
                .domain(Byte.toUnsignedInt(in.get()))
                .minorSdoId(Byte.toUnsignedInt(in.get()))
                .flags(Short.toUnsignedInt(in.getShort()))
                .correction(in.getLong())
                .messageTypeSpecific(in.getInt())
                .source(identity(in))
                .sequenceId(Short.toUnsignedInt(in.getShort()))
                .control(Byte.toUnsignedInt(in.get()))
                .logMessageInterval(in.get())
                .build();
        return SignallingMessage.of(header, identity(in), tlvs(in));
    }

    /** Ends the octets where the message says that it ends. */
    private static void limit(ByteBuffer in, int length) throws MalformedMessageException {
        if (length > in.limit()) {
            throw new MalformedMessageException(Reason.LONGER_THAN_DATAGRAM, LENGTH_OFFSET,
                                                "the message has " + length + " octets, of which " + in.limit()
                                                        + " came");
        }
        if (length > MOST_OCTETS) {
            throw new MalformedMessageException(Reason.TOO_LONG, LENGTH_OFFSET,
                                                length + " octets are more than " + MOST_OCTETS);
        }
        if (length < HEADER_LENGTH + IDENTITY_LENGTH) {
            throw new MalformedMessageException(Reason.TRUNCATED, LENGTH_OFFSET,
                                                "a signalling message has more than " + length + " octets");
        }
        in.limit(length);
    }

    private static PortIdentity identity(ByteBuffer in) {
        return PortIdentity.of(ClockIdentity.of(in.getLong()), Short.toUnsignedInt(in.getShort()));
    }

    private static List<Tlv> tlvs(ByteBuffer in) throws MalformedMessageException {
        List<Tlv> tlvs = new ArrayList<>();
        while (in.hasRemaining()) {
            if (tlvs.size() == MOST_TLVS) {
                throw new MalformedMessageException(Reason.TOO_MANY_TLVS, in.position(),
                                                    "more than " + MOST_TLVS + " TLVs");
            }
            tlvs.add(tlv(in));
        }
        return tlvs;
    }

    private static Tlv tlv(ByteBuffer in) throws MalformedMessageException {
        int start = in.position();
        requireLeft(in, TLV_HEADER_LENGTH, "type and length of a TLV");
        int type = Short.toUnsignedInt(in.getShort());
        int length = Short.toUnsignedInt(in.getShort());
        if (length % 2 != 0) {
            throw new MalformedMessageException(Reason.ODD_TLV_LENGTH, start, "a TLV of " + length + " octets");
        }
        if (length > in.remaining()) {
            throw new MalformedMessageException(Reason.WRONG_TLV_LENGTH, start, "a TLV of " + length
                    + " octets where " + in.remaining() + " are left");
        }
        return tlv(type, in, length, start);
    }

    private static Tlv tlv(int type, ByteBuffer in, int length, int start) throws MalformedMessageException {
        switch (type) {
            case 0:
                throw new MalformedMessageException(Reason.RESERVED, start, "TLV type 0");
            case OrganizationExtension.TYPE:
                if (length < ORGANIZATION_LENGTH) {
                    throw wrongLength(type, length, start);
                }
                return OrganizationExtension.of(OrganizationSubType.of(threeOctets(in), threeOctets(in)),
                                                octets(in, length - ORGANIZATION_LENGTH));
            case RequestUnicastTransmission.TYPE:
                requireLength(type, length, REQUEST_LENGTH, start);
                return RequestUnicastTransmission.of(messageType(in.get()), in.get(),
                                                     Integer.toUnsignedLong(in.getInt()));
            case GrantUnicastTransmission.TYPE:
                requireLength(type, length, GRANT_LENGTH, start);
                return GrantUnicastTransmission.of(messageType(in.get()), in.get(),
                                                   Integer.toUnsignedLong(in.getInt()),
                                                   (in.getShort() & RENEWAL_INVITED) != 0);
            case CancelUnicastTransmission.TYPE:
                requireLength(type, length, CANCEL_LENGTH, start);
                int cancel = in.getShort() >> Byte.SIZE;
                return CancelUnicastTransmission.of(messageType(cancel), (cancel & MAINTAIN_REQUEST) != 0,
                                                    (cancel & MAINTAIN_GRANT) != 0);
            case AcknowledgeCancelUnicastTransmission.TYPE:
                requireLength(type, length, CANCEL_LENGTH, start);
                int acknowledged = in.getShort() >> Byte.SIZE;
                return AcknowledgeCancelUnicastTransmission.of(messageType(acknowledged),
                                                               (acknowledged & MAINTAIN_REQUEST) != 0,
                                                               (acknowledged & MAINTAIN_GRANT) != 0);
            default:
                return UnknownTlv.of(type, octets(in, length));
        }
    }

    private static void requireLength(int type, int length, int right, int start) throws MalformedMessageException {
        if (length != right) {
            throw wrongLength(type, length, start);
        }
    }

    private static MalformedMessageException wrongLength(int type, int length, int start) {
        return new MalformedMessageException(Reason.WRONG_TLV_LENGTH, start,
                                             "a TLV of type " + type + " with " + length + " octets");
    }

    private static void requireLeft(ByteBuffer in, int octets, String what) throws MalformedMessageException {
        if (in.remaining() < octets) {
            throw new MalformedMessageException(Reason.TRUNCATED, in.position(), what + " has " + octets
                    + " octets, of which " + in.remaining() + " are left");
        }
    }

    private static int messageType(int octet) {
        return octet >> 4 & 0xF;
    }

    private static int threeOctets(ByteBuffer in) {
        return Byte.toUnsignedInt(in.get()) << Short.SIZE | Short.toUnsignedInt(in.getShort());
    }

    private static Octets octets(ByteBuffer in, int length) {
        byte[] octets = new byte[length];
        in.get(octets);
        return Octets.of(octets);
    }

    /**
     * Returns whether a message can be written.
     *
     * @param message a message
     * @return false if it would be longer than {@link #MOST_OCTETS} or have more TLVs than {@link #MOST_TLVS}
     */
    public static boolean canEncode(SignallingMessage message) {
        return message.tlvs().size() <= MOST_TLVS && length(values(message)) <= MOST_OCTETS;
    }

    private static List<byte[]> values(SignallingMessage message) {
        return message.tlvs().stream().map(tlv -> tlv.accept(TlvValue.WRITER)).collect(Collectors.toList());
    }

    private static int length(List<byte[]> values) {
        return HEADER_LENGTH + IDENTITY_LENGTH + values.stream().mapToInt(
                value -> TLV_HEADER_LENGTH + value.length).sum();
    }

    /**
     * Writes a message.
     *
     * @param message a message
     * @return its octets; over IPv6, two more have to follow (IEEE 1588-2019, annex D)
     * @throws IllegalArgumentException if it would be longer than {@link #MOST_OCTETS} or have more TLVs than
     *                                  {@link #MOST_TLVS}
     */
    public static byte[] encode(SignallingMessage message) {
        if (message.tlvs().size() > MOST_TLVS) {
            throw new IllegalArgumentException(message.tlvs().size() + " TLVs are more than " + MOST_TLVS);
        }
        List<byte[]> values = values(message);
        int length = length(values);
        if (length > MOST_OCTETS) {
            throw new IllegalArgumentException(length + " octets are more than " + MOST_OCTETS);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        write(message.header(), length, out);
        write(message.target(), out);
        for (int i = 0; i < values.size(); i++) {
            out.putShort((short) message.tlvs().get(i).type()).putShort((short) values.get(i).length)
                    .put(values.get(i));
        }
        return out.array();
    }

    private static void write(PtpHeader header, int length, ByteBuffer out) {
        out.put((byte) (header.majorSdoId() << 4 | MessageTypes.SIGNALLING))
                .put((byte) (header.minorVersion() << 4 | PtpHeader.VERSION))
                .putShort((short) length)
                .put((byte) header.domain())
                .put((byte) header.minorSdoId())
                .putShort((short) header.flags())
                .putLong(header.correction())
                .putInt(header.messageTypeSpecific());
        write(header.source(), out);
        out.putShort((short) header.sequenceId())
                .put((byte) header.control())
                .put((byte) header.logMessageInterval());
    }

    private static void write(PortIdentity identity, ByteBuffer out) {
        out.putLong(identity.clock().toLong()).putShort((short) identity.port());
    }

    /** The octets of a TLV after its type and length. */
    private enum TlvValue implements TlvVisitor<byte[]> {
        WRITER;

        @Override
        public byte[] request(RequestUnicastTransmission tlv) {
            return ByteBuffer.allocate(REQUEST_LENGTH)
                    .put((byte) (tlv.messageType() << 4))
                    .put((byte) tlv.logInterMessagePeriod())
                    .putInt((int) tlv.duration())
                    .array();
        }

        @Override
        public byte[] grant(GrantUnicastTransmission tlv) {
            return ByteBuffer.allocate(GRANT_LENGTH)
                    .put((byte) (tlv.messageType() << 4))
                    .put((byte) tlv.logInterMessagePeriod())
                    .putInt((int) tlv.duration())
                    .putShort((short) (tlv.renewalInvited() ? RENEWAL_INVITED : 0))
                    .array();
        }

        @Override
        public byte[] cancel(CancelUnicastTransmission tlv) {
            return cancel(tlv.messageType(), tlv.maintainRequest(), tlv.maintainGrant());
        }

        @Override
        public byte[] acknowledgeCancel(AcknowledgeCancelUnicastTransmission tlv) {
            return cancel(tlv.messageType(), tlv.maintainRequest(), tlv.maintainGrant());
        }

        private static byte[] cancel(int messageType, boolean maintainRequest, boolean maintainGrant) {
            return new byte[]{(byte) (messageType << 4 | (maintainRequest ? MAINTAIN_REQUEST : 0)
                    | (maintainGrant ? MAINTAIN_GRANT : 0)), 0};
        }

        @Override
        public byte[] organizationExtension(OrganizationExtension tlv) {
            byte[] data = tlv.data().toByteArray();
            return ByteBuffer.allocate(ORGANIZATION_LENGTH + data.length)
                    .put((byte) (tlv.subType().organizationId() >> Short.SIZE))
                    .putShort((short) tlv.subType().organizationId())
                    .put((byte) (tlv.subType().number() >> Short.SIZE))
                    .putShort((short) tlv.subType().number())
                    .put(data)
                    .array();
        }

        @Override
        public byte[] unknown(UnknownTlv tlv) {
            return tlv.value().toByteArray();
        }
    }
}
