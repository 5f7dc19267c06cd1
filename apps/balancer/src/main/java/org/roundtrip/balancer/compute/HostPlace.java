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
package org.roundtrip.balancer.compute;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * Where a virtual network interface is attached.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableHostPlace.class)
@JsonDeserialize(as = ImmutableHostPlace.class)
public interface HostPlace {

    /**
     * Returns its MAC address.
     *
     * @return the address
     */
    @Value.Parameter
    MacAddress mac();

    /**
     * Returns the port where it is attached.
     *
     * @return a port of a switch
     */
    @Value.Parameter
    ConnectPoint port();

    /**
     * Returns a place.
     *
     * @param mac  the MAC address
     * @param port the port
     * @return the place
     */
    static HostPlace of(MacAddress mac, ConnectPoint port) {
        return ImmutableHostPlace.of(mac, port);
    }
}
