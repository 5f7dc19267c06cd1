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

import java.util.List;
import java.util.Optional;

/**
 * Where a connection goes and why.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"server", "query", "accessSwitch", "slot", "member", "pin", "slotMember", "drop", "reason",
    "request", "reply"})
@JsonSerialize(as = ImmutableExplanation.class)
public interface Explanation {

    /**
     * Returns which virtual server it belongs to.
     *
     * @return its name
     */
    String server();

    /**
     * Returns what was asked.
     *
     * @return the connection, with its port
     */
    ExplanationQuery query();

    /**
     * Returns which switch acts as load balancer for the client.
     *
     * @return the access switch that is nearest to it, or empty if none takes requests
     */
    Optional<DeviceId> accessSwitch();

    /**
     * Returns in which slot the connection is.
     *
     * @return 0 to 255, or empty if its packets do not get as far
     */
    Optional<Integer> slot();

    /**
     * Returns which member gets its packets now.
     *
     * @return the pinned one if it is pinned, the one of the slot otherwise; empty if none does
     */
    Optional<MemberId> member();

    /**
     * Returns whether the switch of a member knows it.
     *
     * @return the state
     */
    PinState pin();

    /**
     * Returns whose the slot is.
     *
     * @return a member, or empty if the slot is nobody's or not known
     */
    Optional<MemberId> slotMember();

    /**
     * Returns why its packets are dropped, if they are.
     *
     * @return the reason, or empty
     */
    Optional<DropReason> drop();

    /**
     * Returns in words what happens to it.
     *
     * @return a sentence or two that a user understands
     */
    String reason();

    /**
     * Returns the rules that a request meets, in their order.
     *
     * @return the rules on every switch of the way
     */
    List<ExplainedRule> request();

    /**
     * Returns the rules that a reply meets, in their order.
     *
     * @return the rules on every switch of the way
     */
    List<ExplainedRule> reply();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableExplanation.Builder {
    }
}
