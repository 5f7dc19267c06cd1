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

import com.google.common.primitives.UnsignedLong;

/**
 * The identity of a clock (IEEE 1588-2019, section 7.5.2.2). Immutable.
 */
public final class ClockIdentity {

    /** The identity that stands for all clocks. */
    public static final ClockIdentity ALL = new ClockIdentity(-1);

    /** The identity of no clock. */
    public static final ClockIdentity NONE = new ClockIdentity(0);

    private final long octets;

    private ClockIdentity(long octets) {
        this.octets = octets;
    }

    /**
     * Returns an identity.
     *
     * @param octets its 8 octets, the first one in the most significant place
     * @return the identity
     */
    public static ClockIdentity of(long octets) {
        return new ClockIdentity(octets);
    }

    /**
     * Reads an identity.
     *
     * @param text as {@code ptp4l} writes it: 001122.fffe.334455
     * @return the identity
     * @throws IllegalArgumentException if the text is something else
     */
    public static ClockIdentity valueOf(String text) {
        if (!text.matches("[0-9a-fA-F]{6}\\.[0-9a-fA-F]{4}\\.[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("'" + text + "' is not a clock identity such as 001122.fffe.334455");
        }
        return of(UnsignedLong.valueOf(text.replace(".", ""), 16).longValue());
    }

    /**
     * Returns the octets.
     *
     * @return 8 octets, the first one in the most significant place
     */
    public long toLong() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClockIdentity && octets == ((ClockIdentity) other).octets;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(octets);
    }

    /**
     * Returns the identity as {@code ptp4l} writes it.
     *
     * @return such as 001122.fffe.334455
     */
    @Override
    public String toString() {
        return String.format("%06x.%04x.%06x", octets >>> 40, octets >>> 24 & 0xFFFF, octets & 0xFF_FFFF);
    }
}
