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

import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells applications by their tokens (RFC 6750), of which the configuration holds digests only. Who could find out by
 * the time of the answer how much of a digest is right would have to invert SHA-256 to use it. Immutable.
 */
final class Tokens {

    private static final String BEARER = "bearer ";

    private final Map<String, String> applications = new HashMap<>();

    Tokens(MessagingConfiguration configuration) {
        for (Application application : configuration.applications()) {
            application.tokens().forEach(token ->
                    applications.put(token.toLowerCase(Locale.ROOT), application.name()));
        }
    }

    /**
     * Returns whose token it is.
     *
     * @param authorization what the header of that name says, or empty if there is none
     * @return the name of an application, or empty if it is nobody's
     */
    Optional<String> application(Optional<String> authorization) {
        return authorization
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).trim())
                .map(Tokens::digest)
                .map(applications::get);
    }

    /** Returns the digest of a token as the configuration has it. */
    static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
