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

import io.micrometer.core.instrument.MeterRegistry;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.server.MessageServer;

import java.io.IOException;

/**
 * A message proxy, and the server by which applications use it.
 */
final class MessageService implements Service {

    private final MessageProxy proxy;
    private final MessageServer server;

    MessageService(ProxyProperties properties, MeterRegistry registry) throws IOException {
        MessageProxySettings settings = MessageProxySettings.of(properties.name(), properties.dataCentre())
                .withKafka(properties.kafka().of(properties.dataCentre()));
        proxy = new MessageProxy(settings, registry);
        server = new MessageServer(proxy, properties.listen(), properties.keys());
        server.start();
    }

    @Override
    public void configure(MessagingConfiguration configuration) {
        proxy.configure(configuration);
    }

    @Override
    public void report(ProxyReport.Builder report) {
        report.queues(proxy.report());
    }

    @Override
    public void close() {
        server.close();
        proxy.close();
    }
}
