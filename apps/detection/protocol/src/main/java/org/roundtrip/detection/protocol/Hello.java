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

import java.util.List;

/**
 * The first message of a connection: an agent says who it is. It proves it later.
 */
@Value.Immutable
@ValueType
@JsonTypeName("hello")
@JsonPropertyOrder({"versions", "agent", "nonce", "software"})
@JsonSerialize(as = ImmutableHello.class)
@JsonDeserialize(as = ImmutableHello.class)
public interface Hello extends Message {

    /**
     * Returns which versions of the protocol it speaks.
     *
     * @return 1 to 16 versions, none twice
     */
    List<Integer> versions();

    /**
     * Returns its name.
     *
     * @return a name
     */
    String agent();

    /**
     * Returns what it has never sent before, so that no old answer fits.
     *
     * @return hexadecimal digits of 256 random bits
     */
    String nonce();

    /**
     * Returns what it is, for operators.
     *
     * @return its software and version, at most 64 characters
     */
    String software();

    /**
     * Refuses what can't be meant.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(!versions().isEmpty() && versions().size() <= 16, "versions", "must be 1 to 16 versions")
                .require(versions().stream().distinct().count() == versions().size(), "versions", "must differ")
                .requireName(agent(), "agent")
                .require(Proofs.isHex(nonce()), "nonce", Proofs.SYNTAX)
                .require(software().length() <= 64, "software", "must be at most 64 characters")
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
    final class Builder extends ImmutableHello.Builder {
    }
}
