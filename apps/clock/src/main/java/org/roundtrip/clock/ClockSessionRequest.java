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
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * What a user wants of a clock session.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "server", "client", "transport", "delivery"})
@JsonSerialize(as = ImmutableClockSessionRequest.class)
@JsonDeserialize(as = ImmutableClockSessionRequest.class)
public abstract class ClockSessionRequest {

    /**
     * The bandwidth that is reserved unless said otherwise, in bit/s. At 128 messages of each type a second, the most
     * that telecom profiles ask for (ITU-T G.8275.2), the busier direction of a session stays below 0.5 Mbit/s
     * with all headers and the label.
     */
    public static final long DEFAULT_BANDWIDTH = 1_000_000;

    /** How long a name may be: the name of the te-path is a little longer, and that must be a name too. */
    private static final int LONGEST_NAME = 57;

    /**
     * Returns the name, which no other session has.
     *
     * @return the name, at most 57 characters
     */
    public abstract String name();

    /**
     * Returns the clock that gives the time.
     *
     * @return a host
     */
    public abstract HostReference server();

    /**
     * Returns the clock that takes the time.
     *
     * @return another host
     */
    public abstract HostReference client();

    /**
     * Returns what carries the messages.
     *
     * @return UDP over IPv4 unless said otherwise
     */
    @Value.Default
    public PtpTransport transport() {
        return PtpTransport.UDP_IPV4;
    }

    /**
     * Returns to which addresses the clocks send.
     *
     * @return multicast unless said otherwise
     */
    @Value.Default
    public PtpDelivery delivery() {
        return PtpDelivery.MULTICAST;
    }

    /**
     * Returns the bandwidth to reserve in each direction.
     *
     * @return bit/s; 0 reserves none
     */
    @Value.Default
    public long bandwidth() {
        return DEFAULT_BANDWIDTH;
    }

    /**
     * Refuses what can't be a session in any network.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected void check() {
        new Validation()
                .requireName(name(), "name")
                .require(name().length() <= LONGEST_NAME, "name", "must have at most " + LONGEST_NAME + " characters")
                .require(!server().equals(client()), "client", "must be another host than the server")
                .require(bandwidth() >= 0, "bandwidth", "must be 0 or more bit/s")
                .throwIfInvalid();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds requests. */
    public static final class Builder extends ImmutableClockSessionRequest.Builder {
    }
}
