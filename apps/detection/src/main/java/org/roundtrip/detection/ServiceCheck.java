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

import java.util.List;

/**
 * Whom to probe for a service.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"service", "profile", "address", "members"})
@JsonSerialize(as = ImmutableServiceCheck.class)
@JsonDeserialize(as = ImmutableServiceCheck.class)
public interface ServiceCheck {

    /**
     * Returns the service.
     *
     * @return its identifier, such as balancer/web
     */
    String service();

    /**
     * Returns how its members are probed.
     *
     * @return the name of a profile, which may be added later
     */
    String profile();

    /**
     * Returns the address to which its clients send, and so probes go.
     *
     * @return an IPv4 or IPv6 address
     */
    IpAddress address();

    /**
     * Returns its members.
     *
     * @return any number, of the IP version of the address
     */
    List<CheckedMember> members();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableServiceCheck.Builder {
    }
}
