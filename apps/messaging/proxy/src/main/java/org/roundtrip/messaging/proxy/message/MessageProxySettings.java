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
package org.roundtrip.messaging.proxy.message;

import org.roundtrip.messaging.proxy.TopicDefinition;
import org.roundtrip.messaging.proxy.message.compute.RedeliverySchedule;

import java.time.Duration;
import java.util.Map;

/**
 * What a message proxy has to know beside the configuration of messaging.
 *
 * @param name         its name; when it comes back under the same one, it goes on at once with what it had
 * @param dataCentre   the data centre in which it is
 * @param kafka        more settings for the clients of the storage server, such as those of TLS and SASL
 * @param redelivery   when messages come again that applications refuse
 * @param largest      how large a message may be, with its key and headers, in bytes
 * @param handOverTime how long it waits for acknowledgements of a partition that goes to another proxy
 */
public record MessageProxySettings(String name, String dataCentre, Map<String, String> kafka,
                                   RedeliverySchedule redelivery, int largest, Duration handOverTime) {

    /**
     * Copies what may change.
     */
    public MessageProxySettings {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Creates the usual ones: messages of a little more than 1 MiB, so that a payload of 1 MiB fits.
     *
     * @param name       its name
     * @param dataCentre the data centre in which it is
     * @return the settings
     */
    public static MessageProxySettings of(String name, String dataCentre) {
        return new MessageProxySettings(name, dataCentre, Map.of(), RedeliverySchedule.USUAL,
                                        TopicDefinition.LARGEST_MESSAGE, Duration.ofSeconds(5));
    }

    /**
     * Returns the same settings with others for the clients of the storage server.
     *
     * @param other those settings, such as {@code security.protocol}
     * @return the settings
     */
    public MessageProxySettings withKafka(Map<String, String> other) {
        return new MessageProxySettings(name, dataCentre, other, redelivery, largest, handOverTime);
    }

    /**
     * Returns how large a record may be: a message with what proxies add to it.
     *
     * @return bytes
     */
    int largestRecord() {
        return largest + TopicDefinition.LARGEST_ADDITION;
    }
}
