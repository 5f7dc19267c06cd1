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
package org.roundtrip.balancer.impl;

import org.roundtrip.balancer.compute.PacketField;

/**
 * Fields of packets as Nicira's extensions to OpenFlow name them (the nicira-ext.h and meta-flow of Open vSwitch).
 */
enum NiciraField {
    /** The port where a packet came in, 16 bits as in OpenFlow 1.0. */
    IN_PORT(0x0000_0002, 16),
    ETH_DST(0x0000_0206, 48),
    ETH_SRC(0x0000_0406, 48),
    IPV4_SRC(0x0000_0e04, 32),
    TCP_SRC(0x0000_1202, 16),
    UDP_SRC(0x0000_1602, 16),
    ARP_SPA(0x0000_2004, 32),
    ARP_TPA(0x0000_2204, 32),
    TUNNEL_ID(0x0001_2008, 64),
    ARP_SHA(0x0001_2206, 48),
    ARP_THA(0x0001_2406, 48),
    IPV6_SRC(0x0001_2610, 128),
    CT_MARK(0x0001_d604, 32);

    private final int header;
    private final int width;

    NiciraField(int header, int width) {
        this.header = header;
        this.width = width;
    }

    static NiciraField of(PacketField field) {
        return valueOf(field.name());
    }

    /**
     * Returns how messages name it.
     *
     * @return its header: class, number, and length in octets
     */
    int header() {
        return header;
    }

    /**
     * Returns how long it is.
     *
     * @return bits
     */
    int width() {
        return width;
    }
}
