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
@JsonPropertyOrder({"name", "server", "client", "transport", "delivery", "domain", "priority", "strict", "tunnel",
    "monitoring"})
@JsonSerialize(as = ImmutableClockSessionRequest.class)
@JsonDeserialize(as = ImmutableClockSessionRequest.class)
public abstract class ClockSessionRequest {

    /** The greatest number of a PTP domain; greater ones are reserved (IEEE 1588-2019, section 7.1). */
    public static final int GREATEST_DOMAIN = 239;

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
     * @return a host or a port
     */
    public abstract ClockReference server();

    /**
     * Returns the clock that takes the time.
     *
     * @return another host or port
     */
    public abstract ClockReference client();

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
     * Returns the PTP domain of the clocks. A switch can't see it: all domains of a pair share the tunnel.
     *
     * @return 0 to {@link #GREATEST_DOMAIN}; 0 unless said otherwise
     */
    @Value.Default
    public int domain() {
        return 0;
    }

    /**
     * Returns which server serves the client when there are several: the one whose tunnel is up and whose priority is
     * the
     * smallest number. Sessions of one client with the same priority are served together, and the client chooses.
     *
     * @return 0 to 255; 128 unless said otherwise
     */
    @Value.Default
    public int priority() {
        return 128;
    }

    /**
     * Returns whether PTP of the pair may go through the tunnel only: anywhere else it is dropped at the edge.
     *
     * @return true unless said otherwise
     */
    @Value.Default
    public boolean strict() {
        return true;
    }

    /**
     * Returns what the tunnel must be like.
     *
     * @return the settings
     */
    @Value.Default
    public TunnelSettings tunnel() {
        return TunnelSettings.DEFAULT;
    }

    /**
     * Returns from where on the session is alarming.
     *
     * @return the settings
     */
    @Value.Default
    public MonitoringSettings monitoring() {
        return MonitoringSettings.DEFAULT;
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
                .require(!server().equals(client()), "client", "must be another clock than the server")
                .require(domain() >= 0 && domain() <= GREATEST_DOMAIN, "domain", "must be 0 to " + GREATEST_DOMAIN)
                .require(priority() >= 0 && priority() <= 255, "priority", "must be 0 to 255")
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

    /** Builds these values. */
    public static final class Builder extends ImmutableClockSessionRequest.Builder {
    }
}
