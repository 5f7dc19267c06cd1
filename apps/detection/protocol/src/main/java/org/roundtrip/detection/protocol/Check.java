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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * One member that an agent probes for one service.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"id", "service", "member", "target", "port", "host", "settings"})
@JsonSerialize(as = ImmutableCheck.class)
@JsonDeserialize(as = ImmutableCheck.class)
public interface Check {

    /**
     * Returns what tells it from all other checks of the agent.
     *
     * @return never used for another member
     */
    String id();

    /**
     * Returns the service, whose detection module probes.
     *
     * @return its identifier
     */
    String service();

    /**
     * Returns the member, in the words of the service.
     *
     * @return its id
     */
    String member();

    /**
     * Returns where probes are sent: an address of this check alone, which the switch of the node rewrites to that of
     * the service at the member.
     *
     * @return an IPv4 or IPv6 address
     */
    String target();

    /**
     * Returns to which port they are sent.
     *
     * @return 1 to 65535; 0 for ICMP
     */
    int port();

    /**
     * Returns the address of the service, which an HTTP request names when its settings name no host.
     *
     * @return an IPv4 or IPv6 address
     */
    String host();

    /**
     * Returns how it is probed.
     *
     * @return the settings
     */
    ProbeSettings settings();

    /**
     * Refuses what can't be checked.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(Names.isId(id()), "id", Names.ID)
                .require(Names.isId(service()), "service", Names.ID)
                .require(Names.isId(member()), "member", Names.ID)
                .require(Names.isAddress(target()), "target", Names.ADDRESS)
                .require(Names.isAddress(host()), "host", Names.ADDRESS)
                .require(settings().type() == ProbeType.ICMP ? port() == 0 : port() >= 1 && port() <= 65_535, "port",
                         "must be 1 to 65535, and 0 for ICMP")
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
    final class Builder extends ImmutableCheck.Builder {
    }
}
