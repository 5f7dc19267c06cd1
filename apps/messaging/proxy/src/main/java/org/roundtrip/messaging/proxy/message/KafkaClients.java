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

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import java.util.List;

/**
 * Makes the clients of the storage server.
 */
interface KafkaClients {

    /** Returns a client that stores records. */
    Producer<byte[], byte[]> producer(List<String> bootstrapServers);

    /** Returns a client that makes topics and measures. */
    Admin admin(List<String> bootstrapServers);

    /**
     * Returns a client that takes records.
     *
     * @param group    the consumer group
     * @param instance names the member; the next of the same name goes on with what this one had
     */
    Consumer<byte[], byte[]> consumer(List<String> bootstrapServers, String group, String instance);
}
