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
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is around a connection that is none of virtual servers: stations, and how frames are forwarded to them.
 */
@Value.Immutable
@ValueType
public interface Surroundings {

    /**
     * Returns the station from which the client sends.
     *
     * @return its MAC address, or empty if the network has not seen the client, as one behind a router
     */
    Optional<MacAddress> client();

    /**
     * Returns where stations are attached.
     *
     * @return the ports of the client and of members
     */
    Map<MacAddress, ConnectPoint> stations();

    /**
     * Returns how switches forward what virtual servers leave to others.
     *
     * @return the rules of other applications
     */
    List<FlowRule> forwarding();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableSurroundings.Builder {
    }
}
