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

import java.util.List;

/**
 * What is different about one item of a configuration.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"item", "kind", "fields"})
@JsonSerialize(as = ImmutableConfigurationChange.class)
@JsonDeserialize(as = ImmutableConfigurationChange.class)
public interface ConfigurationChange {

    /** What happened to an item. */
    enum Kind {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is there as before, with other fields. */
        CHANGED
    }

    /**
     * Returns which item it is.
     *
     * @return its path in REST, such as {@code routes/north/south}
     */
    String item();

    /**
     * Returns what happened to it.
     *
     * @return a kind
     */
    Kind kind();

    /**
     * Returns what is different.
     *
     * @return fields that differ, ordered by name; none unless the item was changed
     */
    @Value.Default
    default List<FieldChange> fields() {
        return List.of();
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
    final class Builder extends ImmutableConfigurationChange.Builder {
    }
}
