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
package org.roundtrip.clock.rest;

import org.roundtrip.base.InvalidRequestException;

/**
 * Names that are in the address of a request and in its body.
 */
final class NamesInAddresses {

    private NamesInAddresses() {
    }

    /**
     * Refuses two names that differ.
     *
     * @param address the name in the address
     * @param body    the name in the body
     * @throws InvalidRequestException if they differ
     */
    static void requireSame(String address, String body) {
        if (!body.equals(address)) {
            throw new InvalidRequestException("name", "'" + body + "' is not the name in the address, '" + address
                    + "': make them equal");
        }
    }
}
