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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * The answer to {@link Hello}: a controller chooses the version, proves that it knows the secret of the agent, and asks
 * the agent for the same.
 */
@Value.Immutable
@ValueType
@JsonTypeName("challenge")
@JsonPropertyOrder({"version", "nonce", "proof"})
@JsonSerialize(as = ImmutableChallenge.class)
@JsonDeserialize(as = ImmutableChallenge.class)
public interface Challenge extends Message {

    /**
     * Returns the version of the protocol from here on.
     *
     * @return the highest that both speak
     */
    int version();

    /**
     * Returns what it has never sent before, so that no old answer fits.
     *
     * @return hexadecimal digits of 256 random bits
     */
    String nonce();

    /**
     * Returns that it knows the secret of the agent.
     *
     * @return hexadecimal digits of HMAC-SHA-256
     */
    String proof();

    /**
     * Refuses what can't be meant.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(Proofs.isHex(nonce()), "nonce", Proofs.SYNTAX)
                .require(Proofs.isHex(proof()), "proof", Proofs.SYNTAX)
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
    final class Builder extends ImmutableChallenge.Builder {
    }
}
