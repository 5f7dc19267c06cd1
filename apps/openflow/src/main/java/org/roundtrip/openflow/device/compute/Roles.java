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
package org.roundtrip.openflow.device.compute;

import org.onosproject.net.MastershipRole;
import org.onosproject.openflow.controller.RoleState;

/**
 * The correspondence of ONOS's mastership and the controller roles of OpenFlow 1.3.5, section 6.3.6. A standby node
 * is EQUAL, so that it sees the switch and can take over at once; a node without a role is SLAVE.
 */
public final class Roles {

    private Roles() {
    }

    /**
     * Returns the OpenFlow role that a node with the given mastership takes.
     *
     * @param mastership mastership of this node
     * @return role to ask of the switch
     */
    public static RoleState roleOf(MastershipRole mastership) {
        switch (mastership) {
            case MASTER:
                return RoleState.MASTER;
            case STANDBY:
                return RoleState.EQUAL;
            case NONE:
                return RoleState.SLAVE;
            default:
                throw new IllegalArgumentException("mastership: no OpenFlow role corresponds to " + mastership);
        }
    }

    /**
     * Returns the mastership that corresponds to an OpenFlow role.
     *
     * @param role role that the switch holds this node in
     * @return mastership
     */
    public static MastershipRole mastershipOf(RoleState role) {
        switch (role) {
            case MASTER:
                return MastershipRole.MASTER;
            case EQUAL:
                return MastershipRole.STANDBY;
            case SLAVE:
                return MastershipRole.NONE;
            default:
                throw new IllegalArgumentException("role: no mastership corresponds to " + role);
        }
    }
}
