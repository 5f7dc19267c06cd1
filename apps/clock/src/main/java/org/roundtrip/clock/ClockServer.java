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
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * A clock server that the controller knows, from sessions or policies.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"server", "clockIdentity", "policy", "sessions", "messageRate", "endpoint", "status"})
@JsonSerialize(as = ImmutableClockServer.class)
public interface ClockServer {

    /**
     * Returns the server as sessions or a policy name it.
     *
     * @return a host or a port
     */
    ClockReference server();

    /**
     * Returns the identity of its clock, if it has been heard in negotiation.
     *
     * @return 8 octets in hexadecimal, such as 001122.fffe.334455 is written by ptp4l
     */
    Optional<String> clockIdentity();

    /**
     * Returns the policy by which it may be asked.
     *
     * @return the name of the policy, or empty if there is none
     */
    Optional<String> policy();

    /**
     * Returns its sessions.
     *
     * @return their names, in order
     */
    List<String> sessions();

    /**
     * Returns how many messages it has granted to all clients together.
     *
     * @return messages a second; 0 without negotiation
     */
    long messageRate();

    /**
     * Returns where it is.
     *
     * @return an end of its sessions, or empty while the network does not know it
     */
    Optional<ClockEndpoint> endpoint();

    /**
     * Returns how it fares.
     *
     * @return the status
     */
    Status<ClockServerState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockServer.Builder {
    }
}
