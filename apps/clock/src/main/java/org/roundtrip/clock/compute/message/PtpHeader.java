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
 * What all messages of PTP begin with (IEEE 1588-2019, section 13.3), but for what follows from the message: its type
 * and its length. Fields that have no meaning in signalling messages are kept as they came.
 */
@Value.Immutable
@ValueType
public abstract class PtpHeader {

    /** The only major version that is known: IEEE 1588-2008 and IEEE 1588-2019. */
    public static final int VERSION = 2;

    /** The flag of messages that are sent to one clock (IEEE 1588-2019, table 37). */
    public static final int UNICAST_FLAG = 0x0400;

    /** What {@link #logMessageInterval} is where there is no interval (IEEE 1588-2019, table 42). */
    public static final int NO_INTERVAL = 0x7F;

    private static final int OTHER_CONTROL = 5;

    /**
     * Returns the more significant part of the sdoId, which separates profiles as domains separate clocks.
     *
     * @return 0 to 15; 0 unless said otherwise
     */
    @Value.Default
    public int majorSdoId() {
        return 0;
    }

    /**
     * Returns the minor version.
     *
     * @return 0 to 15; 0, IEEE 1588-2008, unless said otherwise
     */
    @Value.Default
    public int minorVersion() {
        return 0;
    }

    /**
     * Returns the domain.
     *
     * @return 0 to 255
     */
    public abstract int domain();

    /**
     * Returns the less significant part of the sdoId.
     *
     * @return 0 to 255; 0 unless said otherwise
     */
    @Value.Default
    public int minorSdoId() {
        return 0;
    }

    /**
     * Returns the flags.
     *
     * @return 0 to 65535, the first octet in the more significant place; {@link #UNICAST_FLAG} unless said otherwise
     */
    @Value.Default
    public int flags() {
        return UNICAST_FLAG;
    }

    /**
     * Returns the correction field.
     *
     * @return nanoseconds, multiplied by 65536; 0 unless said otherwise
     */
    @Value.Default
    public long correction() {
        return 0;
    }

    /**
     * Returns the octets that only some types of messages use.
     *
     * @return 4 octets; 0 unless said otherwise
     */
    @Value.Default
    public int messageTypeSpecific() {
        return 0;
    }

    /**
     * Returns who has sent the message.
     *
     * @return the port
     */
    public abstract PortIdentity source();

    /**
     * Returns the number of the message among those of its type from its port.
     *
     * @return 0 to 65535
     */
    public abstract int sequenceId();

    /**
     * Returns the type of the message as IEEE 1588-2002 told it. It is to be ignored.
     *
     * @return 0 to 255; 5 unless said otherwise
     */
    @Value.Default
    public int control() {
        return OTHER_CONTROL;
    }

    /**
     * Returns the mean time between messages of this type.
     *
     * @return the logarithm to the base 2 of seconds, -128 to 127; {@link #NO_INTERVAL} unless said otherwise
     */
    @Value.Default
    public int logMessageInterval() {
        return NO_INTERVAL;
    }

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(majorSdoId(), 4, "majorSdoId");
        Ranges.requireUnsigned(minorVersion(), 4, "minorVersionPTP");
        Ranges.requireUnsigned(domain(), Byte.SIZE, "domainNumber");
        Ranges.requireUnsigned(minorSdoId(), Byte.SIZE, "minorSdoId");
        Ranges.requireUnsigned(flags(), Short.SIZE, "flagField");
        Ranges.requireUnsigned(sequenceId(), Short.SIZE, "sequenceId");
        Ranges.requireUnsigned(control(), Byte.SIZE, "controlField");
        Ranges.requireSignedOctet(logMessageInterval(), "logMessageInterval");
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    public static final class Builder extends ImmutablePtpHeader.Builder {
    }
}
