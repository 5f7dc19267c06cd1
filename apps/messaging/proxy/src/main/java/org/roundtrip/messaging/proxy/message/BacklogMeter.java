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
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.roundtrip.messaging.proxy.message.compute.Backlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures what waits in a topic for a consumer group. It asks the storage server and blocks until it answers.
 */
final class BacklogMeter {

    private final Admin admin;

    BacklogMeter(Admin admin) {
        this.admin = admin;
    }

    /**
     * Measures it.
     *
     * @param topic the topic
     * @param group who takes from it
     * @return what waits; nothing if there is no such topic
     * @throws ExecutionException   if the storage server does not answer
     * @throws InterruptedException if the thread is told to stop
     */
    Backlog measure(String topic, String group) throws ExecutionException, InterruptedException {
        TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        List<TopicPartition> partitions = description.partitions().stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> positions =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, Long> sizes = sizes(description);
        return partitions.stream()
                .map(partition -> Backlog.of(begins.get(partition).offset(), ends.get(partition).offset(),
                                             position(positions, partition), sizes.getOrDefault(partition, 0L)))
                .reduce(Backlog.NONE, Backlog::plus);
    }

    private static long position(Map<TopicPartition, OffsetAndMetadata> positions, TopicPartition partition) {
        OffsetAndMetadata position = positions.get(partition);
        return position == null ? -1 : position.offset();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which)))
                .all().get();
    }

    /** How large partitions are, where they are largest: followers may lag behind. */
    private Map<TopicPartition, Long> sizes(TopicDescription description)
            throws ExecutionException, InterruptedException {
        List<Integer> brokers = description.partitions().stream().flatMap(info -> info.replicas().stream())
                .map(node -> node.id()).distinct().toList();
        Map<TopicPartition, Long> sizes = new HashMap<>();
        for (Map<String, LogDirDescription> folders : admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            for (LogDirDescription folder : folders.values()) {
                for (Map.Entry<TopicPartition, ReplicaInfo> replica : folder.replicaInfos().entrySet()) {
                    if (replica.getKey().topic().equals(description.name())) {
                        sizes.merge(replica.getKey(), replica.getValue().size(), Math::max);
                    }
                }
            }
        }
        return sizes;
    }
}
