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
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * What a session has carried and what was kept out of it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"serverToClientPackets", "clientToServerPackets", "droppedPackets"})
@JsonSerialize(as = ImmutableClockSessionStatistics.class)
public interface ClockSessionStatistics {

    /**
     * Returns how many messages entered the tunnel at the server.
     *
     * @return 0 or more
     */
    long serverToClientPackets();

    /**
     * Returns how many messages entered the tunnel at the client.
     *
     * @return 0 or more
     */
    long clientToServerPackets();

    /**
     * Returns how many messages of the pair were dropped at the edge because the tunnel would not take them.
     *
     * @return 0 or more, since the rules that drop them stand
     */
    long droppedPackets();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableClockSessionStatistics.Builder {
    }
}
