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

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a path was held against the tables of the switches.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"time", "correct", "coRouted", "difference", "mismatches", "forward", "reverse"})
@JsonSerialize(as = ImmutablePathAudit.class)
public interface PathAudit {

    /**
     * Returns when it was done.
     *
     * @return the time, in whole milliseconds
     */
    Instant time();

    /**
     * Returns whether the tables hold what they should, and both directions use the same links.
     *
     * @return true if so
     */
    boolean correct();

    /**
     * Returns whether both directions use the same links, as packets would find by the tables.
     *
     * @return true if so; empty if a direction could not be walked to its end
     */
    Optional<Boolean> coRouted();

    /**
     * Returns the first place where what packets find is not what they should, or where the directions part.
     *
     * @return the place in words, or empty if there is none
     */
    Optional<String> difference();

    /**
     * Returns the rules that are missing, wrong or too many.
     *
     * @return each in words with its switch; none if the tables hold what they should
     */
    List<String> mismatches();

    /**
     * Returns what the forward direction does, switch by switch, by the tables.
     *
     * @return the hops from the source as far as packets come
     */
    List<Hop> forward();

    /**
     * Returns what the reverse direction does, switch by switch, by the tables.
     *
     * @return the hops from the destination as far as packets come
     */
    List<Hop> reverse();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds audits. */
    final class Builder extends ImmutablePathAudit.Builder {
    }
}
