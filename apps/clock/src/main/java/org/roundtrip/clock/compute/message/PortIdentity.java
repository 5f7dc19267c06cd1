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
 * The identity of a PTP port (IEEE 1588-2019, section 5.3.5).
 */
@Value.Immutable
@ValueType
public abstract class PortIdentity {

    /** All ports of all clocks: whoever gets the message is meant (IEEE 1588-2019, section 13.12.1). */
    public static final PortIdentity ALL = of(ClockIdentity.ALL, 0xFFFF);

    /** No port of no clock. */
    public static final PortIdentity NONE = of(ClockIdentity.NONE, 0);

    /**
     * Returns the clock.
     *
     * @return its identity
     */
    @Value.Parameter
    public abstract ClockIdentity clock();

    /**
     * Returns the number of the port of that clock.
     *
     * @return 0 to 65535
     */
    @Value.Parameter
    public abstract int port();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(port(), Short.SIZE, "port number");
    }

    /**
     * Returns an identity.
     *
     * @param clock the clock
     * @param port  the number of its port, 0 to 65535
     * @return the identity
     */
    public static PortIdentity of(ClockIdentity clock, int port) {
        return ImmutablePortIdentity.of(clock, port);
    }

    /**
     * Returns the identity as {@code ptp4l} writes it.
     *
     * @return such as 001122.fffe.334455-1
     */
    @Override
    public String toString() {
        return clock() + "-" + port();
    }
}
