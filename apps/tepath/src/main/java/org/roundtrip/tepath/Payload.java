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
package org.roundtrip.tepath;

import org.onlab.packet.EthType;

/**
 * What a path carries. A label switch that pops the last label must know what lies under it, and MPLS does not say
 * (RFC 3032, section 2.2): so a path carries one kind of payload.
 */
public enum Payload {
    /** IPv4 packets. */
    IPV4(0x0800),
    /** IPv6 packets. */
    IPV6(0x86dd),
    /** PTP messages directly over Ethernet (IEEE 1588-2019, annex E). */
    PTP(0x88f7);

    private final int ethType;

    Payload(int ethType) {
        this.ethType = ethType;
    }

    /**
     * Returns the EtherType of the payload.
     *
     * @return the EtherType
     */
    public EthType ethType() {
        return new EthType(ethType);
    }
}
