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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * A rule that a packet of a connection meets.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"device", "table", "priority", "purpose", "match", "action", "packets", "bytes"})
@JsonSerialize(as = ImmutableExplainedRule.class)
public interface ExplainedRule {

    /**
     * Returns the switch.
     *
     * @return its id
     */
    DeviceId device();

    /**
     * Returns the table.
     *
     * @return 0 to 253
     */
    int table();

    /**
     * Returns the priority.
     *
     * @return 0 to 65535
     */
    int priority();

    /**
     * Returns what it does here.
     *
     * @return words that a user understands
     */
    String purpose();

    /**
     * Returns what it matches.
     *
     * @return fields and values
     */
    String match();

    /**
     * Returns what it does with the packet.
     *
     * @return actions in their order
     */
    String action();

    /**
     * Returns how many packets it has met, of all connections.
     *
     * @return their number, or empty if the switch does not have the rule
     */
    Optional<Long> packets();

    /**
     * Returns how much that was.
     *
     * @return bytes, or empty if the switch does not have the rule
     */
    Optional<Long> bytes();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableExplainedRule.Builder {
    }
}
