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
package org.roundtrip.balancer;

/**
 * Why packets of a virtual server are dropped.
 */
public enum DropReason {
    /** Requests while no member serves. */
    NO_MEMBER,
    /** Packets to the virtual IP address where no access switch can be reached. */
    NO_ACCESS_SWITCH,
    /** Packets to the virtual IP address that are for none of its virtual servers. */
    PORT_NOT_SERVED,
    /** Requests in IP fragments, of which Open vSwitch shows the ports of none, not even of the first one. */
    LATER_FRAGMENT,
    /** Packets from the virtual IP address that do not come from a member. */
    SPOOFED_SOURCE,
    /** ARP and ND by which someone else claims the virtual IP address. */
    FOREIGN_CLAIM
}
