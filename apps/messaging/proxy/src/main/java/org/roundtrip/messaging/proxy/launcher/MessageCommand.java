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

import io.micrometer.core.instrument.Gauge;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.proxy.configuration.ConfigurationFollower;
import org.roundtrip.messaging.proxy.configuration.ProxyReporter;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.server.MessageServer;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.time.Duration;

/**
 * Runs a message proxy.
 */
@Command(name = "message", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Takes messages from applications of this data centre, and delivers theirs to them.")
final class MessageCommand extends ProcessCommand {

    /** How long a controller may hold an answer back. */
    static final Duration WAIT = Duration.ofSeconds(30);
    /** Where the configuration is kept in the state folder. */
    static final String FILE = "configuration.json";

    @Override
    void check(ProxyProperties properties) {
        if (properties.dataCentre().isEmpty()) {
            throw new InvalidRequestException("data-centre", "must be given");
        }
    }

    @Override
    Running start(ProxyProperties properties) throws IOException {
        Metrics metrics = new Metrics(properties.metrics());
        MessageProxySettings settings = MessageProxySettings.of(properties.name(), properties.dataCentre())
                .withKafka(properties.kafka());
        MessageProxy proxy = new MessageProxy(settings, metrics.registry());
        MessageServer server = new MessageServer(proxy, properties.listen(), properties.keys());
        ConfigurationFollower follower = new ConfigurationFollower(
                properties.controllers(), properties.stateFolder().resolve(FILE), WAIT, proxy::configure);
        Gauge.builder("roundtrip.configuration.version", follower,
                      each -> each.current().map(MessagingConfiguration::version).orElse(0L))
                .description("By which configuration the proxy works; 0 if it has none yet")
                .register(metrics.registry());
        ProxyReporter reporter = new ProxyReporter(properties.controllers(), () -> report(properties, proxy));
        server.start();
        follower.start();
        reporter.start();
        return () -> {
            reporter.close();
            follower.close();
            server.close();
            proxy.close();
            metrics.close();
        };
    }

    private static ProxyReport report(ProxyProperties properties, MessageProxy proxy) {
        ProxyReport.Builder report = ProxyReport.builder();
        return report.name(properties.name()).dataCentre(properties.dataCentre()).software(Main.version())
                .configurationVersion(proxy.correspondence().map(each -> each.configuration().version()).orElse(0L))
                .queues(proxy.report()).build();
    }
}
