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
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.TePathState;

import java.util.List;
import java.util.Optional;

/**
 * A session as it is now: what was asked for, where its clocks are, and how it fares.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"request", "origin", "policy", "serverEndpoint", "clientEndpoint", "serverTunnelInterface",
    "clientTunnelInterface", "tePath", "tePathState", "asymmetry", "grants", "measured", "alarms", "status"})
@JsonSerialize(as = ImmutableClockSession.class)
public interface ClockSession {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    @JsonUnwrapped
    ClockSessionRequest request();

    /**
     * Returns who asked for it.
     *
     * @return configured unless said otherwise
     */
    @Value.Default
    default SessionOrigin origin() {
        return SessionOrigin.CONFIGURED;
    }

    /**
     * Returns which policy allows it.
     *
     * @return the name of a policy, or empty if it is configured
     */
    Optional<String> policy();

    /**
     * Returns where the server was found.
     *
     * @return an end of the session
     */
    ClockEndpoint serverEndpoint();

    /**
     * Returns where the client was found.
     *
     * @return the other end
     */
    ClockEndpoint clientEndpoint();

    /**
     * Returns the end of the tunnel at the server.
     *
     * @return the interface, or empty if the switch there never had the capability
     */
    Optional<TunnelInterface> serverTunnelInterface();

    /**
     * Returns the end of the tunnel at the client.
     *
     * @return the interface, or empty if the switch there never had the capability
     */
    Optional<TunnelInterface> clientTunnelInterface();

    /**
     * Returns the te-path that carries the session. Its forward direction runs from the server to the client.
     *
     * @return the name of the te-path, which need not exist at this moment
     */
    String tePath();

    /**
     * Returns what the te-path is doing.
     *
     * @return its state, or empty while there is no te-path
     */
    Optional<TePathState> tePathState();

    /**
     * Returns by how much the client is wrong in spite of all.
     *
     * @return the prediction, or empty while there is no way
     */
    Optional<ResidualAsymmetry> asymmetry();

    /**
     * Returns what the server has granted the client.
     *
     * @return the grants in force, ordered by domain and message type; none if the session is configured
     */
    List<UnicastGrant> grants();

    /**
     * Returns what the client measures.
     *
     * @return the figures, or empty if it has not reported
     */
    Optional<MeasuredQuality> measured();

    /**
     * Returns what is wrong.
     *
     * @return the alarms, ordered by type; none if all is well
     */
    List<ClockAlarm> alarms();

    /**
     * Returns how the session fares.
     *
     * @return the status
     */
    Status<ClockSessionState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockSession.Builder {
    }
}
