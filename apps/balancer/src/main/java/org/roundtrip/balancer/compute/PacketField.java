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
 * Fields of a packet, and of what a switch knows of it, that instructions move.
 */
public enum PacketField {
    /** The source address of the frame. */
    ETH_SRC,
    /** The destination address of the frame. */
    ETH_DST,
    /** ARP: the sender's hardware address. */
    ARP_SHA,
    /** ARP: the target's hardware address. */
    ARP_THA,
    /** ARP: the sender's protocol address. */
    ARP_SPA,
    /** ARP: the target's protocol address. */
    ARP_TPA,
    /** The source address of IPv4. */
    IPV4_SRC,
    /** The source address of IPv6. */
    IPV6_SRC,
    /** The source port of TCP. */
    TCP_SRC,
    /** The source port of UDP. */
    UDP_SRC,
    /** The tunnel id, which nothing but our rules sets: a note on the packet as long as it is in the switch. */
    TUNNEL_ID,
    /** The mark of the packet's connection, after it has been looked up; 0 if nobody has marked it. */
    CT_MARK
}
