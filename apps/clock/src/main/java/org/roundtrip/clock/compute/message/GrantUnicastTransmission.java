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

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * A server answers a request for messages (GRANT_UNICAST_TRANSMISSION; IEEE 1588-2019, section 16.1.4.2). A grant for 0
 * seconds is a refusal.
 */
@Value.Immutable
@ValueType
public abstract class GrantUnicastTransmission implements Tlv {

    /** The type of this TLV. */
    public static final int TYPE = 0x0005;

    @Override
    public final int type() {
        return TYPE;
    }

    /**
     * Returns which messages.
     *
     * @return a type of messages, 0 to 15; see {@link MessageTypes}
     */
    @Value.Parameter
    public abstract int messageType();

    /**
     * Returns the mean time between the messages.
     *
     * @return the logarithm to the base 2 of seconds, -128 to 127
     */
    @Value.Parameter
    public abstract int logInterMessagePeriod();

    /**
     * Returns for how long.
     *
     * @return seconds, 0 to 2^32 - 1
     */
    @Value.Parameter
    public abstract long duration();

    /**
     * Returns whether the server is likely to grant the same again.
     *
     * @return true if the client is invited to ask again
     */
    @Value.Parameter
    public abstract boolean renewalInvited();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(messageType(), 4, "messageType");
        Ranges.requireSignedOctet(logInterMessagePeriod(), "logInterMessagePeriod");
        Ranges.requireUnsigned(duration(), Integer.SIZE, "durationField");
    }

    @Override
    public <R> R accept(TlvVisitor<R> visitor) {
        return visitor.grant(this);
    }

    /**
     * Returns a grant.
     *
     * @param messageType           which messages, 0 to 15
     * @param logInterMessagePeriod the logarithm to the base 2 of the seconds between them, -128 to 127
     * @param duration              seconds, 0 to 2^32 - 1
     * @param renewalInvited        whether the client is invited to ask again
     * @return the grant
     */
    public static GrantUnicastTransmission of(int messageType, int logInterMessagePeriod, long duration,
                                              boolean renewalInvited) {
        return ImmutableGrantUnicastTransmission.of(messageType, logInterMessagePeriod, duration, renewalInvited);
    }

    /**
     * Returns the refusal of a request.
     *
     * @param request what was asked for
     * @return a grant of the same for 0 seconds
     */
    public static GrantUnicastTransmission refusalOf(RequestUnicastTransmission request) {
        return of(request.messageType(), request.logInterMessagePeriod(), 0, false);
    }
}
