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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * Where a member is attached.
 */
@Value.Immutable
@ValueType
public interface HostPlace {

    /**
     * Returns the address of its network interface.
     *
     * @return a MAC address
     */
    @Value.Parameter
    MacAddress mac();

    /**
     * Returns the port to which it is attached.
     *
     * @return a port of the switch of its service node
     */
    @Value.Parameter
    ConnectPoint port();

    /**
     * Creates a place.
     *
     * @param mac  the address of the member's network interface
     * @param port the port to which it is attached
     * @return the place
     */
    static HostPlace of(MacAddress mac, ConnectPoint port) {
        return ImmutableHostPlace.of(mac, port);
    }
}
