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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * What paths may do with a switch, by the network configuration ({@code devices/DEVICE/mplsTe}). Immutable and
 * thread-safe.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"mpls", "te", "leastLabel", "greatestLabel", "maintenance"})
@JsonSerialize(as = ImmutableTeCapability.class)
public interface TeCapability {

    /**
     * Returns whether the switch may push, swap and pop labels.
     *
     * @return true if {@code mplsTe.mpls} is
     */
    boolean mpls();

    /**
     * Returns whether the switch may take part in traffic engineering.
     *
     * @return true if {@code mplsTe.te} is
     */
    boolean te();

    /**
     * Returns the least label that the switch may give out, on each port.
     *
     * @return a label, 16 to 1048575
     */
    int leastLabel();

    /**
     * Returns the greatest label that the switch may give out, on each port.
     *
     * @return a label, {@link #leastLabel} to 1048575
     */
    int greatestLabel();

    /**
     * Returns whether paths leave the switch unless they end at it.
     *
     * @return true if {@code mplsTe.maintenance} is
     */
    boolean maintenance();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds capabilities. */
    final class Builder extends ImmutableTeCapability.Builder {
    }
}
