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
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.DropReason;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;

/**
 * The way of a packet.
 */
@Value.Immutable
@ValueType
public interface PacketTrace {

    /**
     * Returns the rules that it meets.
     *
     * @return the rules in their order
     */
    List<TracedRule> rules();

    /**
     * Returns how the way ends.
     *
     * @return the end
     */
    TraceEnd end();

    /**
     * Returns where the way ends.
     *
     * @return the last switch
     */
    DeviceId device();

    /**
     * Returns what has become of the packet.
     *
     * @return the packet at the end of its way
     */
    TracedPacket packet();

    /**
     * Returns in which slot it is looked up.
     *
     * @return 0 to 255, or empty if its way ends before
     */
    Optional<Integer> slot();

    /**
     * Returns where the packet leaves the network.
     *
     * @return a port, if the way ends so
     */
    Optional<ConnectPoint> exit();

    /**
     * Returns why it is dropped.
     *
     * @return the reason, if a rule of a virtual server drops it
     */
    default Optional<DropReason> drop() {
        return end() == TraceEnd.DROPPED ? rules().get(rules().size() - 1).dropReason() : Optional.empty();
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
    final class Builder extends ImmutablePacketTrace.Builder {
    }
}
