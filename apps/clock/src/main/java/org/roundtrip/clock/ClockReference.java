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
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;
import org.roundtrip.base.InvalidRequestException;

import java.util.Objects;
import java.util.Optional;

/**
 * How a user names a clock: by the id of its host, by an address of it, or by the port where it is attached. A port
 * means whatever clock is attached there, whether or not the network has seen it.
 */
public final class ClockReference {

    private final Optional<HostId> hostId;
    private final Optional<IpAddress> ipAddress;
    private final Optional<ConnectPoint> connectPoint;

    private ClockReference(Optional<HostId> hostId, Optional<IpAddress> ipAddress,
                           Optional<ConnectPoint> connectPoint) {
        this.hostId = hostId;
        this.ipAddress = ipAddress;
        this.connectPoint = connectPoint;
    }

    /**
     * Returns a reference by host.
     *
     * @param hostId the id of the host
     * @return the reference
     */
    public static ClockReference of(HostId hostId) {
        return new ClockReference(Optional.of(hostId), Optional.empty(), Optional.empty());
    }

    /**
     * Returns a reference by address.
     *
     * @param ipAddress an address of the host
     * @return the reference
     */
    public static ClockReference of(IpAddress ipAddress) {
        return new ClockReference(Optional.empty(), Optional.of(ipAddress), Optional.empty());
    }

    /**
     * Returns a reference by port.
     *
     * @param connectPoint an edge port
     * @return the reference
     */
    public static ClockReference of(ConnectPoint connectPoint) {
        return new ClockReference(Optional.empty(), Optional.empty(), Optional.of(connectPoint));
    }

    /**
     * Reads a reference.
     *
     * @param text what a user has written
     * @return the reference
     * @throws InvalidRequestException if it is none of the three
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ClockReference valueOf(String text) {
        try {
            if (text.indexOf('/') < 0) {
                return of(IpAddress.valueOf(text));
            }
            return text.startsWith("of:") ? of(port(text)) : of(hostId(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("", "'" + text + "' is not a clock: write a host id, such as "
                    + "00:00:00:00:00:01/None, an IP address, such as 10.0.0.1, or a port, such as "
                    + "of:0000000000000001/3");
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

    private static ConnectPoint port(String text) {
        ConnectPoint port = ConnectPoint.deviceConnectPoint(text);
        if (!port.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    /**
     * Returns the id of the host.
     *
     * @return the id, or empty if the clock is named in another way
     */
    public Optional<HostId> hostId() {
        return hostId;
    }

    /**
     * Returns the address.
     *
     * @return the address, or empty if the clock is named in another way
     */
    public Optional<IpAddress> ipAddress() {
        return ipAddress;
    }

    /**
     * Returns the port.
     *
     * @return the port, or empty if the clock is named in another way
     */
    public Optional<ConnectPoint> connectPoint() {
        return connectPoint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClockReference && hostId.equals(((ClockReference) other).hostId)
                && ipAddress.equals(((ClockReference) other).ipAddress)
                && connectPoint.equals(((ClockReference) other).connectPoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hostId, ipAddress, connectPoint);
    }

    @Override
    @JsonValue
    public String toString() {
        return hostId.map(HostId::toString)
                .or(() -> ipAddress.map(IpAddress::toString))
                .or(() -> connectPoint.map(ConnectPoint::toString)).orElseThrow();
    }
}
