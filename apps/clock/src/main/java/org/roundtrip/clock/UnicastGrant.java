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
package org.roundtrip.clock;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;

/**
 * What a server has granted a client by unicast negotiation (IEEE 1588-2019, section 16.1).
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"domain", "messageType", "logInterMessagePeriod", "duration", "expires"})
@JsonSerialize(as = ImmutableUnicastGrant.class)
@JsonDeserialize(as = ImmutableUnicastGrant.class)
public interface UnicastGrant {

    /**
     * Returns the PTP domain.
     *
     * @return 0 to 255
     */
    int domain();

    /**
     * Returns which messages.
     *
     * @return the type
     */
    UnicastMessageType messageType();

    /**
     * Returns the mean time between them.
     *
     * @return the logarithm to the base 2 of seconds
     */
    int logInterMessagePeriod();

    /**
     * Returns for how long it was granted.
     *
     * @return seconds
     */
    long duration();

    /**
     * Returns when it ends unless it is granted again.
     *
     * @return the time, in whole milliseconds
     */
    Instant expires();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableUnicastGrant.Builder {
    }
}
