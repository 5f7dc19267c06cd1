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
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.TopicNames;
import org.roundtrip.messaging.proxy.StorageFailure;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks into the data centres of the way that messages took before, whether those that were there when the way changed
 * have left: only then may others take another way, or they could overtake them.
 * <p>
 * Used by one thread.
 */
final class FormerWay {

    private static final long SECONDS = 10;

    private final String to;
    private final Supplier<Correspondence> correspondence;
    private final Function<String, Map<String, Object>> clients;
    /** By data centre what was in its public topic when it was first looked at: later ones came by other ways. */
    private final Map<String, Map<TopicPartition, Long>> ends = new HashMap<>();

    /**
     * Creates one.
     *
     * @param to             where the way ends
     * @param correspondence tells what the configuration is now
     * @param clients        by the name of a data centre what the clients of its storage server need
     */
    FormerWay(String to, Supplier<Correspondence> correspondence, Function<String, Map<String, Object>> clients) {
        this.to = to;
        this.correspondence = correspondence;
        this.clients = clients;
    }

    /**
     * Waits for nothing, but refuses to go on while messages are under way.
     *
     * @param via the data centre that the former way led through first
     * @throws RouteException if messages are under way, or that can't be found out
     */
    void requireEmpty(String via) {
        Correspondence now = correspondence.get();
        Optional<String> hop = Optional.of(via);
        for (int hops = 0; hops < Correspondence.MAXIMUM_HOPS && hop.isPresent() && !hop.get().equals(to); hops++) {
            // One that is no longer configured can't be asked; its routing proxies do nothing any more.
            now.dataCentre(hop.get()).ifPresent(this::requireEmpty);
            hop = now.dataCentre(hop.get()).flatMap(each -> now.nextHop(each.name(), to)).map(MessageRoute::to);
        }
        ends.clear();
    }

    private void requireEmpty(DataCentre hop) {
        long waiting = waiting(hop);
        if (waiting > 0) {
            throw new RouteException(waiting + " messages are under way in " + hop.name() + ", through which the way"
                                             + " to " + to + " led before: others follow the new way when those have"
                                             + " arrived, so that none overtakes them");
        }
    }

    private long waiting(DataCentre hop) {
        Map<String, Object> settings = KafkaClients.common(clients.apply(hop.name()), hop.bootstrapServers());
        String topic = TopicNames.publicTopic(correspondence.get().dataCentre(to).orElseThrow(
                () -> new RouteException("there is no data centre '" + to + "'")));
        try (Admin admin = Admin.create(settings)) {
            if (!ends.containsKey(hop.name())) {
                ends.put(hop.name(), lasts(admin, topic));
            }
            Map<TopicPartition, Long> last = ends.get(hop.name());
            Map<TopicPartition, Long> beginnings = offsets(admin, last.keySet(), OffsetSpec.earliest());
            Map<TopicPartition, OffsetAndMetadata> committed = get(
                    admin.listConsumerGroupOffsets(KafkaRouteEnds.group(to)).partitionsToOffsetAndMetadata());
            return last.entrySet().stream().mapToLong(each -> Math.max(0, each.getValue() - Math.max(
                    beginnings.get(each.getKey()), Optional.ofNullable(committed.get(each.getKey()))
                            .map(OffsetAndMetadata::offset).orElse(0L)))).sum();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw new RouteException("The way changes when messages on the former one have arrived, but "
                                             + StorageFailure.reason(hop.name(), failure.getCause()), failure);
        }
    }

    private static Map<TopicPartition, Long> lasts(Admin admin, String topic) throws ExecutionException {
        Collection<TopicPartition> all = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic)
                .partitions().stream().map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toList());
        return offsets(admin, all, OffsetSpec.latest());
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> of, OffsetSpec which)
            throws ExecutionException {
        return get(admin.listOffsets(of.stream().collect(Collectors.toMap(Function.identity(), each -> which))).all())
                .entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, FormerWay::offset));
    }

    private static long offset(Map.Entry<TopicPartition, ListOffsetsResultInfo> each) {
        return each.getValue().offset();
    }

    private static <T> T get(Future<T> future) throws ExecutionException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silence) {
            throw new ExecutionException(silence);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
