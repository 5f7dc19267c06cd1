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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.proxy.testing.Broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Storage servers that speak TLS and want users with passwords: the west by SCRAM, the east by PLAIN with another user,
 * each with a certificate of its own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecuredStorageIT {

    private static final String SECRET = "changeit";

    @TempDir
    private Path folder;
    private Broker west;
    private Broker east;
    private List<String> westServers;
    private List<String> eastServers;
    private Landscape landscape;

    @BeforeEach
    void start() throws Exception {
        makeCertificate("west");
        makeCertificate("east");
        int westPort = Broker.freePort();
        int eastPort = Broker.freePort();
        westServers = List.of("localhost:" + westPort);
        eastServers = List.of("localhost:" + eastPort);
        west = secured("west", westPort, "SCRAM-SHA-512", Map.of(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
        setPassword("right");
        east = secured("east", eastPort, "PLAIN", Map.of(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_carrier=\"east secret\";"));
        landscape = new Landscape("west").dataCentre("west", westServers).dataCentre("east", eastServers)
                .route("west", "east").route("east", "west")
                .clients("west", client("west", "SCRAM-SHA-512", "scram.ScramLoginModule", "proxy", "right"))
                .clients("east", client("east", "PLAIN", "plain.PlainLoginModule", "carrier", "east secret"));
    }

    @AfterEach
    void stop() throws Exception {
        landscape.close();
        west.close();
        east.close();
    }

    /** Makes keys of a broker, and a store that trusts them. */
    private void makeCertificate(String name) throws Exception {
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=" + name, "-ext",
                "SAN=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", file(name + ".p12"));
        keytool("-exportcert", "-alias", "broker", "-keystore", file(name + ".p12"), "-file", file(name + ".cer"));
        keytool("-importcert", "-noprompt", "-alias", "broker", "-file", file(name + ".cer"), "-storetype", "PKCS12",
                "-keystore", file(name + "-trusted.p12"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storepass", SECRET));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** A broker whose own connections need no user: only the other listener is for proxies. */
    private Broker secured(String name, int port, String mechanism, Map<String, String> users) throws Exception {
        int controllerPort = Broker.freePort();
        int ownPort = Broker.freePort();
        Map<String, String> properties = new HashMap<>(users);
        properties.putAll(Map.of(
                "listeners", "PLAINTEXT://localhost:" + ownPort + ",SASL_SSL://localhost:" + port
                        + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://localhost:" + ownPort + ",SASL_SSL://localhost:" + port,
                "inter.broker.listener.name", "PLAINTEXT",
                "sasl.enabled.mechanisms", mechanism,
                "ssl.keystore.location", file(name + ".p12"), "ssl.keystore.password", SECRET,
                "ssl.keystore.type", "PKCS12"));
        return new Broker(folder.resolve(name), ownPort, controllerPort, properties);
    }

    private void setPassword(String password) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", String.join(",", west.bootstrapServers())))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("proxy", new ScramCredentialInfo(
                    ScramMechanism.SCRAM_SHA_512, 4096), password))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private Map<String, String> client(String trusted, String mechanism, String module, String user, String password) {
        return Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", mechanism,
                      "sasl.jaas.config", "org.apache.kafka.common.security." + module + " required username=\"" + user
                              + "\" password=\"" + password + "\";",
                      "ssl.truststore.location", file(trusted + "-trusted.p12"), "ssl.truststore.password", SECRET);
    }

    @Test
    void messagesArriveThroughStorageServersThatAreSecuredInDifferentWays() {
        List<String> received = landscape.receive("east");
        RoutingProxy proxy = landscape.routingProxy("west", "routing-1");
        List<String> sent = landscape.send("east", 0, 100);
        Landscape.awaitOnceAndInOrder(received, sent);
        Landscape.awaitState(proxy, "east", RouteState.RUNNING);
    }

    @Test
    void aWrongPasswordIsNamedAndTheRouteGoesOnWhenItIsRight() throws Exception {
        List<String> received = landscape.receive("east");
        List<String> sent = landscape.send("east", 0, 20);
        setPassword("another");
        RoutingProxy proxy = landscape.routingProxy("west", "routing-1");
        Landscape.awaitState(proxy, "east", RouteState.WAITING, "west", "kafka.sasl.jaas.config");
        setPassword("right");
        Landscape.awaitOnceAndInOrder(received, sent);
        Landscape.awaitState(proxy, "east", RouteState.RUNNING);
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamedAndTheRouteGoesOnWhenItIs() throws Exception {
        List<String> received = landscape.receive("east");
        List<String> sent = landscape.send("east", 0, 20);
        Path trusted = folder.resolve("east-trusted.p12");
        Path right = Files.copy(trusted, folder.resolve("right.p12"));
        Files.copy(folder.resolve("west-trusted.p12"), trusted, StandardCopyOption.REPLACE_EXISTING);
        RoutingProxy proxy = landscape.routingProxy("west", "routing-1");
        Landscape.awaitState(proxy, "east", RouteState.WAITING, "east", "not trusted",
                             "kafka.east.ssl.truststore.location");
        Files.copy(right, trusted, StandardCopyOption.REPLACE_EXISTING);
        Landscape.awaitOnceAndInOrder(received, sent);
    }

    @Test
    void aDestinationThatSpeaksTlsToWhoDoesNotIsNamed() {
        landscape.clients("east", Map.of());
        landscape.send("east", 0, 1);
        RoutingProxy proxy = landscape.routingProxy("west", "routing-1");
        Landscape.awaitState(proxy, "east", RouteState.WAITING, "kafka.east.security.protocol");
    }
}
