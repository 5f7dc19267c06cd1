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
package org.roundtrip.tepath.compute.audit;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Hop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of packets by the rules that the switches report.
 */
@Value.Immutable
@ValueType
public interface Walk {

    /**
     * Returns what they do in each switch.
     *
     * @return the hops as far as they come
     */
    @Value.Parameter
    List<Hop> hops();

    /**
     * Returns where they leave the network.
     *
     * @return a port that no switch is linked to, or empty if they don't leave
     */
    @Value.Parameter
    Optional<ConnectPoint> exit();

    /**
     * Returns the first thing on the way that no path does.
     *
     * @return what happens and where, in words, or empty if there is nothing
     */
    @Value.Parameter
    Optional<String> oddity();

    /**
     * Returns how many switches have done what a path may do before the {@link #oddity}.
     *
     * @return 0 or more; {@link Integer#MAX_VALUE} if there is nothing odd
     */
    @Value.Parameter
    int oddityAfter();

    /**
     * Returns all ports that they pass.
     *
     * @return the ports in and out of each switch
     */
    default List<ConnectPoint> ports() {
        List<ConnectPoint> ports = new ArrayList<>();
        for (Hop hop : hops()) {
            ports.add(new ConnectPoint(hop.device(), hop.inPort()));
            ports.add(new ConnectPoint(hop.device(), hop.outPort()));
        }
        return ports;
    }
}
