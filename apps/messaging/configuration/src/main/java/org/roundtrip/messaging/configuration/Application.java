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
package org.roundtrip.messaging.configuration;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * An application and where it is processed.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "dataCentre", "tokens"})
@JsonSerialize(as = ImmutableApplication.class)
@JsonDeserialize(as = ImmutableApplication.class)
public interface Application {

    /**
     * Returns its name, by which others address it.
     *
     * @return a name that no other application has
     */
    String name();

    /**
     * Returns where its messages are processed.
     *
     * @return the name of a data centre
     */
    String dataCentre();

    /**
     * Returns by what it proves to a message proxy that it is this application.
     *
     * @return SHA-256 digests, in 64 hexadecimal digits, of tokens; none if it can't connect
     */
    @Value.Default
    default List<String> tokens() {
        return List.of();
    }

    /**
     * Refuses what can't be an application.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation().requireName(name(), "name");
        Syntax.requireDigests(validation, tokens(), "tokens");
        validation.throwIfInvalid();
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
    final class Builder extends ImmutableApplication.Builder {
    }
}
