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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * One end of a session, as the network knows it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"host", "mac", "ip", "connectPoint"})
@JsonSerialize(as = ImmutableClockEndpoint.class)
@JsonDeserialize(as = ImmutableClockEndpoint.class)
public interface ClockEndpoint {

    /**
     * Returns the host.
     *
     * @return its id; empty if the end is a port and whatever is attached there
     */
    Optional<HostId> host();

    /**
     * Returns the address from which its frames come.
     *
     * @return its MAC address; empty if any may
     */
    Optional<MacAddress> mac();

    /**
     * Returns the address from which its PTP messages come.
     *
     * @return its IP address; empty over Ethernet, or if any may
     */
    Optional<IpAddress> ip();

    /**
     * Returns the edge port where it is attached.
     *
     * @return a port of a switch
     */
    ConnectPoint connectPoint();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockEndpoint.Builder {
    }
}
