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
package org.roundtrip.messaging.configuration;

import org.roundtrip.base.Validation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What addresses, topics and digests look like.
 */
final class Syntax {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern SERVER =
            Pattern.compile("(?:\\[(?<six>[^\\]]*)\\]|(?<host>[^:]*)):(?<port>[0-9]{1,5})");
    private static final Pattern BROKER = Pattern.compile(
            "(?:\\[(?<six>[^\\]/]*)(?:/(?<length6>[0-9]{1,3}))?\\]|(?<four>[0-9.]+)(?:/(?<length4>[0-9]{1,2}))?)"
                    + ":(?<port>[0-9]{1,5})");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final Pattern CONNECT_POINT = Pattern.compile("[a-z]+:[A-Za-z0-9._:-]+/[0-9]{1,10}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private Syntax() {
    }

    /** Requires addresses of servers, each once. */
    static void requireServers(Validation validation, List<String> servers, String field) {
        requireEach(validation, servers, Syntax::isServer, field,
                    "is not an address of a server: use HOST:PORT, such as kafka.example.net:9092 or "
                            + "[2001:db8::1]:9092");
    }

    /** Requires IP addresses, each once. */
    static void requireAddresses(Validation validation, List<String> addresses, String field) {
        requireEach(validation, addresses, Syntax::isAddress, field,
                    "is not an IP address, such as 10.0.0.1 or 2001:db8::1");
    }

    /** Requires addresses or prefixes with ports, each once. */
    static void requireBrokers(Validation validation, List<String> brokers, String field) {
        requireEach(validation, brokers, Syntax::isBroker, field,
                    "is not where brokers listen: use ADDRESS:PORT or PREFIX:PORT, such as 10.0.0.1:9092, "
                            + "10.0.0.0/28:9092 or [2001:db8::/64]:9092");
    }

    /** Requires ports of switches, each once. */
    static void requireConnectPoints(Validation validation, List<String> points, String field) {
        requireEach(validation, points, point -> CONNECT_POINT.matcher(point).matches(), field,
                    "is not a connect point, such as of:0000000000000001/2");
    }

    /** Requires digests of tokens, each once. */
    static void requireDigests(Validation validation, List<String> digests, String field) {
        requireEach(validation, digests, digest -> SHA_256.matcher(digest).matches(), field,
                    "is not the SHA-256 digest of a token: use 64 hexadecimal digits in lower case");
    }

    /** Requires the name of a Kafka topic. */
    static void requireTopic(Validation validation, Optional<String> topic, String field) {
        topic.ifPresent(name -> validation.require(
                TOPIC.matcher(name).matches(), field,
                "'" + name + "' is not a topic: use 1 to 249 letters, digits, '_', '.' and '-'"));
    }

    /** Requires what is counted. */
    static void requireCount(Validation validation, long count, String field) {
        validation.require(count >= 0, field, "must not be negative");
    }

    /** Requires things of a list each once and of one kind. */
    static void requireEach(Validation validation, List<String> values, Predicate<String> kind, String field,
                            String wrong) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            validation.require(kind.test(value), field + "[" + i + "]", "'" + value + "' " + wrong);
            validation.require(seen.add(value), field + "[" + i + "]", "'" + value + "' is there twice");
        }
    }

    private static boolean isServer(String server) {
        Matcher matcher = SERVER.matcher(server);
        if (!matcher.matches()) {
            return false;
        }
        boolean host = matcher.group("six") == null ? HOST.matcher(matcher.group("host")).matches()
                : isAddress6(matcher.group("six"));
        return host && isPort(matcher.group("port"));
    }

    private static boolean isBroker(String broker) {
        Matcher matcher = BROKER.matcher(broker);
        if (!matcher.matches() || !isPort(matcher.group("port"))) {
            return false;
        }
        return matcher.group("six") == null
                ? IPV4.matcher(matcher.group("four")).matches() && isLength(matcher.group("length4"), 32)
                : isAddress6(matcher.group("six")) && isLength(matcher.group("length6"), 128);
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535;
    }

    private static boolean isLength(String digits, int longest) {
        return digits == null || Integer.parseInt(digits) <= longest;
    }

    private static boolean isAddress(String address) {
        return IPV4.matcher(address).matches() || isAddress6(address);
    }

    private static boolean isAddress6(String address) {
        if (!IPV6.matcher(address).matches()) {
            return false;
        }
        try {
            // With a colon in it, it is never looked up.
            return InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
