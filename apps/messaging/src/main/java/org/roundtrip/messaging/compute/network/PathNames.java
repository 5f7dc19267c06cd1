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
package org.roundtrip.messaging.compute.network;

import com.google.common.hash.Hashing;
import org.roundtrip.tepath.Payload;

import java.nio.charset.StandardCharsets;

/**
 * What the te-paths of messaging are called.
 */
final class PathNames {

    private static final String PREFIX = "messaging.";
    private static final String IPV6 = ".ipv6";
    /** What a te-path may be called at most. */
    private static final int LONGEST = 63;
    private static final int BEGINNING = 14;
    private static final int DIGEST = 16;

    private PathNames() {
    }

    /**
     * Returns the name of the te-path of two data centres: messaging.ONE.OTHER, with .ipv6 for that IP version. Where
     * this would be too long, or could be that of another pair because a name has a dot in it, it has the beginnings
     * of both names and a digest of them.
     *
     * @param one     the name of the data centre that comes first
     * @param other   the name of the other one
     * @param payload what the te-path carries
     * @return a name that no other pair has
     */
    static String of(String one, String other, Payload payload) {
        String plain = PREFIX + one + "." + other;
        boolean isPlain = !one.contains(".") && !other.contains(".") && plain.length() + IPV6.length() <= LONGEST;
        return (isPlain ? plain : abridged(one, other)) + (payload == Payload.IPV6 ? IPV6 : "");
    }

    private static String abridged(String one, String other) {
        // No name has a space in it.
        String digest = Hashing.sha256().hashString(one + " " + other, StandardCharsets.UTF_8).toString();
        return PREFIX + beginning(one) + "." + beginning(other) + "." + digest.substring(0, DIGEST);
    }

    private static String beginning(String name) {
        return name.replace('.', '_').substring(0, Math.min(BEGINNING, name.length()));
    }
}
