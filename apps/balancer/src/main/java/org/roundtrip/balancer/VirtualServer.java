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

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.MacAddress;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * A virtual server as it is now: what was asked for, and how it fares.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"request", "vipMac", "panic", "alarms", "memberStatus", "accessSwitchStatus", "status"})
@JsonSerialize(as = ImmutableVirtualServer.class)
public interface VirtualServer {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    @JsonUnwrapped
    VirtualServerRequest request();

    /**
     * Returns the MAC address that ARP and ND tell for the virtual IP address.
     *
     * @return the address, which follows from the virtual IP address alone
     */
    MacAddress vipMac();

    /**
     * Returns whether members are used that look unusable, because too few look better.
     *
     * @return true while the panic threshold is undercut
     */
    @JsonProperty
    @Value.Default
    default boolean panic() {
        return false;
    }

    /**
     * Returns what is wrong.
     *
     * @return the alarms, ordered by type; none if all is well
     */
    List<ServerAlarm> alarms();

    /**
     * Returns how its members fare.
     *
     * @return all members, ordered by their ids, those that were taken out included while their connections go on
     */
    List<MemberStatus> memberStatus();

    /**
     * Returns how the switches fare that act as load balancers.
     *
     * @return the switches, ordered by their ids
     */
    List<AccessSwitchStatus> accessSwitchStatus();

    /**
     * Returns how it fares as a whole.
     *
     * @return the status
     */
    Status<VirtualServerState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableVirtualServer.Builder {
    }
}
