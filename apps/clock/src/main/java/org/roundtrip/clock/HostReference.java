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
package org.roundtrip.clock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.onlab.packet.IpAddress;
import org.onosproject.net.HostId;
import org.roundtrip.base.InvalidRequestException;

import java.util.Optional;

/**
 * How a user names a host: by its ONOS id, {@code 00:00:00:00:00:01/None}, or by one of its IP addresses.
 * <p>
 * Immutable and thread-safe.
 */
public final class HostReference {

    private final Optional<HostId> hostId;
    private final Optional<IpAddress> ipAddress;

    private HostReference(Optional<HostId> hostId, Optional<IpAddress> ipAddress) {
        this.hostId = hostId;
        this.ipAddress = ipAddress;
    }

    /**
     * Returns a reference by id.
     *
     * @param hostId the id
     * @return the reference
     */
    public static HostReference of(HostId hostId) {
        return new HostReference(Optional.of(hostId), Optional.empty());
    }

    /**
     * Returns a reference by address.
     *
     * @param ipAddress an address of the host
     * @return the reference
     */
    public static HostReference of(IpAddress ipAddress) {
        return new HostReference(Optional.empty(), Optional.of(ipAddress));
    }

    /**
     * Reads a reference.
     *
     * @param text what a user has written
     * @return the reference
     * @throws InvalidRequestException if it is neither
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HostReference valueOf(String text) {
        try {
            return text.indexOf('/') < 0 ? of(IpAddress.valueOf(text)) : of(hostId(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("", "'" + text + "' is not a host: write a host id, such as "
                    + "00:00:00:00:00:01/None, or an IP address, such as 10.0.0.1");
        }
    }

    /** ONOS takes much more than this for an id, such as a VLAN that means any. */
    private static HostId hostId(String text) {
        HostId id = HostId.hostId(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return id;
    }

    /**
     * Returns the id.
     *
     * @return the id, or empty if the host is named by an address
     */
    public Optional<HostId> hostId() {
        return hostId;
    }

    /**
     * Returns the address.
     *
     * @return the address, or empty if the host is named by its id
     */
    public Optional<IpAddress> ipAddress() {
        return ipAddress;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostReference && hostId.equals(((HostReference) other).hostId)
                && ipAddress.equals(((HostReference) other).ipAddress);
    }

    @Override
    public int hashCode() {
        return hostId.hashCode() * 31 + ipAddress.hashCode();
    }

    @Override
    @JsonValue
    public String toString() {
        return hostId.map(HostId::toString).orElseGet(() -> ipAddress.map(IpAddress::toString).orElseThrow());
    }
}
