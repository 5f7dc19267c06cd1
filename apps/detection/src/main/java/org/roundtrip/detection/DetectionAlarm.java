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
package org.roundtrip.detection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;

/**
 * Something wrong, as long as it lasts.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"type", "subject", "since", "reason"})
@JsonSerialize(as = ImmutableDetectionAlarm.class)
public interface DetectionAlarm {

    /**
     * Returns what is wrong.
     *
     * @return the type; a subject has at most one alarm of each
     */
    DetectionAlarmType type();

    /**
     * Returns with whom.
     *
     * @return the name of an agent, the service and the id of a member with a space between them, or the address of
     *         somebody who is no agent
     */
    String subject();

    /**
     * Returns since when.
     *
     * @return the time, in whole milliseconds
     */
    Instant since();

    /**
     * Returns why.
     *
     * @return words that an operator understands
     */
    String reason();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableDetectionAlarm.Builder {
    }
}
