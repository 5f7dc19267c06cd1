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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * Which ways a request would get now, or why it would get none: what each constraint takes away, and the least that
 * would have to be given up.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"possible", "reason", "active", "standby", "obstacles"})
@JsonSerialize(as = ImmutablePathExplanation.class)
public interface PathExplanation {

    /**
     * Returns whether the request could be accepted now.
     *
     * @return true if so
     */
    boolean possible();

    /**
     * Returns the outcome in words.
     *
     * @return what would be set up, or why nothing can be
     */
    String reason();

    /**
     * Returns the way that the traffic would take.
     *
     * @return the way, or empty if there is none
     */
    Optional<ExplainedWay> active();

    /**
     * Returns the standby way.
     *
     * @return the way, or empty if there is none or no protection is asked for
     */
    Optional<ExplainedWay> standby();

    /**
     * Returns the constraints that take links away, or bound the way.
     *
     * @return the obstacles, those first without which there would be a way
     */
    List<Obstacle> obstacles();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds explanations. */
    final class Builder extends ImmutablePathExplanation.Builder {
    }
}
