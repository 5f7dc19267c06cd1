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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Proofs of who knows a secret. Each covers who proves, the versions and both nonces, so that none fits another
 * connection or the other direction, and nobody in between can talk both into an older version.
 */
final class Proofs {

    /** How many hexadecimal digits a proof and a nonce have. */
    static final int DIGITS = 64;

    /** What proofs and nonces look like, for an error message. */
    static final String SYNTAX = "must be " + DIGITS + " hexadecimal digits in lower case";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + DIGITS + "}");

    private final Secret secret;
    private final String transcript;

    /**
     * Prepares the proofs of one connection.
     *
     * @param secret          what is to be known
     * @param hello           what the agent has said
     * @param version         what the controller has chosen
     * @param controllerNonce what the controller has never sent before
     */
    Proofs(Secret secret, Hello hello, int version, String controllerNonce) {
        this.secret = secret;
        // No field can contain the separator, so that no two connections have the same.
        this.transcript = String.join("\n", Integer.toString(version), hello.versions().stream().map(String::valueOf)
                .collect(Collectors.joining(",")), hello.agent(), hello.nonce(), controllerNonce);
    }

    static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }

    String ofController() {
        return proof("controller");
    }

    String ofAgent() {
        return proof("agent");
    }

    /**
     * Compares two proofs in a time that does not depend on where they differ.
     *
     * @param expected what is right
     * @param given    what was sent
     * @return true if they are the same
     */
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII),
                                     given.getBytes(StandardCharsets.US_ASCII));
    }

    private String proof(String role) {
        return Hex.format(secret.authenticate(role + "\n" + transcript));
    }
}
