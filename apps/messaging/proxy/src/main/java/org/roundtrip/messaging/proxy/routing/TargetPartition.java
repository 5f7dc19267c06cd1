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

import org.apache.kafka.common.utils.Utils;
import org.roundtrip.messaging.proxy.record.Origin;

/**
 * In which partition of a topic a message belongs. It follows from the message and the number of partitions alone, so
 * that a message that is sent again meets itself.
 */
final class TargetPartition {

    private TargetPartition() {
    }

    /**
     * Returns the partition of a message with a key: as Kafka's own producers choose it, so that all messages of one
     * key share a partition, whether they come from this data centre or another.
     *
     * @param key        the key
     * @param partitions how many partitions the topic has, positive
     * @return 0 to partitions - 1
     */
    static int ofKey(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /**
     * Returns the partition of a message without a key.
     *
     * @param originOffset its offset where it was accepted first
     * @param partitions   how many partitions the topic has, positive
     * @return 0 to partitions - 1
     */
    static int ofOffset(long originOffset, int partitions) {
        return (int) (originOffset % partitions);
    }

    /**
     * Returns the partition of a message in transit: what was accepted in one partition stays together, in order.
     *
     * @param origin     where it was accepted first
     * @param partitions how many partitions the public topic has, positive
     * @return 0 to partitions - 1
     */
    static int inTransit(Origin origin, int partitions) {
        return origin.partition() % partitions;
    }
}
