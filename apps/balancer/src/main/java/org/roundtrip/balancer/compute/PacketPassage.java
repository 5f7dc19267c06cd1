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
package org.roundtrip.balancer.compute;

/**
 * A switch that takes a packet through its tables, as its extensions see it.
 */
interface PacketPassage {

    /** Returns the packet as it is now. */
    TracedPacket packet();

    /** Says what has become of the packet. */
    void change(TracedPacket changed);

    /** Looks the connection of the packet up. */
    void track();

    /** Looks the packet up in a table. */
    void lookUp(int table);
}
