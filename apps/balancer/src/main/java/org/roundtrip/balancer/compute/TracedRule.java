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
package org.roundtrip.balancer.compute;

import org.immutables.value.Value;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.DropReason;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * A rule through which packets can be traced.
 */
@Value.Immutable
@ValueType
public interface TracedRule {

    /**
     * Returns the rule with extensions that can be read and traced.
     *
     * @return the rule as it is described
     */
    FlowRule described();

    /**
     * Returns the rule with the extensions of its switch, by which its counters are found.
     *
     * @return the rule as the switch gets it
     */
    FlowRule installed();

    /**
     * Returns what it is for.
     *
     * @return the purpose, or empty if it is another application's
     */
    Optional<RulePurpose> purpose();

    /**
     * Returns why it drops packets.
     *
     * @return the reason, or empty if it does not, or not because of a virtual server
     */
    default Optional<DropReason> dropReason() {
        return purpose().flatMap(RulePurpose::dropReason);
    }

    /**
     * Returns whose it is.
     *
     * @return the name of a virtual server, or empty if several share it, or it is none's
     */
    Optional<String> server();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableTracedRule.Builder {
    }
}
