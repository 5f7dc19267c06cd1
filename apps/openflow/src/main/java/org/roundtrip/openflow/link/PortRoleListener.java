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

/**
 * Is told when the role of a port changes. Called on the thread of link discovery, one change at a time and in order;
 * it must return quickly.
 */
@FunctionalInterface
public interface PortRoleListener {

    /**
     * A port has got another role.
     *
     * @param port   port
     * @param before role until now, never the same as {@code after}
     * @param after  role from now on
     */
    void roleChanged(ConnectPoint port, PortRole before, PortRole after);
}
