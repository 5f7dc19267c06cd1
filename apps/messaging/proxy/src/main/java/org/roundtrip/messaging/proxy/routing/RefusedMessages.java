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

import org.apache.kafka.common.TopicPartition;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages that the destination has refused to take, until they are dead letters. Thread-safe.
 */
final class RefusedMessages implements Session.Refusals {

    private final String topic;
    private final Map<TopicPartition, Map<Long, String>> reasons = new ConcurrentHashMap<>();

    RefusedMessages(String topic) {
        this.topic = topic;
    }

    @Override
    public void refused(int sourcePartition, long offset, String reason) {
        reasons.computeIfAbsent(new TopicPartition(topic, sourcePartition), any -> new ConcurrentHashMap<>())
                .put(offset, reason);
    }

    /** Returns why a message was refused, or empty if it was not. */
    Optional<String> reason(TopicPartition partition, long offset) {
        return reasons.isEmpty() ? Optional.empty()
                : Optional.ofNullable(reasons.get(partition)).map(each -> each.get(offset));
    }

    /** Forgets a message. */
    void forget(TopicPartition partition, long offset) {
        reasons.computeIfPresent(partition, (any, known) -> {
            known.remove(offset);
            return known.isEmpty() ? null : known;
        });
    }

    /** Forgets all messages of partitions. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(reasons::remove);
    }
}
