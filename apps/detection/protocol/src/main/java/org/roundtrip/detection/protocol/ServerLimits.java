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

import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.time.Duration;

/**
 * What a server spends on those who connect to it, so that none of them takes what others need.
 */
@Value.Immutable
@ValueType
public interface ServerLimits {

    /**
     * Returns how many connections from one address may be open that have not proved who they are. Agents that have
     * proved it do not count: each has one session.
     *
     * @return their number; 16 unless said otherwise
     */
    @Value.Default
    default int strangersPerAddress() {
        return 16;
    }

    /**
     * Returns how many connections may be open that have not proved who they are.
     *
     * @return their number; 512 unless said otherwise
     */
    @Value.Default
    default int strangers() {
        return 512;
    }

    /**
     * Returns how long a handshake may take, with that of TLS.
     *
     * @return a duration; 5 s unless said otherwise
     */
    @Value.Default
    default Duration handshake() {
        return Duration.ofSeconds(5);
    }

    /**
     * Returns how long somebody waits who is refused, so that secrets and names can't be tried out quickly.
     *
     * @return a duration; 1 s unless said otherwise
     */
    @Value.Default
    default Duration refusal() {
        return Duration.ofSeconds(1);
    }

    /**
     * Returns how much may wait to be sent to one peer.
     *
     * @return bytes; 16 MiB unless said otherwise
     */
    @Value.Default
    default long unsent() {
        return 16L << 20;
    }

    /**
     * Returns how much is read from one peer in a second; who sends more waits.
     *
     * @return bytes; 2 MiB unless said otherwise
     */
    @Value.Default
    default long readPerSecond() {
        return 2L << 20;
    }

    /**
     * Refuses limits that let nobody in.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(strangersPerAddress() >= 1, "strangers-per-address", "must be at least 1")
                .require(strangers() >= 1, "strangers", "must be at least 1")
                .require(!handshake().isNegative() && !handshake().isZero(), "handshake", "must be above 0")
                .require(!refusal().isNegative(), "refusal", "must not be negative")
                .require(unsent() >= 2 * MessageCodec.LONGEST_LINE, "unsent", "must be at least two lines")
                .require(readPerSecond() >= MessageCodec.LONGEST_LINE, "read-per-second", "must be at least a line")
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
    final class Builder extends ImmutableServerLimits.Builder {
    }
}
