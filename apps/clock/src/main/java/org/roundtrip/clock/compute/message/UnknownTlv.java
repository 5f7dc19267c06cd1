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
 * A TLV that is kept octet by octet because it is none of those that are known here.
 */
@Value.Immutable
@ValueType
public abstract class UnknownTlv implements Tlv {

    @Override
    @Value.Parameter
    public abstract int type();

    /**
     * Returns what it says.
     *
     * @return an even number of octets
     */
    @Value.Parameter
    public abstract Octets value();

    /** Refuses what the wire has no room for, and what would not be unknown. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(type(), Short.SIZE, "tlvType");
        if (value().length() % 2 != 0) {
            throw new IllegalArgumentException("a TLV has an even number of octets, not " + value().length());
        }
        if (type() == 0 || (type() >= OrganizationExtension.TYPE
                && type() <= AcknowledgeCancelUnicastTransmission.TYPE)) {
            throw new IllegalArgumentException("the TLV type " + type() + " is known");
        }
    }

    @Override
    public <R> R accept(TlvVisitor<R> visitor) {
        return visitor.unknown(this);
    }

    /**
     * Returns one.
     *
     * @param type  its type, 0 to 65535, none of those that are known
     * @param value an even number of octets
     * @return the TLV
     */
    public static UnknownTlv of(int type, Octets value) {
        return ImmutableUnknownTlv.of(type, value);
    }
}
