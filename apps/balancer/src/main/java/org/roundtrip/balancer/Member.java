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

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;


/**
 * A member of a virtual server: a backend, by its virtual network interface.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"address", "port", "weight", "state"})
@JsonSerialize(as = ImmutableMember.class)
@JsonDeserialize(as = ImmutableMember.class)
public interface Member {

    /** The greatest weight. */
    int GREATEST_WEIGHT = 100;

    /**
     * Returns the address of its virtual network interface.
     *
     * @return an address of the IP version of the virtual server, in another segment
     */
    IpAddress address();

    /**
     * Returns the port where it listens.
     *
     * @return 1 to 65535, or 0, as it is unless said otherwise, if it listens at the ports of the virtual server
     */
    @Value.Default
    default int port() {
        return 0;
    }

    /**
     * Returns its share of new connections, beside the weights of the others.
     *
     * @return 0, which gets none, to {@link #GREATEST_WEIGHT}, which is taken unless said otherwise
     */
    @Value.Default
    default int weight() {
        return GREATEST_WEIGHT;
    }

    /**
     * Returns what the operator wants of it.
     *
     * @return enabled unless said otherwise
     */
    @Value.Default
    default MemberState state() {
        return MemberState.ENABLED;
    }

    /**
     * Returns what tells it from the other members.
     *
     * @return its address and port
     */
    @JsonIgnore
    default MemberId id() {
        return MemberId.of(address(), port());
    }

    /**
     * Refuses values out of range.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(port() >= 0 && port() <= 65_535, "port", "must be 1 to 65535, or 0 to listen at the ports of"
                        + " the virtual server")
                .require(weight() >= 0 && weight() <= GREATEST_WEIGHT, "weight", "must be 0 to " + GREATEST_WEIGHT)
                .throwIfInvalid();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMember.Builder {
    }
}
