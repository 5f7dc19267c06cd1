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
package org.roundtrip.detection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.ValueType;

/**
 * A member of a service.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"id", "address", "port"})
@JsonSerialize(as = ImmutableCheckedMember.class)
@JsonDeserialize(as = ImmutableCheckedMember.class)
public interface CheckedMember {

    /**
     * Returns the member, in the words of the service.
     *
     * @return its id, of which the service has no other
     */
    String id();

    /**
     * Returns the address by which the network knows where it is attached.
     *
     * @return the address of its virtual network interface
     */
    IpAddress address();

    /**
     * Returns where it listens.
     *
     * @return 1 to 65535
     */
    int port();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableCheckedMember.Builder {
    }
}
