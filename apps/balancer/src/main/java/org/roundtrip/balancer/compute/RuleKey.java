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
package org.roundtrip.balancer.compute;

import org.onosproject.net.DeviceId;

import java.util.Optional;
import java.util.Set;

/**
 * What a key of {@link RuleSets} says of its set.
 */
public final class RuleKey {

    private static final String SERVER = "server";
    private static final String VIP = "vip";
    /** The kinds of sets by which an access switch sends requests to members. */
    private static final Set<String> SENDING = Set.of("requests", "slots");

    private RuleKey() {
    }

    /**
     * Returns the switch where the rules are.
     *
     * @param key a key
     * @return the switch
     */
    public static DeviceId device(String key) {
        return DeviceId.deviceId(key.substring(key.lastIndexOf('/') + 1));
    }

    /**
     * Returns whose rules they are.
     *
     * @param key a key
     * @return the name of a virtual server, or empty if they are not of one
     */
    public static Optional<String> server(String key) {
        return second(key, SERVER);
    }

    /**
     * Returns whose rules they are.
     *
     * @param key a key
     * @return a virtual IP address, or empty if they are not of one
     */
    public static Optional<String> vip(String key) {
        return second(key, VIP);
    }

    /**
     * Returns whether the rules send requests of a virtual server to members.
     *
     * @param key a key
     * @return true if so; false if they take them, or are not of a virtual server
     */
    public static boolean isAtAccessSwitch(String key) {
        String[] parts = key.split("/");
        return parts[0].equals(SERVER) && SENDING.contains(parts[2]);
    }

    private static Optional<String> second(String key, String kind) {
        String[] parts = key.split("/");
        return parts[0].equals(kind) ? Optional.of(parts[1]) : Optional.empty();
    }
}
