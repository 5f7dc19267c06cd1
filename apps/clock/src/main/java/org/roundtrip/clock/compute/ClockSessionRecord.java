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
package org.roundtrip.clock.compute;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.UnicastGrant;

import java.util.List;
import java.util.Optional;

/**
 * What is kept of a session, so that it lives on when the controller has died: also where its clocks are, because after
 * a start it takes a while until hosts are known again.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableClockSessionRecord.class)
@JsonDeserialize(as = ImmutableClockSessionRecord.class)
public interface ClockSessionRecord {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    ClockSessionRequest request();

    /**
     * Returns where the server was seen last.
     *
     * @return an end of the session
     */
    ClockEndpoint server();

    /**
     * Returns where the client was seen last.
     *
     * @return the other end
     */
    ClockEndpoint client();

    /**
     * Returns who asked for the session.
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
     * Returns what the server has granted the client.
     *
     * @return the grants in force; none if the session is configured
     */
    List<UnicastGrant> grants();

    /**
     * Returns which copy of the server's multicast is for this session, see {@link MulticastCopies}: the tunnel id (the
     * OpenFlow field TUNNEL_ID) that the copy carries inside the switch.
     *
     * @return 1 or more, no other session has the same at that port; empty if the switch can't copy and the session has
     *         the multicast alone, or if it takes none
     */
    Optional<Long> serverTunnelId();

    /**
     * Returns which copy of the client's multicast is for this session, as {@link #serverTunnelId} does.
     *
     * @return 1 or more, or empty
     */
    Optional<Long> clientTunnelId();

    /**
     * Returns whether the session is being taken away. Once it is true it stays so.
     *
     * @return true if it is only kept until its te-path is gone
     */
    @Value.Default
    default boolean removing() {
        return false;
    }

    /**
     * Returns why the session is being taken away.
     *
     * @return the reason in words, or empty if none was given
     */
    Optional<String> removalReason();

    /**
     * Returns a record of a session that is to be.
     *
     * @param request what is asked for
     * @param server  where the server is
     * @param client  where the client is
     * @return the record
     */
    static ClockSessionRecord of(ClockSessionRequest request, ClockEndpoint server, ClockEndpoint client) {
        return ImmutableClockSessionRecord.builder().request(request).server(server).client(client).build();
    }

    /**
     * Returns this record with its clocks in other places.
     *
     * @param server where the server is
     * @param client where the client is
     * @return the record
     */
    default ClockSessionRecord at(ClockEndpoint server, ClockEndpoint client) {
        return ImmutableClockSessionRecord.builder().from(this).server(server).client(client).build();
    }

    /**
     * Returns this record as one of a session that the client itself asks for.
     *
     * @param allowing the name of the policy that allows it
     * @param granted  what the server has granted
     * @return the record
     */
    default ClockSessionRecord negotiated(String allowing, List<UnicastGrant> granted) {
        return ImmutableClockSessionRecord.builder().from(this).origin(SessionOrigin.NEGOTIATED).policy(allowing)
                .grants(granted).build();
    }

    /**
     * Returns this record with other tunnel ids.
     *
     * @param server the one for the server's multicast, or empty
     * @param client the one for the client's multicast, or empty
     * @return the record
     */
    default ClockSessionRecord withTunnelIds(Optional<Long> server, Optional<Long> client) {
        return ImmutableClockSessionRecord.builder().from(this).serverTunnelId(server).clientTunnelId(client).build();
    }

    /**
     * Returns this record as one that is being taken away.
     *
     * @return the record
     */
    default ClockSessionRecord toBeRemoved() {
        return ImmutableClockSessionRecord.builder().from(this).removing(true).build();
    }

    /**
     * Returns this record as one that is being taken away for a reason.
     *
     * @param reason the reason in words
     * @return the record
     */
    default ClockSessionRecord toBeRemoved(String reason) {
        return ImmutableClockSessionRecord.builder().from(this).removing(true).removalReason(reason).build();
    }

    /**
     * Returns this record with another request.
     *
     * @param request what is asked for now
     * @return the record
     */
    default ClockSessionRecord asking(ClockSessionRequest request) {
        return ImmutableClockSessionRecord.builder().from(this).request(request).build();
    }
}
