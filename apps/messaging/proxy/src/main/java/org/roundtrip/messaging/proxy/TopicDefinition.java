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
package org.roundtrip.messaging.proxy;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

import java.util.Map;

/**
 * How a topic is made that does not exist. Message proxies and routing proxies make the same ones, whichever of them
 * comes first.
 */
public final class TopicDefinition {

    /** How large a message may usually be, in bytes: a payload of 1 MiB with its key and headers. */
    public static final int LARGEST_MESSAGE = (1 << 20) + (1 << 16);

    /** What proxies may add to a message, in bytes. */
    public static final int LARGEST_ADDITION = 1 << 16;

    private static final int MOST_REPLICAS = 3;

    private TopicDefinition() {
    }

    /**
     * Returns a topic for messages of the usual size.
     *
     * @param name       its name
     * @param partitions how many partitions it gets
     * @param brokers    how many brokers the storage server has
     * @return the topic, with up to three replicas
     */
    public static NewTopic of(String name, int partitions, int brokers) {
        return of(name, partitions, brokers, LARGEST_MESSAGE);
    }

    /**
     * Returns a topic.
     *
     * @param name       its name
     * @param partitions how many partitions it gets
     * @param brokers    how many brokers the storage server has
     * @param largest    how large a message may be, in bytes, without what proxies add
     * @return the topic, with up to three replicas
     */
    public static NewTopic of(String name, int partitions, int brokers, int largest) {
        return new NewTopic(name, partitions, (short) Math.min(MOST_REPLICAS, brokers)).configs(Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largest + LARGEST_ADDITION)));
    }
}
