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
package org.roundtrip.detection.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a member is probed.
 */
public enum ProbeType {
    /** A TCP connection is opened and closed again. */
    @JsonProperty("tcp")
    TCP,
    /** An HTTP request is sent (RFC 9110), and the response compared. */
    @JsonProperty("http")
    HTTP,
    /** As HTTP, over TLS. */
    @JsonProperty("https")
    HTTPS,
    /** A datagram is sent, and the response compared. */
    @JsonProperty("udp")
    UDP,
    /** An ICMP or ICMPv6 echo request is sent (RFC 792, RFC 4443). */
    @JsonProperty("icmp")
    ICMP
}
