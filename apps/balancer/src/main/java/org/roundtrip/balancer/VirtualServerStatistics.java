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

import java.util.List;

/**
 * What a virtual server has carried. Counters begin anew when rules are put in anew, as after a restart of a switch.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"connections", "requestPackets", "requestBytes", "replyPackets", "replyBytes",
    "handedOnPackets", "drops", "members"})
@JsonSerialize(as = ImmutableVirtualServerStatistics.class)
public interface VirtualServerStatistics {

    /**
     * Returns how many connections were placed.
     *
     * @return their number
     */
    long connections();

    /**
     * Returns how many packets the access switches gave a slot.
     *
     * @return their number
     */
    long requestPackets();

    /**
     * Returns how much that was.
     *
     * @return bytes, with Ethernet headers
     */
    long requestBytes();

    /**
     * Returns how many packets members sent to clients.
     *
     * @return their number
     */
    long replyPackets();

    /**
     * Returns how much that was.
     *
     * @return bytes, with Ethernet headers
     */
    long replyBytes();

    /**
     * Returns how many packets the switch of one member handed on to another one, because it did not know their
     * connection.
     *
     * @return their number
     */
    long handedOnPackets();

    /**
     * Returns what was dropped. What concerns the virtual IP address as a whole counts with each of its virtual
     * servers.
     *
     * @return a counter for each reason, in the order of the reasons
     */
    List<DropCounter> drops();

    /**
     * Returns what its members have served.
     *
     * @return all members with a rule in the switches, ordered by their ids
     */
    List<MemberStatistics> members();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableVirtualServerStatistics.Builder {
    }
}
