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
package org.roundtrip.clock.impl.negotiation;

import org.onlab.packet.IpAddress;
import org.osgi.service.component.annotations.Component;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The identities of the servers that have been heard in negotiation, since this node started. Thread-safe.
 */
@Component(service = HeardServers.class)
public class HeardServers {

    private final Map<IpAddress, String> identities = new ConcurrentHashMap<>();

    /**
     * Takes down who a server is. To be called for servers of policies only, of which there is a limited number.
     *
     * @param server   the address of the server
     * @param identity the identity of its clock in hexadecimal
     */
    void heard(IpAddress server, String identity) {
        identities.put(server, identity);
    }

    /**
     * Returns who the servers are.
     *
     * @return the identities of their clocks, by address; changes by itself
     */
    Map<IpAddress, String> identities() {
        return identities;
    }
}
