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
package org.roundtrip.clock;

/**
 * What carries the messages of PTP.
 */
public enum PtpTransport {
    /** UDP over IPv4 (IEEE 1588-2019, annex C). */
    UDP_IPV4,
    /** UDP over IPv6 (IEEE 1588-2019, annex D). */
    UDP_IPV6,
    /** Ethernet frames with the EtherType 0x88F7 (IEEE 1588-2019, annex E). */
    ETHERNET
}
