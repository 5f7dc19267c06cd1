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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.proxy.record.Origin;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class TargetPartitionTest {

    @Property
    void ofAKeyIsKafkasOwn(@ForAll byte[] key, @ForAll @IntRange(min = 1, max = 1000) int partitions) {
        assertThat(TargetPartition.ofKey(key, partitions)).isEqualTo(BuiltInPartitioner.partitionForKey(key,
                                                                                                        partitions));
    }

    @Property
    void isOneOfThePartitions(@ForAll @LongRange(min = 0) long offset,
                              @ForAll @IntRange(min = 0) int partition,
                              @ForAll @IntRange(min = 1, max = 1000) int partitions) {
        assertThat(TargetPartition.ofOffset(offset, partitions)).isBetween(0, partitions - 1);
        assertThat(TargetPartition.inTransit(new Origin("a", partition, 1, offset), partitions))
                .isBetween(0, partitions - 1);
    }

    @Test
    void aLeaseEndsWhenItIsNotRenewed() {
        Lease lease = new Lease(Duration.ofNanos(10), Long.MAX_VALUE - 3);

        assertThat(lease.isHeld(Long.MIN_VALUE + 6)).as("the clock may run over").isTrue();
        assertThat(lease.isHeld(Long.MIN_VALUE + 7)).isFalse();
        lease.renew(Long.MIN_VALUE + 7);
        assertThat(lease.isHeld(Long.MIN_VALUE + 8)).isTrue();
    }
}
