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
package org.roundtrip.tepath.compute;

import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.TeCapability;

/**
 * A switch as traffic engineering sees it.
 */
@Value.Immutable
@ValueType
public interface TeNode {

    /**
     * Returns the switch.
     *
     * @return the switch
     */
    DeviceId device();

    /**
     * Returns whether the controller reaches the switch.
     *
     * @return true if it is connected
     */
    boolean available();

    /**
     * Returns whether the switch may push, swap and pop labels.
     *
     * @return true if its MPLS capability is configured
     */
    @Value.Default
    default boolean mpls() {
        return false;
    }

    /**
     * Returns whether the switch may take part in traffic engineering.
     *
     * @return true if its TE capability is configured
     */
    @Value.Default
    default boolean te() {
        return false;
    }

    /**
     * Returns the labels it may give out, on each port.
     *
     * @return the range
     */
    @Value.Default
    default LabelRange labels() {
        return LabelRange.STANDARD;
    }

    /**
     * Returns whether the switch is to be left by all paths that do not end at it, and to be taken by none.
     *
     * @return true if it is under maintenance
     */
    @Value.Default
    default boolean maintenance() {
        return false;
    }

    /**
     * Returns whether a path may lead through the switch.
     *
     * @return true if it has both capabilities
     */
    default boolean isCapable() {
        return mpls() && te();
    }

    /**
     * Returns what paths may do with the switch, as users see it.
     *
     * @return the capability
     */
    default TeCapability capability() {
        return TeCapability.builder().mpls(mpls()).te(te()).leastLabel(labels().min()).greatestLabel(labels().max())
                .maintenance(maintenance()).build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds nodes. */
    final class Builder extends ImmutableTeNode.Builder {
    }
}
