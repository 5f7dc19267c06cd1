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
package org.roundtrip.messaging.proxy.launcher;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.messaging.proxy.configuration.Controllers;
import org.roundtrip.messaging.proxy.server.MessageServer;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.URI;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process has to know before a controller tells it the rest: a file in the format of {@link Properties}.
 *
 * @param name         its name
 * @param dataCentre   the data centre in which it is; empty for a recorder outside of all
 * @param controllers  where to ask for the configuration
 * @param stateFolder  where it keeps the configuration
 * @param listen       where applications connect
 * @param keys         by what it proves who it is
 * @param metrics      where it tells what it has counted, or empty for nowhere
 * @param kafka        more settings for clients of storage servers
 */
record ProxyProperties(String name, String dataCentre, Controllers controllers, Path stateFolder,
                       InetSocketAddress listen, Optional<MessageServer.Keys> keys,
                       Optional<InetSocketAddress> metrics, KafkaProperties kafka) {

    private static final String KAFKA = "kafka.";
    private static final Set<String> KEYS = Set.of("name", "data-centre", "controllers", "controllers-user",
            "controllers-password", "controllers-password-file", "state-folder", "listen", "tls-certificates",
            "tls-key", "metrics-listen");
    /** A host or an IPv4 address, or an IPv6 address in brackets, then a port. */
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:\\s]+)):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads a file.
     *
     * @param file the file
     * @return what it says
     * @throws IOException             if it can't be read
     * @throws InvalidRequestException naming the fields that are wrong
     */
    static ProxyProperties read(Path file) throws IOException {
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
    static ProxyProperties of(Properties properties) {
        return new Fields(properties).all();
    }

    /**
     * Refuses properties of a process that is in no data centre.
     *
     * @throws InvalidRequestException if it is in none
     */
    void requireDataCentre() {
        new Validation().require(!dataCentre.isEmpty(), "data-centre", "must be given").throwIfInvalid();
    }

    /** Reads fields and collects what is wrong with them. */
    private static final class Fields {
        private final Properties properties;
        private final Validation validation = new Validation();

        Fields(Properties properties) {
            this.properties = properties;
        }

        ProxyProperties all() {
            Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
            unknown.removeAll(KEYS);
            unknown.removeIf(key -> key.startsWith(KAFKA));
            unknown.forEach(key -> validation.require(false, key, "is unknown; there are "
                    + String.join(", ", new TreeSet<>(KEYS)) + " and those that begin with " + KAFKA));
            String name = required("name");
            if (!name.isEmpty()) {
                validation.requireName(name, "name");
            }
            List<URI> controllers = Stream.of(required("controllers").split(","))
                    .map(String::trim)
                    .filter(each -> !each.isEmpty())
                    .flatMap(each -> controller(each).stream())
                    .toList();
            Optional<Controllers.Login> login = login();
            Optional<InetSocketAddress> listen = endpoint("listen", optional("listen").orElse("[::]:6691"));
            Optional<InetSocketAddress> metrics =
                    optional("metrics-listen").flatMap(text -> endpoint("metrics-listen", text));
            Optional<MessageServer.Keys> keys = keys();
            String folder = required("state-folder");
            validation.throwIfInvalid();
            return new ProxyProperties(name, optional("data-centre").orElse(""), new Controllers(controllers, login),
                                       Path.of(folder), listen.orElseThrow(), keys, metrics, kafka());
        }

        private Optional<String> optional(String key) {
            return Optional.ofNullable(properties.getProperty(key)).map(String::trim).filter(text -> !text.isEmpty());
        }

        private String required(String key) {
            Optional<String> text = optional(key);
            validation.require(text.isPresent(), key, "must be given");
            return text.orElse("");
        }

        private Optional<URI> controller(String text) {
            boolean valid = text.matches("https?://[^/\\s?#]+/?");
            validation.require(valid, "controllers", "\"" + text + "\" must be an address such as"
                    + " http://192.0.2.11:8181");
            try {
                return valid ? Optional.of(URI.create(text)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                validation.require(false, "controllers", e.getMessage());
                return Optional.empty();
            }
        }

        private Optional<Controllers.Login> login() {
            Optional<String> user = optional("controllers-user");
            Optional<String> password = optional("controllers-password")
                    .or(() -> optional("controllers-password-file").flatMap(this::contents));
            validation.require(user.isPresent() == password.isPresent(), "controllers-user",
                               "needs a controllers-password or controllers-password-file, and these need it");
            return user.flatMap(name -> password.map(secret -> new Controllers.Login(name, secret)));
        }

        private Optional<String> contents(String file) {
            try {
                return Optional.of(Files.readString(Path.of(file), StandardCharsets.UTF_8).trim());
            } catch (IOException e) {
                validation.require(false, "controllers-password-file", "can't be read: " + e);
                return Optional.empty();
            }
        }

        private Optional<MessageServer.Keys> keys() {
            Optional<Path> certificates = file("tls-certificates");
            Optional<Path> key = file("tls-key");
            validation.require(certificates.isPresent() == key.isPresent(), "tls-key",
                               "and tls-certificates need each other");
            return certificates.flatMap(chain -> key.map(secret -> new MessageServer.Keys(chain, secret)));
        }

        private Optional<Path> file(String key) {
            Optional<Path> file = optional(key).map(Path::of);
            file.ifPresent(path -> validation.require(Files.isReadable(path), key, path + " can't be read"));
            return file;
        }

        private Optional<InetSocketAddress> endpoint(String key, String text) {
            Matcher matcher = ENDPOINT.matcher(text);
            boolean valid = matcher.matches() && Integer.parseInt(matcher.group(3)) <= HIGHEST_PORT;
            validation.require(valid, key, "\"" + text + "\" must be a host or address, a colon and a port; an IPv6"
                    + " address in brackets");
            return valid ? Optional.of(new InetSocketAddress(
                    Optional.ofNullable(matcher.group(1)).orElse(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)))) : Optional.empty();
        }

        private KafkaProperties kafka() {
            return new KafkaProperties(properties.stringPropertyNames().stream().filter(key -> key.startsWith(KAFKA))
                    .collect(Collectors.toMap(key -> key.substring(KAFKA.length()), properties::getProperty)));
        }
    }
}
