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
import org.roundtrip.base.ValueType;

/**
 * What a member has served. Counters begin anew when rules are put in anew, as after a restart of a switch.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"member", "slots", "connections", "requestPackets", "requestBytes", "replyPackets", "replyBytes"})
@JsonSerialize(as = ImmutableMemberStatistics.class)
public interface MemberStatistics {

    /**
     * Returns the member.
     *
     * @return its id
     */
    MemberId member();

    /**
     * Returns how many slots it has.
     *
     * @return 0 to 256
     */
    int slots();

    /**
     * Returns how many connections were placed with it.
     *
     * @return their number
     */
    long connections();

    /**
     * Returns how many packets it was sent.
     *
     * @return their number
     */
    long requestPackets();

    /**
     * Returns how much it was sent.
     *
     * @return bytes, with Ethernet headers
     */
    long requestBytes();

    /**
     * Returns how many packets it sent to clients.
     *
     * @return their number
     */
    long replyPackets();

    /**
     * Returns how much it sent to clients.
     *
     * @return bytes, with Ethernet headers
     */
    long replyBytes();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableMemberStatistics.Builder {
    }
}
