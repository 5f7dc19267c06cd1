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
package org.roundtrip.tepath.impl;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All that is needed to take the traffic of a protected path over to its standby way, prepared in advance so that
 * nothing has to be computed, read or recorded when it fails.
 */
@Value.Immutable
@ValueType
interface Switchover {

    /** Returns which placement the standby way is. */
    long generation();

    /** Returns the key of the rules at the two ends. */
    String key();

    /** Returns the sets of rules that take each other's place at the two ends, the last pointing at the standby way. */
    List<List<FlowRule>> stages();

    /** Returns the ports of which one that fails sets it off. */
    Set<ConnectPoint> activePorts();

    /** Returns the ports of which one that is down holds it back. */
    Set<ConnectPoint> standbyPorts();

    /** Returns how long a port must be down before it is set off. */
    Duration holdOff();

    /** Returns a builder. */
    static Builder builder() {
        return new Builder();
    }

    /** Builds switchovers. */
    final class Builder extends ImmutableSwitchover.Builder {
    }
}
