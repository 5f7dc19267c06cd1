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
package org.roundtrip.benchmark.messaging;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.MessageProxySettings;
import org.roundtrip.messaging.proxy.message.OutgoingMessage;
import org.roundtrip.messaging.proxy.message.SubscriptionOptions;
import org.roundtrip.messaging.proxy.message.compute.ProcessedPositions;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Messages that an application gives to the message proxy of its data centre, and another one receives from the message
 * proxy of its own.
 */
final class ProxyEnds implements MessageEnds {

    private static final int WINDOW = 1000;

    private final String sender;
    private final String processor;
    private final MessageProxy here;
    private final MessageProxy there;

    /**
     * Connects.
     *
     * @param configuration the configuration of messaging
     * @param sender        the application that sends
     * @param processor     the application that receives
     */
    ProxyEnds(MessagingConfiguration configuration, String sender, String processor) {
        this.sender = sender;
        this.processor = processor;
        this.here = proxyOf(configuration, sender);
        this.there = proxyOf(configuration, processor);
    }

    private static MessageProxy proxyOf(MessagingConfiguration configuration, String application) {
        String dataCentre = configuration.applications().stream().filter(each -> each.name().equals(application))
                .findFirst().orElseThrow().dataCentre();
        MessageProxy proxy = new MessageProxy(MessageProxySettings.of("message-proxy", dataCentre),
                                              new SimpleMeterRegistry());
        proxy.configure(configuration);
        return proxy;
    }

    @Override
    public CompletionStage<?> send(Payload payload) {
        return here.send(OutgoingMessage.of(sender, processor, payload.key(), payload.bytes()));
    }

    @Override
    public void receive(Consumer<byte[]> listener) {
        there.receive(processor, new SubscriptionOptions(WINDOW, ProcessedPositions.NONE), delivery -> {
            listener.accept(delivery.payload());
            delivery.acknowledge();
        });
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
