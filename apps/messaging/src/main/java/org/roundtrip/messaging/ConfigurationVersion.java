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

import java.time.Instant;
import java.util.List;

/**
 * That the configuration was changed: by whom, when, and what about it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"version", "time", "author", "changes"})
@JsonSerialize(as = ImmutableConfigurationVersion.class)
@JsonDeserialize(as = ImmutableConfigurationVersion.class)
public interface ConfigurationVersion {

    /**
     * Returns which version the change has made.
     *
     * @return 1 for the first
     */
    long version();

    /**
     * Returns when it was made.
     *
     * @return the time of the controller
     */
    Instant time();

    /**
     * Returns who has made it.
     *
     * @return the name of a user of the controller
     */
    String author();

    /**
     * Returns what is different from the version before.
     *
     * @return at least one change
     */
    List<ConfigurationChange> changes();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableConfigurationVersion.Builder {
    }
}
