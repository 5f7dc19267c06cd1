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
 * The other one knows that what was granted has ended
 * (ACKNOWLEDGE_CANCEL_UNICAST_TRANSMISSION; IEEE 1588-2019, section 16.1.4.4).
 */
@Value.Immutable
@ValueType
public abstract class AcknowledgeCancelUnicastTransmission implements Tlv {

    /** The type of this TLV. */
    public static final int TYPE = 0x0007;

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
     * Returns whether what the sender has asked the receiver for goes on: only what it grants to the receiver ends.
     *
     * @return false if it ends; so it is in all messages of IEEE 1588-2008
     */
    @Value.Parameter
    public abstract boolean maintainRequest();

    /**
     * Returns whether what the sender has granted to the receiver goes on: only what it has asked for ends.
     *
     * @return false if it ends; so it is in all messages of IEEE 1588-2008
     */
    @Value.Parameter
    public abstract boolean maintainGrant();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(messageType(), 4, "messageType");
    }

    @Override
    public <R> R accept(TlvVisitor<R> visitor) {
        return visitor.acknowledgeCancel(this);
    }

    /**
     * Returns one that lets nothing of this type go on, in either direction.
     *
     * @param messageType which messages, 0 to 15
     * @return the TLV
     */
    public static AcknowledgeCancelUnicastTransmission of(int messageType) {
        return of(messageType, false, false);
    }

    /**
     * Returns one.
     *
     * @param messageType     which messages, 0 to 15
     * @param maintainRequest whether what the sender has asked for goes on
     * @param maintainGrant   whether what the sender has granted goes on
     * @return the TLV
     */
    public static AcknowledgeCancelUnicastTransmission of(int messageType, boolean maintainRequest,
                                                          boolean maintainGrant) {
        return ImmutableAcknowledgeCancelUnicastTransmission.of(messageType, maintainRequest, maintainGrant);
    }
}
