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
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * What one end of a handshake does about a message.
 */
@Value.Immutable
@ValueType
interface HandshakeStep {

    /** Where a handshake is. */
    enum Outcome {
        /** It goes on. */
        PENDING,
        /** Both have proved who they are. */
        AUTHENTICATED,
        /** It has failed for good. */
        FAILED
    }

    /**
     * Returns where it is now.
     *
     * @return the outcome so far
     */
    @Value.Parameter
    Outcome outcome();

    /**
     * Returns what to send.
     *
     * @return a message, or empty if there is nothing to say
     */
    @Value.Parameter
    Optional<Message> reply();

    /**
     * Returns why it failed.
     *
     * @return words that an operator understands, without secrets; empty if it did not fail
     */
    @Value.Parameter
    String reason();

    static HandshakeStep send(Message message) {
        return ImmutableHandshakeStep.of(Outcome.PENDING, Optional.of(message), "");
    }

    static HandshakeStep authenticated(Optional<Message> reply) {
        return ImmutableHandshakeStep.of(Outcome.AUTHENTICATED, reply, "");
    }

    /** The peer is told why. */
    static HandshakeStep refused(String reason) {
        return ImmutableHandshakeStep.of(Outcome.FAILED, Optional.of(Refused.builder().reason(reason).build()), reason);
    }

    /** There is nothing to say to the peer. */
    static HandshakeStep failed(String reason) {
        return ImmutableHandshakeStep.of(Outcome.FAILED, Optional.empty(), reason);
    }
}
