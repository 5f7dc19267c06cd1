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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AgentConfigurationTest {

    private static Properties complete() {
        Properties properties = new Properties();
        properties.setProperty("name", "node-1");
        properties.setProperty("controllers", "192.0.2.1:6690, [2001:db8::1]:7000 , controller.example.org");
        properties.setProperty("secret", "not to be guessed");
        properties.setProperty("interface", "detect0");
        return properties;
    }

    @Test
    void understandsWhatIsGiven() {
        AgentConfiguration configuration = AgentConfiguration.of(complete());

        assertThat(configuration.credentials().agent()).isEqualTo("node-1");
        assertThat(configuration.controllers()).containsExactly(
                InetSocketAddress.createUnresolved("192.0.2.1", 6690),
                InetSocketAddress.createUnresolved("2001:db8::1", 7000),
                InetSocketAddress.createUnresolved("controller.example.org", 6690));
        assertThat(configuration.stateFile()).isEmpty();
        assertThat(configuration.toString()).doesNotContain("guessed");
    }

    @ParameterizedTest
    @CsvSource({
        "name, ''", "name, -no name-", "controllers, ''", "controllers, host:0", "controllers, host:65536",
        "controllers, 2001:db8::1:6690", "controllers, [::1", "secret, ''", "interface, ''", "interface, a/b",
        "interface, sixteen-letters-", "source-ipv4, fe80::1", "source-ipv4, localhost", "source-ipv6, 192.0.2.1",
        "source-ipv6, fe80::zz", "tls-trust, /nonexistent/file.pem", "starved-percent, 0", "starved-percent, many",
        "colour, blue"})
    void namesTheFieldThatIsWrong(String field, String text) {
        Properties properties = complete();
        properties.setProperty(field, text);

        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class,
                () -> AgentConfiguration.of(properties));

        assertThat(refusal).isNotNull();
        assertThat(refusal.errors()).extracting(FieldError::field).containsOnly(field);
    }

    @Test
    void namesAllFieldsThatAreMissing() {
        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class,
                () -> AgentConfiguration.of(new Properties()));

        assertThat(refusal.errors()).extracting(FieldError::field)
                .containsExactlyInAnyOrder("name", "controllers", "secret", "interface");
    }

    @Test
    void readsTheSecretFromAFile(@TempDir Path folder) throws IOException {
        Properties properties = complete();
        properties.remove("secret");
        Path file = folder.resolve("secret");
        properties.setProperty("secret-file", file.toString());

        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> AgentConfiguration.of(properties))
                .errors()).extracting(FieldError::field).containsExactly("secret-file");
        Files.writeString(file, "\n");
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> AgentConfiguration.of(properties))
                .errors()).extracting(FieldError::field).containsExactly("secret-file");
        Files.writeString(file, "not to be guessed\n");
        assertThat(AgentConfiguration.of(properties).credentials().agent()).isEqualTo("node-1");
        properties.setProperty("secret", "twice");
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> AgentConfiguration.of(properties))
                .errors()).extracting(FieldError::field).containsExactly("secret");
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void canBeCheckedByTheCommand(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("agent.properties");
        Files.writeString(file, "name = node-1\ncontrollers = 192.0.2.1\nsecret = s\ninterface = detect0\n");

        assertThat(execute("--config", file.toString(), "--check-config")).isZero();
        assertThat(out.toString()).contains("is right");

        Files.writeString(file, "name = node-1\ncontrollers = 192.0.2.1\nsecret = s\n");
        assertThat(execute("--config", file.toString(), "--check-config")).isEqualTo(1);
        assertThat(err.toString()).contains("interface must be given");
    }

    @Test
    void isAskedForByTheCommand(@TempDir Path folder) {
        assertThat(execute("--config", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("can't be read");
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("--help")).isZero();
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).contains("--check-config").contains("roundtrip-detection-agent");
    }
}
