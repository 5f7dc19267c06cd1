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

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.TopicDefinition;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.concurrent.Future;

/**
 * Finds topics, and makes those that do not exist.
 */
final class KafkaTopics {

    private static final long SECONDS = 10;
    private static final int MOST_TRIES = 20;

    private final Admin admin;
    private final String where;

    KafkaTopics(Admin admin, String where) {
        this.admin = admin;
        this.where = where;
    }

    /**
     * Returns a topic.
     *
     * @param name       its name
     * @param partitions how many partitions it gets if it does not exist
     * @return what Kafka says of it
     * @throws RouteException if that is not possible now
     */
    TopicDescription find(String name, int partitions) {
        return find(name, brokers -> TopicDefinition.of(name, partitions, brokers));
    }

    /**
     * Returns a topic.
     *
     * @param name       its name
     * @param definition what is made if it does not exist, by the number of brokers
     * @return what Kafka says of it
     * @throws RouteException if that is not possible now
     */
    TopicDescription find(String name, IntFunction<NewTopic> definition) {
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                return get(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed(name, failure.getCause());
                }
                create(name, definition);
            }
        }
        throw new RouteException("Topic " + name + " in " + where + " is made, but does not appear");
    }

    private void create(String name, IntFunction<NewTopic> definition) {
        try {
            int brokers = get(admin.describeCluster().nodes()).size();
            get(admin.createTopics(List.of(definition.apply(brokers))).all());
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failed(name, failure.getCause());
            }
        }
    }

    private RouteException failed(String name, Throwable cause) {
        return new RouteException("Topic " + name + ": " + StorageFailure.reason(where, cause), cause);
    }

    private <T> T get(Future<T> future) throws ExecutionException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silence) {
            throw new RouteException(StorageFailure.reason(where, silence), silence);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
