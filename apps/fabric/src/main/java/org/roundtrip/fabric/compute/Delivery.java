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
package org.roundtrip.fabric.compute;

import com.google.common.collect.ImmutableSet;
import org.immutables.value.Value;
import org.onlab.packet.Ethernet;
import org.onosproject.net.ConnectPoint;

import java.util.Set;

/**
 * A frame and the ports that the controller sends it out of.
 */
@Value.Immutable(builder = false)
public interface Delivery {

    /**
     * Returns the frame.
     *
     * @return frame, which no one changes from now on
     */
    @Value.Parameter
    Ethernet frame();

    /**
     * Returns the ports.
     *
     * @return ports; if there are none, the frame is dropped
     */
    @Value.Parameter
    Set<ConnectPoint> ports();

    /**
     * Makes a delivery.
     *
     * @param frame frame
     * @param ports ports
     * @return delivery
     */
    static Delivery of(Ethernet frame, Iterable<ConnectPoint> ports) {
        return ImmutableDelivery.of(frame, ImmutableSet.copyOf(ports));
    }
}
