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
package org.roundtrip.clock.compute.negotiation;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Duration;

/**
 * How long negotiation waits for what.
 */
@Value.Immutable
@ValueType
public abstract class NegotiationTiming {

    /** What is right unless the network says otherwise. */
    public static final NegotiationTiming DEFAULT = builder().build();

    /**
     * Returns for how long a request is held back while its tunnel is set up, unless the client repeats it.
     *
     * @return 30 s unless said otherwise
     */
    @Value.Default
    public Duration holdTime() {
        return Duration.ofSeconds(30);
    }

    /**
     * Returns for how long the server's answer to a request is waited for.
     *
     * @return 5 s unless said otherwise
     */
    @Value.Default
    public Duration answerTime() {
        return Duration.ofSeconds(5);
    }

    /**
     * Returns for how long a tunnel stays when nothing is granted or asked for any more: so that the last messages get
     * through, and a client that asks again at once finds it.
     *
     * @return 5 s unless said otherwise
     */
    @Value.Default
    public Duration lingerTime() {
        return Duration.ofSeconds(5);
    }

    /**
     * Returns for how long a clock may send nothing. Clocks with a longer period may miss two messages.
     *
     * @return 30 s unless said otherwise
     */
    @Value.Default
    public Duration silenceTime() {
        return Duration.ofSeconds(30);
    }

    /**
     * Returns for how long a tunnel that was refused is not asked for again.
     *
     * @return 10 s unless said otherwise
     */
    @Value.Default
    public Duration refusalTime() {
        return Duration.ofSeconds(10);
    }

    /**
     * Returns after which time the end of a session is asked for again, if it has not ended.
     *
     * @return 10 s unless said otherwise
     */
    @Value.Default
    public Duration closeRetryTime() {
        return Duration.ofSeconds(10);
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    public static final class Builder extends ImmutableNegotiationTiming.Builder {
    }
}
