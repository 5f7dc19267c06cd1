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
package org.roundtrip.openflow.link;

import org.onosproject.net.ConnectPoint;

import java.util.Set;

/**
 * Tells which ports are edges of the network and which lead to other switches. Thread-safe.
 *
 * <p>ONOS's own edge port service takes every port without a link for an edge, also in the moment before a link is
 * discovered. Who floods there makes a loop, and who learns hosts there learns them at the wrong place. So this service
 * makes a difference between an edge and a port that is not known yet.
 */
public interface PortRoleService {

    /**
     * Returns the role of a port.
     *
     * @param port port, known or not
     * @return role; {@link PortRole#DOWN} for a port that is not known
     */
    PortRole roleOf(ConnectPoint port);

    /**
     * Returns all edge ports.
     *
     * @return immutable snapshot
     */
    Set<ConnectPoint> edgePorts();

    /**
     * Adds a listener. Adding it twice has no effect.
     *
     * @param listener listener
     */
    void addListener(PortRoleListener listener);

    /**
     * Removes a listener.
     *
     * @param listener listener, added or not
     */
    void removeListener(PortRoleListener listener);
}
