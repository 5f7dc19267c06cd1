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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.tepath.TePathRequest;

import java.util.stream.Collectors;

/**
 * Holds the ends of a path against the network: they must be ports that exist and that no other switch is linked to.
 */
public final class EdgePorts {

    private EdgePorts() {
    }

    /**
     * Refuses a path whose ends are no edge ports. A port that is down is one: it may come up.
     *
     * @param topology the network
     * @param request  the path
     * @throws InvalidRequestException naming the end that is none, and what would be right
     */
    public static void require(TeTopology topology, TePathRequest request) {
        Validation validation = new Validation();
        require(validation, topology, "source", request.source());
        require(validation, topology, "destination", request.destination());
        validation.throwIfInvalid();
    }

    private static void require(Validation validation, TeTopology topology, String field, ConnectPoint port) {
        if (topology.node(port.deviceId()).isEmpty()) {
            validation.require(false, field, "there is no switch " + port.deviceId());
        } else if (port.port().isLogical() || topology.port(port).isEmpty()) {
            validation.require(false, field, "the switch " + port.deviceId() + " has no port " + port.port()
                    + "; it has " + topology.ports(port.deviceId()).stream().filter(known -> !known.port().isLogical())
                    .map(known -> known.port().toString()).collect(Collectors.joining(", ")));
        } else if (!topology.peers(port).isEmpty()) {
            validation.require(false, field, "the port " + port + " is linked to " + topology.peers(port).stream()
                    .map(ConnectPoint::toString).collect(Collectors.joining(", "))
                    + ": choose a port that no switch is linked to");
        }
    }
}
