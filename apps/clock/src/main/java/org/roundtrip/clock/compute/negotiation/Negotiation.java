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
package org.roundtrip.clock.compute.negotiation;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.clock.compute.message.PathConsistency;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a pair is in its negotiation. All of it is bounded: there are at most {@link #MOST_KEYS} things to negotiate
 * about, and one newest request and one grant for each.
 */
final class Negotiation {

    /** Three types of messages in four domains. */
    static final int MOST_KEYS = 12;

    /** What its session does. */
    enum Phase {
        /** It was asked for and is being set up. */
        OPENING,
        /** It carries messages. */
        UP,
        /** It is there, and carries none at present. */
        HELD,
        /** It is to go. */
        CLOSING
    }

    final ClockPair pair;
    final String policy;
    final Map<GrantKey, HeldRequest> held = new LinkedHashMap<>();
    final Map<GrantKey, AwaitedAnswer> awaited = new LinkedHashMap<>();
    final Map<GrantKey, TrackedGrant> grants = new LinkedHashMap<>();

    Phase phase = Phase.OPENING;
    /** Where the client is: while the session is being opened, where its first request came from. */
    Optional<ConnectPoint> port;
    Optional<PathConsistency> consistency = Optional.empty();
    /** Until when the server may be serving the client although its answer has not been seen. */
    Duration unconfirmedUntil = Duration.ZERO;
    boolean windowOpen;
    /** Since when there is nothing granted or asked for. */
    Optional<Duration> idleSince = Optional.empty();
    Duration closeAsked = Duration.ZERO;
    String lastEnd = "nothing was granted";
    /** When something was last heard of the clocks, or could not have been. */
    Duration clientHeard;
    Duration serverHeard;
    long clientPackets = -1;
    long serverPackets = -1;

    Negotiation(ClockPair pair, String policy, Optional<ConnectPoint> port, Duration now) {
        this.pair = pair;
        this.policy = policy;
        this.port = port;
        this.clientHeard = now;
        this.serverHeard = now;
    }

    /** Returns whether the client may negotiate about something, so that there is not too much. */
    boolean hasRoomFor(GrantKey key) {
        Set<GrantKey> keys = new HashSet<>(grants.keySet());
        keys.addAll(held.keySet());
        keys.addAll(awaited.keySet());
        return keys.contains(key) || keys.size() < MOST_KEYS;
    }

    /** Returns whether there is no reason for the session to be. */
    boolean isIdle(Duration now) {
        return held.isEmpty() && awaited.isEmpty() && grants.isEmpty() && unconfirmedUntil.compareTo(now) <= 0;
    }

    /** A request that waits until the session is up. */
    static final class HeldRequest {
        final ClientSignal signal;
        final RequestUnicastTransmission request;
        final Duration until;

        HeldRequest(ClientSignal signal, RequestUnicastTransmission request, Duration until) {
            this.signal = signal;
            this.request = request;
            this.until = until;
        }
    }

    /** A request that the server has to answer. */
    static final class AwaitedAnswer {
        final PortIdentity client;
        final RequestUnicastTransmission request;
        final Duration since;
        final Duration until;

        AwaitedAnswer(PortIdentity client, RequestUnicastTransmission request, Duration since, Duration until) {
            this.client = client;
            this.request = request;
            this.since = since;
            this.until = until;
        }
    }
}
