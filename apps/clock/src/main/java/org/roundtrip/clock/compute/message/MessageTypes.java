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

import org.roundtrip.clock.UnicastMessageType;

import java.util.Optional;

/**
 * The numbers of message types (IEEE 1588-2019, table 36).
 */
public final class MessageTypes {

    /** Sync. */
    public static final int SYNC = 0x0;

    /** Delay_Resp. */
    public static final int DELAY_RESP = 0x9;

    /** Pdelay_Resp, which can be asked for but stays on one link. */
    public static final int PDELAY_RESP = 0x3;

    /** Announce. */
    public static final int ANNOUNCE = 0xB;

    /** Signalling. */
    public static final int SIGNALLING = 0xC;

    private MessageTypes() {
    }

    /**
     * Returns what a client may ask for across a network.
     *
     * @param messageType the number of a type, 0 to 15
     * @return the type, or empty if it is none that a session is for
     */
    public static Optional<UnicastMessageType> unicast(int messageType) {
        switch (messageType) {
            case ANNOUNCE:
                return Optional.of(UnicastMessageType.ANNOUNCE);
            case SYNC:
                return Optional.of(UnicastMessageType.SYNC);
            case DELAY_RESP:
                return Optional.of(UnicastMessageType.DELAY_RESP);
            default:
                return Optional.empty();
        }
    }

    /**
     * Returns the number of a type.
     *
     * @param type what a client asks for
     * @return its number, 0 to 15
     */
    public static int number(UnicastMessageType type) {
        switch (type) {
            case ANNOUNCE:
                return ANNOUNCE;
            case SYNC:
                return SYNC;
            case DELAY_RESP:
                return DELAY_RESP;
            default:
                throw new IllegalArgumentException(type.toString());
        }
    }
}
