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

/**
 * Octets that are not the message that they should be. It has no stack trace: whoever floods the controller with such
 * octets must not find that each costs one.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** The octets end before what must be there. */
        TRUNCATED,
        /** The major version is not 2. */
        NOT_PTP_VERSION_2,
        /** It is a message of another type. */
        NOT_SIGNALLING,
        /** The message says that it is longer than the octets that came. */
        LONGER_THAN_DATAGRAM,
        /** It is longer than any message of negotiation has reason to be. */
        TOO_LONG,
        /** It has more TLVs than any message of negotiation has reason to have. */
        TOO_MANY_TLVS,
        /** A TLV says that its length is odd. */
        ODD_TLV_LENGTH,
        /** A TLV says that it goes on where the message has ended, or has another length than its type must have. */
        WRONG_TLV_LENGTH,
        /** A value that the standard reserves. */
        RESERVED
    }

    private final Reason reason;

    /**
     * Creates a refusal.
     *
     * @param reason what is wrong
     * @param offset at which octet, counted from 0
     * @param detail what is there
     */
    public MalformedMessageException(Reason reason, int offset, String detail) {
        super(detail + " (octet " + offset + ")", null, false, false);
        this.reason = reason;
    }

    /**
     * Returns what is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
