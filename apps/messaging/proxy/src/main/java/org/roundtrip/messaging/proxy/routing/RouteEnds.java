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

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import java.time.Duration;
import java.util.Map;

/**
 * Opens what a carrier of messages works with, as often as it needs it.
 */
interface RouteEnds {

    /**
     * Opens the public area, as a member of the consumer group of the route, which commits nothing by itself and has no
     * offset to begin with.
     *
     * @return a consumer without a subscription
     */
    Consumer<byte[], byte[]> openSource();

    /**
     * Finds out which topic the public area is now, and makes it if it does not exist.
     *
     * @return its identifier
     * @throws RuntimeException if that is not possible now
     */
    Uuid sourceTopicId();

    /**
     * Looks at messages of the public area, without taking them.
     *
     * @param positions from which offset on, by partitions
     * @param timeout   how long to wait for them
     * @return the first message from there on in each partition, without those in which none was found in time
     * @throws RuntimeException if that is not possible now
     */
    Map<TopicPartition, FirstMessage> firstMessages(Map<TopicPartition, Long> positions, Duration timeout);

    /**
     * Refuses to go on while messages are under way on the way that they took before.
     *
     * @param via the data centre that it led through first
     * @throws RuntimeException if messages are under way, or that can't be found out
     */
    void requireEmptyWay(String via);

    /**
     * Opens the other data centre.
     *
     * @return it, ready to send
     * @throws RuntimeException if that is not possible now
     */
    Destination openDestination();

    /**
     * Returns where dead letters go.
     *
     * @return it
     */
    DeadLetters deadLetters();
}
