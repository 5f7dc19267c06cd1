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
package org.roundtrip.messaging;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * What a field was and is.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "before", "after"})
@JsonSerialize(as = ImmutableFieldChange.class)
@JsonDeserialize(as = ImmutableFieldChange.class)
public interface FieldChange {

    /**
     * Returns which field it is.
     *
     * @return its name in JSON
     */
    String name();

    /**
     * Returns what it was.
     *
     * @return text, a list in square brackets; empty if it was not there
     */
    Optional<String> before();

    /**
     * Returns what it is.
     *
     * @return text, a list in square brackets; empty if it is not there
     */
    Optional<String> after();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableFieldChange.Builder {
    }
}
