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
package org.roundtrip.tepath.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * A port of a switch.
 */
@Value.Immutable
@ValueType
public interface TePort {

    /**
     * Returns which port it is.
     *
     * @return a port of a switch
     */
    @Value.Parameter
    ConnectPoint at();

    /**
     * Returns whether it has a carrier and may be used.
     *
     * @return true if it is enabled
     */
    @Value.Parameter
    boolean enabled();

    /**
     * Returns its speed.
     *
     * @return bit/s, 0 if unknown
     */
    @Value.Parameter
    long speed();

    /**
     * Returns a port.
     *
     * @param at      which port it is
     * @param enabled whether it has a carrier and may be used
     * @param speed   bit/s, 0 if unknown
     * @return the port
     */
    static TePort of(ConnectPoint at, boolean enabled, long speed) {
        return ImmutableTePort.of(at, enabled, speed);
    }
}
