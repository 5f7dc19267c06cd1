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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.InvalidRequestException;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells a member of a virtual server from the others: the address of its virtual network interface, and the port
 * where it listens. Written as in a URI, such as {@code 192.0.2.7:8080} or {@code [2001:db8::7]:8080} (RFC 3986,
 * section 3.2). A member that listens at the ports of the virtual server itself has the port 0, and is written as its
 * address alone, such as {@code 192.0.2.7} or {@code 2001:db8::7}.
 */
public final class MemberId implements Comparable<MemberId> {

    private static final Comparator<MemberId> ORDER =
            Comparator.comparing(MemberId::address).thenComparing(MemberId::port);
    private static final int GREATEST_PORT = 65_535;
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\]]*:[^\\]]*)]|([^:]*)):([1-9][0-9]{0,4})");

    private final IpAddress address;
    private final int port;

    private MemberId(IpAddress address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * Returns an id.
     *
     * @param address the address of the virtual network interface
     * @param port    1 to 65535, or 0 for the ports of the virtual server
     * @return the id
     * @throws InvalidRequestException if the port is out of range
     */
    public static MemberId of(IpAddress address, int port) {
        if (port < 0 || port > GREATEST_PORT) {
            throw new InvalidRequestException("port", "must be 1 to " + GREATEST_PORT + ", or 0 for the ports of the"
                    + " virtual server");
        }
        return new MemberId(Objects.requireNonNull(address), port);
    }

    /**
     * Reads an id.
     *
     * @param text what {@link #toString} writes
     * @return the id
     * @throws InvalidRequestException if it is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MemberId valueOf(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        try {
            if (!withPort.matches()) {
                return of(IpAddress.valueOf(text), 0);
            }
            MemberId id = of(IpAddress.valueOf(withPort.group(1) == null ? withPort.group(2) : withPort.group(1)),
                             Integer.parseInt(withPort.group(3)));
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw refusal(text);
        }
        throw refusal(text);
    }

    private static InvalidRequestException refusal(String text) {
        return new InvalidRequestException("", "'" + text + "' is not a member: write its address, such as 192.0.2.7 or"
                + " 2001:db8::7, and its port if it has one of its own, such as 192.0.2.7:8080 or [2001:db8::7]:8080");
    }

    /**
     * Returns the address of the virtual network interface.
     *
     * @return an IPv4 or IPv6 address
     */
    public IpAddress address() {
        return address;
    }

    /**
     * Returns the port where the member listens.
     *
     * @return 1 to 65535, or 0 for the ports of the virtual server
     */
    public int port() {
        return port;
    }

    @Override
    public int compareTo(MemberId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberId && address.equals(((MemberId) other).address)
                && port == ((MemberId) other).port;
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + port;
    }

    @Override
    @JsonValue
    public String toString() {
        if (port == 0) {
            return address.toString();
        }
        return (address.isIp6() ? "[" + address + "]" : address.toString()) + ":" + port;
    }
}
