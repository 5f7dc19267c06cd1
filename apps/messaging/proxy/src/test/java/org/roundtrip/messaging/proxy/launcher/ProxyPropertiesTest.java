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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.InvalidRequestException;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProxyPropertiesTest {

    private static final String RIGHT = "name=proxy-1\ndata-centre=north\nstate-folder=/var/lib/x\n"
            + "controllers=http://192.0.2.1:8181, https://[2001:db8::1]:8443\n";

    @TempDir
    private Path folder;

    private static ProxyProperties of(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return ProxyProperties.of(properties);
    }

    @Test
    void saysWhatAProcessNeeds() throws IOException {
        ProxyProperties properties = of(RIGHT + "kafka.security.protocol=SSL\nmetrics-listen=127.0.0.1:6692");
        assertThat(properties.name()).isEqualTo("proxy-1");
        assertThat(properties.controllers().addresses()).hasSize(2);
        assertThat(properties.listen().getPort()).isEqualTo(6691);
        assertThat(properties.metrics()).hasValueSatisfying(each -> assertThat(each.getPort()).isEqualTo(6692));
        assertThat(properties.kafka().of("north")).isEqualTo(Map.of("security.protocol", "SSL"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name|1 2|not a name",
        "name||must be given",
        "controllers||must be given",
        "controllers|192.0.2.1|must be an address",
        "controllers|ftp://x|must be an address",
        "state-folder||must be given",
        "listen|6691|must be a host",
        "listen|a:99999|must be a host",
        "metrics-listen|nowhere|must be a host",
        "controllers-user|me|needs a controllers-password",
        "controllers-password|secret|needs a controllers-password",
        "controllers-password-file|/nowhere/x|can't be read",
        "tls-key|/nowhere/key|can't be read",
        "colour|blue|is unknown",
    })
    void saysWhatIsWrong(String key, String value, String complaint) {
        assertThatThrownBy(() -> of(RIGHT + key + "=" + (value == null ? "" : value)))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining(complaint);
    }

    @Test
    void theExampleIsRight() {
        assertThat(execute("message", "--check-config", "--config", "src/main/config/proxy.properties"))
                .startsWith("0 ").contains("is right");
    }

    @Test
    void theCommandSaysWhatIsWrongAndEnds() throws IOException {
        Path file = folder.resolve("proxy.properties");
        Files.writeString(file, RIGHT.replace("data-centre=north\n", ""));
        assertThat(execute("message", "--config", file.toString())).startsWith("1 ").contains("data-centre must be");
        assertThat(execute("recorder", "--check-config", "--config", file.toString())).startsWith("0 ");
        assertThat(execute("recorder", "--config", "/nowhere/x")).startsWith("1 ").contains("NoSuchFile");
        assertThat(execute("message")).startsWith("2 ").contains("--config");
        assertThat(execute("nonsense")).startsWith("2 ");
    }

    private static String execute(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(text));
        command.setErr(new PrintWriter(text));
        int status = command.execute(arguments);
        return status + " " + text;
    }
}
