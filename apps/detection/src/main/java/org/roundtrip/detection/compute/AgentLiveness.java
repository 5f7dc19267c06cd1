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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether what an agent has reported still counts: for the time of its lease after it was heard of last, and as long
 * after it has said that it is too slow to be believed. Immutable and thread-safe.
 */
@Value.Immutable
@ValueType
public interface AgentLiveness {

    /**
     * Returns its name.
     *
     * @return the name of the agent
     */
    String name();

    /**
     * Returns how long reports count.
     *
     * @return a time above zero
     */
    Duration lease();

    /**
     * Returns whether it is connected.
     *
     * @return whether it is connected
     */
    @Value.Default
    default boolean isConnected() {
        return false;
    }

    /**
     * Returns when it was heard of last.
     *
     * @return a monotonic time, or empty if it never was
     */
    Optional<Duration> heard();

    /**
     * Returns since when it says that it is too slow to be believed.
     *
     * @return a monotonic time, or empty if it does not say so
     */
    Optional<Duration> starved();

    /**
     * Returns until when its reports count.
     *
     * @return a monotonic time, or empty if there is none because it was never heard of
     */
    default Optional<Duration> believedUntil() {
        return heard().map(last -> earlier(last, starved().orElse(last)).plus(lease()));
    }

    /**
     * Returns why its reports don't count any more.
     *
     * @param now a monotonic time
     * @return words that an operator understands, the same as long as it lasts; empty while they count
     */
    default Optional<String> doubt(Duration now) {
        if (heard().isEmpty()) {
            return Optional.of("agent " + name() + " has not connected yet");
        }
        if (believedUntil().filter(until -> until.compareTo(now) > 0).isPresent()) {
            return Optional.empty();
        }
        if (heard().get().plus(lease()).compareTo(now) <= 0) {
            return Optional.of("lease of agent " + name() + " ended: it was silent for " + TimeInWords.of(lease()));
        }
        return Optional.of("agent " + name() + " has been too slow to be believed for " + TimeInWords.of(lease()));
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
    final class Builder extends ImmutableAgentLiveness.Builder {
    }
}
