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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * What one direction of a path does in one switch.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"device", "inPort", "outPort", "labelIn", "labelOut"})
@JsonSerialize(as = ImmutableHop.class)
@JsonDeserialize(as = ImmutableHop.class)
public interface Hop {

    /**
     * Returns the switch.
     *
     * @return the switch
     */
    DeviceId device();

    /**
     * Returns the port where the direction enters the switch.
     *
     * @return a port
     */
    PortNumber inPort();

    /**
     * Returns the port where the direction leaves the switch.
     *
     * @return a port
     */
    PortNumber outPort();

    /**
     * Returns the label with which packets arrive.
     *
     * @return 16 to 1048575 (RFC 3032), or empty at the ingress, where they arrive without
     */
    Optional<Integer> labelIn();

    /**
     * Returns the label with which packets leave.
     *
     * @return 16 to 1048575 (RFC 3032), or empty at the egress, where they leave without
     */
    Optional<Integer> labelOut();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds hops. */
    final class Builder extends ImmutableHop.Builder {
    }
}
