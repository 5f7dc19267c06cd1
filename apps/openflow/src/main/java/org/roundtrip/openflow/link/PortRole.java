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

/**
 * What link discovery knows of a port.
 */
public enum PortRole {

    /**
     * Not there, not enabled, or on a switch that is not connected.
     */
    DOWN,

    /**
     * Up for too short a time to tell whether another switch is behind it.
     */
    UNSETTLED,

    /**
     * Up, and probed for long enough without an answer: no switch of this network is behind it.
     */
    EDGE,

    /**
     * A link to or from another switch was seen since the port came up. It stays so even when the link falls silent: as
     * long as the port is up, the other switch may still be there, and its traffic must not be taken for that of hosts.
     */
    INFRASTRUCTURE
}
