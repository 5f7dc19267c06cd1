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
package org.roundtrip.messaging.proxy.server;

import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.message.MessageProxy;

import java.util.Optional;

/**
 * Tells applications by the tokens of the configuration that is in force. Thread-safe.
 */
final class Authentication {

    private final MessageProxy proxy;
    private volatile Optional<Known> known = Optional.empty();

    private record Known(Correspondence correspondence, Tokens tokens) {
    }

    Authentication(MessageProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Returns who it is.
     *
     * @param authorization what the header of that name says
     * @return the name of an application, or empty if it is nobody that the configuration knows
     * @throws UnavailableException if there is no configuration yet, and so nobody is known
     */
    Optional<String> application(Optional<String> authorization) {
        Correspondence correspondence = proxy.correspondence().orElseThrow(() -> new UnavailableException(
                "", "this proxy has no configuration yet, so it knows nobody: it waits for a controller"));
        return tokens(correspondence).application(authorization);
    }

    private Tokens tokens(Correspondence correspondence) {
        Optional<Known> now = known.filter(each -> each.correspondence() == correspondence);
        if (now.isEmpty()) {
            now = Optional.of(new Known(correspondence, new Tokens(correspondence.configuration())));
            known = now;
        }
        return now.orElseThrow().tokens();
    }
}
