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
     * Returns whether the session is being taken away. Once it is true it stays so.
     *
     * @return true if it is only kept until its te-path is gone
     */
    @Value.Default
    default boolean removing() {
        return false;
    }

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
     * Returns this record as one that is being taken away.
     *
     * @return the record
     */
    default ClockSessionRecord toBeRemoved() {
        return ImmutableClockSessionRecord.builder().from(this).removing(true).build();
    }
}
