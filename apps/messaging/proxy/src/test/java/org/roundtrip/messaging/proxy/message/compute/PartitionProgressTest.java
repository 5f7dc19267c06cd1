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
package org.roundtrip.messaging.proxy.message.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.proxy.record.Origin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class PartitionProgressTest {

    private static final int LIMIT = 4096;

    private static Optional<Origin> from(long offset) {
        return Optional.of(new Origin("north", 0, 0, offset));
    }

    @Test
    void onlyWhatIsSettledWithoutAGapIsCommitted() {
        PartitionProgress progress = new PartitionProgress(10, new Watermarks());
        progress.take(10, Optional.empty());
        progress.take(11, Optional.empty());
        progress.take(15, Optional.empty());
        progress.settle(11);
        assertThat(progress.position()).isEqualTo(10);
        progress.settle(10);
        assertThat(progress.position()).isEqualTo(12);
        progress.settle(15);
        assertThat(progress.position()).isEqualTo(16);
        assertThat(progress.open()).isZero();
    }

    @Test
    void watermarksAreThoseOfThePositionAndNotOfWhatIsTaken() {
        PartitionProgress progress = new PartitionProgress(0, new Watermarks());
        progress.take(0, from(7));
        progress.take(1, from(8));
        assertThat(progress.metadata(LIMIT)).isEmpty();
        progress.settle(0);
        assertThat(progress.metadata(LIMIT)).isEqualTo("north:0..7");
    }

    @Test
    void whatWasTakenBeforeIsSettledAtOnce() {
        PartitionProgress progress = new PartitionProgress(5, Watermarks.decode("north:0..7"));
        assertThat(progress.take(5, from(7))).isFalse();
        assertThat(progress.position()).isEqualTo(6);
        assertThat(progress.take(6, from(8))).isTrue();
    }

    @Test
    void aDuplicateBehindAnOpenRecordWaitsForIt() {
        PartitionProgress progress = new PartitionProgress(0, new Watermarks());
        progress.take(0, from(1));
        progress.take(1, from(1));
        assertThat(progress.position()).isZero();
        progress.settle(0);
        assertThat(progress.position()).isEqualTo(2);
    }

    @Test
    void whatIsNotOpenIsIgnored() {
        PartitionProgress progress = new PartitionProgress(0, new Watermarks());
        progress.settle(3);
        assertThat(progress.position()).isZero();
    }

    /** Two writers overlap, the proxy dies after any commit: each record is delivered once, in its order. */
    @Property
    void whoeverGoesOnFromACommitDropsWhatWasSettledAndNothingElse(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> steps,
            @ForAll @IntRange(max = 45) int crash, @ForAll Random random) {
        List<Long> topic = new ArrayList<>();
        long next = 0;
        for (int step : steps) {
            // A writer that begins again at or below the last + 1.
            next = Math.max(0, next - step);
            topic.add(next++);
        }
        PartitionProgress first = new PartitionProgress(0, new Watermarks());
        List<Long> settled = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int taken = Math.min(crash, topic.size());
        for (int i = 0; i < taken; i++) {
            if (first.take(i, from(topic.get(i)))) {
                open.add(i);
            }
        }
        Collections.shuffle(open, random);
        open.subList(0, open.size() / 2).forEach(first::settle);
        for (int i = 0; i < first.position(); i++) {
            settled.add(topic.get(i));
        }
        PartitionProgress second = new PartitionProgress(first.position(), Watermarks.decode(first.metadata(LIMIT)));
        List<Long> delivered = new ArrayList<>(settled.stream().distinct().toList());
        for (long i = first.position(); i < topic.size(); i++) {
            if (second.take(i, from(topic.get((int) i)))) {
                delivered.add(topic.get((int) i));
            }
        }
        assertThat(delivered).doesNotHaveDuplicates().isSorted()
                .containsExactlyElementsOf(topic.stream().distinct().sorted().toList());
    }
}
