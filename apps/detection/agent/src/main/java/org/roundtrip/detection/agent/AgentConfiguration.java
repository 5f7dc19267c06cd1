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
package org.roundtrip.detection.agent;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.detection.agent.probe.ProbeSource;
import org.roundtrip.detection.protocol.AgentCredentials;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.TransportSecurity;

import java.io.IOException;
import java.io.Reader;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the agent has to know before a controller tells it the rest: a file in the format of {@link Properties}.
 *
 * @param credentials    by what the agent is known to controllers
 * @param controllers    where these listen
 * @param security       whether and how connections to them are protected
 * @param source         where probes come from
 * @param stateFile      where the last request is kept for the next start, or empty for nowhere
 * @param starvedPercent for which part of a timeout the agent may not run, in percent, if what it finds is to be
 *                       believed
 */
record AgentConfiguration(AgentCredentials credentials, List<InetSocketAddress> controllers,
        TransportSecurity security, ProbeSource source, Optional<Path> stateFile, int starvedPercent) {

    private static final int DEFAULT_PORT = 6690;
    private static final int LONGEST_INTERFACE_NAME = 15;
    private static final Set<String> KEYS = Set.of("name", "controllers", "secret", "secret-file", "interface",
            "source-ipv4", "source-ipv6", "tls-trust", "state-file", "starved-percent");
    /** A host or an IPv4 address, or an IPv6 address in brackets, then perhaps a port. */
    private static final Pattern ENDPOINT =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:\\s]+))(?::(\\d{1,5}))?");
    private static final Pattern PERCENT = Pattern.compile("[1-9]\\d{0,5}");

    /**
     * Reads a file.
     *
     * @param file the file
     * @return what it says
     * @throws IOException             if it can't be read
     * @throws InvalidRequestException naming the fields that are wrong
     */
    static AgentConfiguration read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return of(properties);
    }

    /**
     * Understands properties.
     *
     * @param properties the properties
     * @return what they say
     * @throws InvalidRequestException naming the fields that are wrong
     */
    static AgentConfiguration of(Properties properties) {
        return new Fields(properties).configuration();
    }

    /** Reads fields and collects what is wrong with them. */
    private static final class Fields {
        private final Properties properties;
        private final Validation validation = new Validation();

        Fields(Properties properties) {
            this.properties = properties;
        }

        AgentConfiguration configuration() {
            Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
            unknown.removeAll(KEYS);
            unknown.forEach(key -> validation.require(false, key, "is unknown; there are "
                    + String.join(", ", new TreeSet<>(KEYS))));
            String name = required("name");
            if (!name.isEmpty()) {
                validation.requireName(name, "name");
            }
            Optional<Secret> secret = secret();
            List<InetSocketAddress> controllers = Stream.of(required("controllers").split(","))
                    .map(String::trim)
                    .filter(each -> !each.isEmpty())
                    .flatMap(each -> endpoint(each).stream())
                    .toList();
            Optional<ProbeSource> source = source();
            TransportSecurity security = security();
            int percent = starvedPercent();
            validation.throwIfInvalid();
            return new AgentConfiguration(AgentCredentials.of(name, secret.orElseThrow()), controllers, security,
                    source.orElseThrow(), optional("state-file").map(Path::of), percent);
        }

        private Optional<String> optional(String key) {
            return Optional.ofNullable(properties.getProperty(key)).map(String::trim).filter(text -> !text.isEmpty());
        }

        private String required(String key) {
            Optional<String> text = optional(key);
            validation.require(text.isPresent(), key, "must be given");
            return text.orElse("");
        }

        private Optional<Secret> secret() {
            Optional<String> secret = optional("secret");
            Optional<String> file = optional("secret-file");
            boolean one = secret.isPresent() != file.isPresent();
            validation.require(one, "secret", "must be given, either itself or as secret-file");
            return one ? secret.or(() -> file.flatMap(this::contents)).map(Secret::of) : Optional.empty();
        }

        private Optional<String> contents(String file) {
            try {
                String text = Files.readString(Path.of(file), StandardCharsets.UTF_8).trim();
                validation.require(!text.isEmpty(), "secret-file", file + " is empty");
                return Optional.of(text).filter(each -> !each.isEmpty());
            } catch (IOException e) {
                validation.require(false, "secret-file", "can't be read: " + e);
                return Optional.empty();
            }
        }

        private Optional<InetSocketAddress> endpoint(String text) {
            Matcher matcher = ENDPOINT.matcher(text);
            int port = !matcher.matches() ? 0 : matcher.group(3) == null ? DEFAULT_PORT
                    : Integer.parseInt(matcher.group(3));
            boolean valid = port >= 1 && port <= 65_535;
            validation.require(valid, "controllers", "\"" + text + "\" must be a host or address, then perhaps a colon"
                    + " and a port; an IPv6 address in brackets");
            return valid ? Optional.of(InetSocketAddress.createUnresolved(
                    Optional.ofNullable(matcher.group(1)).orElse(matcher.group(2)), port)) : Optional.empty();
        }

        private Optional<ProbeSource> source() {
            String device = required("interface");
            validation.require(device.matches("[!-.0-~]{0," + LONGEST_INTERFACE_NAME + "}"), "interface",
                    "\"" + device + "\" is no name of an interface");
            Optional<InetAddress> ipv4 = address("source-ipv4", "169.254.255.1", Inet4Address.class);
            Optional<InetAddress> ipv6 = address("source-ipv6", "fe80::de:1", Inet6Address.class);
            return ipv4.flatMap(four -> ipv6.map(six -> ProbeSource.of(device, four, six)));
        }

        private Optional<InetAddress> address(String key, String usual, Class<? extends InetAddress> family) {
            String text = optional(key).orElse(usual);
            Optional<InetAddress> address = numeric(text).filter(family::isInstance);
            validation.require(address.isPresent(), key, "\"" + text + "\" must be an IP address of its version");
            return address;
        }

        private static Optional<InetAddress> numeric(String text) {
            try {
                return Optional.of(ProbeSource.numeric(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private TransportSecurity security() {
            Optional<String> trusted = optional("tls-trust");
            try {
                return trusted.map(Path::of).map(TransportSecurity::ofAgent).orElseGet(TransportSecurity::none);
            } catch (IllegalArgumentException e) {
                validation.require(false, "tls-trust", e.getMessage());
                return TransportSecurity.none();
            }
        }

        private int starvedPercent() {
            String text = optional("starved-percent").orElse("25");
            boolean valid = PERCENT.matcher(text).matches();
            validation.require(valid, "starved-percent", "\"" + text + "\" must be a number from 1 to 999999");
            return valid ? Integer.parseInt(text) : 0;
        }
    }
}
