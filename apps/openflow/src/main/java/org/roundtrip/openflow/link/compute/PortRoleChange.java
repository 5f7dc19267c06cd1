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
package org.roundtrip.openflow.link.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.openflow.link.PortRole;

/**
 * A change of what is known of a port.
 */
@Value.Immutable(builder = false)
public interface PortRoleChange {

    /**
     * Returns the port.
     *
     * @return port
     */
    @Value.Parameter
    ConnectPoint port();

    /**
     * Returns the role until now.
     *
     * @return role
     */
    @Value.Parameter
    PortRole before();

    /**
     * Returns the role from now on.
     *
     * @return role, another one than before
     */
    @Value.Parameter
    PortRole after();

    /**
     * Makes a change.
     *
     * @param port   port
     * @param before role until now
     * @param after  role from now on
     * @return change
     */
    static PortRoleChange of(ConnectPoint port, PortRole before, PortRole after) {
        return ImmutablePortRoleChange.of(port, before, after);
    }
}
