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

import java.util.Optional;

/**
 * A change of one member of a virtual server.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"address", "port", "weight", "state", "operation"})
@JsonSerialize(as = ImmutableMemberChange.class)
@JsonDeserialize(as = ImmutableMemberChange.class)
public interface MemberChange {

    /**
     * Returns the address of its virtual network interface.
     *
     * @return an address
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
     * Returns its new weight.
     *
     * @return 0 to {@link Member#GREATEST_WEIGHT}, or empty to keep it; a member that is added has the greatest
     */
    Optional<Integer> weight();

    /**
     * Returns what the operator wants of it from now on.
     *
     * @return the state, or empty to keep it; a member that is added is enabled
     */
    Optional<MemberState> state();

    /**
     * Returns what is done.
     *
     * @return merge unless said otherwise
     */
    @Value.Default
    default MemberOperation operation() {
        return MemberOperation.MERGE;
    }

    /**
     * Returns which member is changed.
     *
     * @return its id
     */
    @JsonIgnore
    default MemberId member() {
        return MemberId.of(address(), port());
    }

    /**
     * Refuses values out of range, and values for a member that is taken out.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        boolean isRemoval = operation() == MemberOperation.REMOVE;
        new Validation()
                .require(port() >= 0 && port() <= 65_535, "port", "must be 1 to 65535, or 0 for a member that listens"
                        + " at the ports of the virtual server")
                .require(weight().filter(weight -> weight < 0 || weight > Member.GREATEST_WEIGHT).isEmpty(), "weight",
                         "must be 0 to " + Member.GREATEST_WEIGHT)
                .require(!isRemoval || weight().isEmpty(), "weight", "must be left out of a removal")
                .require(!isRemoval || state().isEmpty(), "state", "must be left out of a removal")
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
    final class Builder extends ImmutableMemberChange.Builder {
    }
}
