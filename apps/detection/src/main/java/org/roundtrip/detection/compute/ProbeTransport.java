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
package org.roundtrip.detection.compute;

import org.roundtrip.detection.protocol.ProbeType;

/**
 * What carries probes.
 */
public enum ProbeTransport {
    /** TCP (RFC 9293). */
    TCP,
    /** UDP (RFC 768). */
    UDP,
    /** ICMP for IPv4 (RFC 792), ICMPv6 for IPv6 (RFC 4443): echo requests and replies. */
    ICMP;

    /**
     * Returns what carries probes of a type.
     *
     * @param type how members are probed
     * @return the transport
     */
    public static ProbeTransport of(ProbeType type) {
        switch (type) {
            case UDP:
                return UDP;
            case ICMP:
                return ICMP;
            default:
                return TCP;
        }
    }
}
