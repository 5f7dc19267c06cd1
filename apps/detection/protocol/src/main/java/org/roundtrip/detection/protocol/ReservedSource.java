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

/**
 * The addresses from which every module of every agent probes. They are link-local (RFC 3927, RFC 4291), so that no
 * router takes them anywhere, and the same on all service nodes, so that members need to be told nothing: the switch of
 * a node sees to it that no packet from them or to them leaves it.
 */
public final class ReservedSource {

    /** The IPv4 address: of the last 256 of 169.254.0.0/16, of which no host chooses one itself. */
    public static final String IPV4 = "169.254.255.1";

    /** The IPv6 address. */
    public static final String IPV6 = "fe80::de:1";

    private ReservedSource() {
    }
}
