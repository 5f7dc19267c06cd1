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
 * A client asks its server for messages of one type (REQUEST_UNICAST_TRANSMISSION; IEEE 1588-2019, section 16.1.4.1).
 */
@Value.Immutable
@ValueType
public abstract class RequestUnicastTransmission implements Tlv {

    /** The type of this TLV. */
    public static final int TYPE = 0x0004;

    @Override
    public final int type() {
        return TYPE;
    }

    /**
     * Returns which messages.
     *
     * @return a type of messages, 0 to 15, whether or not it can be asked for; see {@link MessageTypes}
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

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(messageType(), 4, "messageType");
        Ranges.requireSignedOctet(logInterMessagePeriod(), "logInterMessagePeriod");
        Ranges.requireUnsigned(duration(), Integer.SIZE, "durationField");
    }

    @Override
    public <R> R accept(TlvVisitor<R> visitor) {
        return visitor.request(this);
    }

    /**
     * Returns this request for another time.
     *
     * @param seconds for how long, 0 to 2^32 - 1
     * @return the request
     */
    public RequestUnicastTransmission withDuration(long seconds) {
        return of(messageType(), logInterMessagePeriod(), seconds);
    }

    /**
     * Returns a request.
     *
     * @param messageType           which messages, 0 to 15
     * @param logInterMessagePeriod the logarithm to the base 2 of the seconds between them, -128 to 127
     * @param duration              seconds, 0 to 2^32 - 1
     * @return the request
     */
    public static RequestUnicastTransmission of(int messageType, int logInterMessagePeriod, long duration) {
        return ImmutableRequestUnicastTransmission.of(messageType, logInterMessagePeriod, duration);
    }
}
