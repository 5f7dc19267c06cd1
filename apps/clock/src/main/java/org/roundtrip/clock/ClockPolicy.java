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
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Set;
import java.util.SortedSet;

/**
 * Which clients may negotiate sessions with which servers, and what they may ask for.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "servers", "clients", "domains", "maxClients", "maxMessageRate", "maxDuration",
    "priority", "tunnel", "monitoring"})
@JsonSerialize(as = ImmutableClockPolicy.class)
@JsonDeserialize(as = ImmutableClockPolicy.class)
public abstract class ClockPolicy {

    /** The most messages of a type a second that telecom profiles know (ITU-T G.8275.2, table 3). */
    public static final int GREATEST_RATE = 128;

    private static final int SHORTEST_DURATION = 10;

    /**
     * Returns the name, which no other policy has.
     *
     * @return the name
     */
    public abstract String name();

    /**
     * Returns the servers that may be asked.
     *
     * @return their addresses, one or more; no other policy names them
     */
    public abstract Set<IpAddress> servers();

    /**
     * Returns the clients that may ask.
     *
     * @return their addresses, one or more prefixes
     */
    public abstract Set<IpPrefix> clients();

    /**
     * Returns the PTP domains that may be asked for.
     *
     * @return 0 to 239 each; none for any
     */
    @Value.NaturalOrder
    public abstract SortedSet<Integer> domains();

    /**
     * Returns how many clients each server may have at the same time.
     *
     * @return 1 or more; 1000 unless said otherwise
     */
    @Value.Default
    public int maxClients() {
        return 1_000;
    }

    /**
     * Returns how many messages of each type a client may ask for.
     *
     * @return messages a second, 1 to {@link #GREATEST_RATE}, which is taken unless said otherwise
     */
    @Value.Default
    public int maxMessageRate() {
        return GREATEST_RATE;
    }

    /**
     * Returns for how long a client may ask. A longer request is passed on as one for this long.
     *
     * @return seconds, 10 or more; an hour unless said otherwise
     */
    @Value.Default
    public int maxDuration() {
        return 3_600;
    }

    /**
     * Returns the priority of the sessions, as in {@link ClockSessionRequest#priority}.
     *
     * @return 0 to 255; 128 unless said otherwise
     */
    @Value.Default
    public int priority() {
        return 128;
    }

    /**
     * Returns what the tunnels must be like.
     *
     * @return the settings
     */
    @Value.Default
    public TunnelSettings tunnel() {
        return TunnelSettings.DEFAULT;
    }

    /**
     * Returns from where on the sessions are alarming.
     *
     * @return the settings
     */
    @Value.Default
    public MonitoringSettings monitoring() {
        return MonitoringSettings.DEFAULT;
    }

    /**
     * Refuses what can't be a policy in any network.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected void check() {
        new Validation()
                .requireName(name(), "name")
                .require(!servers().isEmpty(), "servers", "must name one address or more")
                .require(!clients().isEmpty(), "clients", "must name one prefix or more, such as 10.0.0.0/8")
                .require(domains().stream().allMatch(
                        domain -> domain >= 0 && domain <= ClockSessionRequest.GREATEST_DOMAIN), "domains",
                         "must be 0 to " + ClockSessionRequest.GREATEST_DOMAIN)
                .require(maxClients() >= 1, "max-clients", "must be 1 or more")
                .require(maxMessageRate() >= 1 && maxMessageRate() <= GREATEST_RATE, "max-message-rate",
                         "must be 1 to " + GREATEST_RATE + " messages a second")
                .require(maxDuration() >= SHORTEST_DURATION, "max-duration",
                         "must be " + SHORTEST_DURATION + " or more seconds")
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
    public static final class Builder extends ImmutableClockPolicy.Builder {
    }
}
