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
package org.roundtrip.clock;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;

/**
 * An MPLS tunnel interface of the switch where a clock is attached, made from the MPLS and TE capability that is
 * configured there. The two interfaces of a session are the ends of its tunnel.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"id", "device", "local", "remote", "mode", "bandwidth", "setupPriority", "holdingPriority",
    "leastLabel", "greatestLabel", "status"})
@JsonSerialize(as = ImmutableTunnelInterface.class)
public interface TunnelInterface {

    /**
     * Returns the id.
     *
     * @return the name of the te-path and the device, such as clock.cell-site-7@of:0000000000000001; with the port if
     *         both ends are at this device
     */
    String id();

    /**
     * Returns the switch that has the interface.
     *
     * @return a switch
     */
    DeviceId device();

    /**
     * Returns the edge port whose clock uses it.
     *
     * @return a port of the switch
     */
    ConnectPoint local();

    /**
     * Returns the edge port at the other end.
     *
     * @return a port
     */
    ConnectPoint remote();

    /**
     * Returns how the two directions of the tunnel belong together.
     *
     * @return the mode
     */
    TunnelMode mode();

    /**
     * Returns the bandwidth reserved in each direction.
     *
     * @return bit/s
     */
    long bandwidth();

    /**
     * Returns the priority with which the tunnel takes bandwidth.
     *
     * @return 0 to 7
     */
    int setupPriority();

    /**
     * Returns the priority with which the tunnel keeps bandwidth.
     *
     * @return 0 to 7
     */
    int holdingPriority();

    /**
     * Returns the first of the labels that the switch may give out.
     *
     * @return a label
     */
    int leastLabel();

    /**
     * Returns the last of the labels that the switch may give out.
     *
     * @return a label
     */
    int greatestLabel();

    /**
     * Returns how it fares.
     *
     * @return the status
     */
    Status<TunnelInterfaceState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableTunnelInterface.Builder {
    }
}
