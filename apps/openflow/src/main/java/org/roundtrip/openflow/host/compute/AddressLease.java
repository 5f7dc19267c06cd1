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
package org.roundtrip.openflow.host.compute;

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onosproject.net.HostId;

/**
 * An address that a DHCP server assigned to a station (RFC 2131, DHCPACK).
 */
@Value.Immutable(builder = false)
public interface AddressLease {

    /**
     * Returns the station.
     *
     * @return host identifier
     */
    @Value.Parameter
    HostId host();

    /**
     * Returns the address.
     *
     * @return address that a host can have
     */
    @Value.Parameter
    IpAddress address();

    /**
     * Makes a lease.
     *
     * @param host    station
     * @param address address
     * @return lease
     */
    static AddressLease of(HostId host, IpAddress address) {
        return ImmutableAddressLease.of(host, address);
    }
}
