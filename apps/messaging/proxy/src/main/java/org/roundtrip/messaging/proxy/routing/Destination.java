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

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import java.util.concurrent.Future;

/**
 * The storage server of the next data centre as one writer uses it. After the first failure it is of no more use: it is
 * abandoned, and another one opened.
 */
interface Destination {

    /**
     * Finds what a topic holds already, and makes the topic if it does not exist.
     *
     * @param topic      the topic
     * @param partitions how many partitions it gets if it does not exist
     * @param search     what to look for
     * @return for each partition the offset after the last record that was looked at
     * @throws RuntimeException if that is not possible now
     */
    long[] find(String topic, int partitions, Search search);

    /**
     * Sends a message, after all that were sent into its partition before.
     *
     * @param message  the message, with its partition
     * @param callback is told when it is acknowledged by all replicas, or has failed for good
     * @return what can be waited for
     */
    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback);

    /**
     * Returns for how long its quota has held requests back lately.
     *
     * @return the mean in milliseconds, 0 if it has not
     */
    long throttleMillis();

    /**
     * Stops at once. When it is called from a callback that is told a failure, nothing after what failed is sent.
     * It may be called by any thread, and more than once.
     */
    void abandon();
}
