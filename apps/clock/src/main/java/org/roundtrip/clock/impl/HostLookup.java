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
package org.roundtrip.clock.impl;

import org.onosproject.net.Host;
import org.onosproject.net.host.HostService;
import org.roundtrip.base.RequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.compute.EndpointResolution;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ends of sessions among the hosts that the network knows. Thread-safe.
 */
final class HostLookup {

    private final HostService hosts;

    HostLookup(HostService hosts) {
        this.hosts = hosts;
    }

    /**
     * Returns the endpoint that a reference means at present.
     *
     * @param field     the field that holds the reference
     * @param reference how the user names the host
     * @param transport what carries the messages
     * @return the endpoint
     * @throws RequestException if there is none or more than one; names the field
     */
    ClockEndpoint endpoint(String field, ClockReference reference, PtpTransport transport) {
        try {
            return EndpointResolution.resolve(reference, candidates(reference), transport);
        } catch (RequestException refusal) {
            throw refusal.at(field);
        }
    }

    private Collection<Host> candidates(ClockReference reference) {
        return reference.ipAddress().map(hosts::getHostsByIp)
                .orElseGet(() -> reference.hostId()
                        .flatMap(id -> Optional.ofNullable(hosts.getHost(id)))
                        .map(Set::of)
                        .orElseGet(Set::of));
    }
}
