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
package org.roundtrip.messaging.proxy.configuration;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where controllers are and how they know us. Immutable.
 *
 * @param addresses their REST, such as http://192.0.2.11:8181; at least one
 * @param login     user and password, or empty if they ask for none
 */
public record Controllers(List<URI> addresses, Optional<Login> login) {

    private static final String MESSAGING = "/onos/roundtrip/messaging/";

    /**
     * Copies what may change.
     */
    public Controllers {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("At least one controller is needed");
        }
    }

    /**
     * By what they know us.
     *
     * @param user     a user of the controllers
     * @param password the password
     */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return user;
        }

        String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password)
                                                                         .getBytes(StandardCharsets.UTF_8));
        }
    }

    URI resource(int number, String path) {
        String address = addresses.get(Math.floorMod(number, addresses.size())).toString();
        return URI.create(address.replaceAll("/+$", "") + MESSAGING + path);
    }
}
