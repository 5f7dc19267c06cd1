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
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.Optional;

/**
 * A member as it is now. Also one that has been taken out, as long as its connections may go on.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"member", "configured", "slots", "location", "mac", "drainsUntil", "status"})
@JsonSerialize(as = ImmutableMemberStatus.class)
public interface MemberStatus {

    /**
     * Returns the member.
     *
     * @return its id
     */
    MemberId member();

    /**
     * Returns whether it is among the members that were asked for.
     *
     * @return false if it was taken out and its connections go on
     */
    @JsonProperty
    @Value.Default
    default boolean configured() {
        return true;
    }

    /**
     * Returns how many slots it has, of 256: its share of new connections.
     *
     * @return 0 or more
     */
    @Value.Default
    default int slots() {
        return 0;
    }

    /**
     * Returns where it is attached.
     *
     * @return a port of a switch, or empty if the network has not seen it
     */
    Optional<ConnectPoint> location();

    /**
     * Returns the MAC address of its virtual network interface.
     *
     * @return the address, or empty if the network has not seen it
     */
    Optional<MacAddress> mac();

    /**
     * Returns until when connections go on that were placed by slots which it does not have any more.
     *
     * @return the end of the longest drain time, or empty if it never lost a slot or all have ended
     */
    Optional<Instant> drainsUntil();

    /**
     * Returns whether it gets new connections, and if not, why.
     *
     * @return the status
     */
    Status<MemberCondition> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMemberStatus.Builder {
    }
}
