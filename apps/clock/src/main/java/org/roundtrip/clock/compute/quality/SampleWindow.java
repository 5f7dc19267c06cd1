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
package org.roundtrip.clock.compute.quality;

import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.QualityWindow;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was measured in a time that goes back from now. It moves on in steps of a twelfth of its length, and holds at
 * most {@value #SLOTS} of these and those that lie in the future, with two {@link Distribution}s each.
 * <p>
 * Not thread-safe.
 */
final class SampleWindow {

    /** In how many parts the window forgets. */
    static final int SLOTS = 12;

    private static final long MILLIS_IN_A_SECOND = 1_000;

    private final Duration length;
    private final long slotLength;
    private final TreeMap<Long, Slot> slots = new TreeMap<>();

    SampleWindow(Duration length) {
        this.length = length;
        this.slotLength = length.toMillis() / SLOTS;
    }

    /**
     * Takes samples.
     *
     * @param samples the samples, the oldest first
     * @param now     the time
     */
    void add(Collection<ClockSample> samples, Instant now) {
        samples.stream()
                .collect(Collectors.groupingBy(this::slot, TreeMap::new, Collectors.toList()))
                .tailMap(oldest(now))
                .forEach((slot, those) -> slots.put(slot, slots.getOrDefault(slot, Slot.EMPTY).with(those)));
        slots.headMap(oldest(now)).clear();
    }

    /** Forgets all samples. */
    void clear() {
        slots.clear();
    }

    /**
     * Returns the offsets.
     *
     * @param now the time
     * @return their distribution
     */
    Distribution offsets(Instant now) {
        return Distribution.union(current(now).stream().map(slot -> slot.offsets).collect(Collectors.toList()));
    }

    /**
     * Returns the mean path delays.
     *
     * @param now the time
     * @return their distribution
     */
    Distribution pathDelays(Instant now) {
        return Distribution.union(current(now).stream().map(slot -> slot.pathDelays).collect(Collectors.toList()));
    }

    /**
     * Returns in how many seconds something was measured. Samples of one report lie close together and are counted
     * once, if they are in one second.
     *
     * @param now the time
     * @return 0 or more
     */
    long seconds(Instant now) {
        return current(now).stream().mapToLong(slot -> slot.seconds).sum();
    }

    /**
     * Returns the figures.
     *
     * @param now the time
     * @return the figures, or empty if there are no samples
     */
    Optional<QualityWindow> figures(Instant now) {
        Distribution offsets = offsets(now);
        if (offsets.isEmpty()) {
            return Optional.empty();
        }
        Distribution pathDelays = pathDelays(now);
        return Optional.of(QualityWindow.builder()
                .length(length.getSeconds())
                .samples(offsets.count())
                .offset(offsets.statistics())
                .pathDelay(pathDelays.isEmpty() ? Optional.empty() : Optional.of(pathDelays.statistics()))
                .build());
    }

    private Collection<Slot> current(Instant now) {
        return slots.tailMap(oldest(now)).values();
    }

    private long slot(ClockSample sample) {
        return Math.floorDiv(sample.time().toEpochMilli(), slotLength);
    }

    private long oldest(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), slotLength) - SLOTS + 1;
    }

    /** What was measured in a part of the window. */
    private static final class Slot {

        private static final Slot EMPTY = new Slot(Distribution.EMPTY, Distribution.EMPTY, Long.MIN_VALUE, 0);

        private final Distribution offsets;
        private final Distribution pathDelays;
        private final long lastSecond;
        private final long seconds;

        private Slot(Distribution offsets, Distribution pathDelays, long lastSecond, long seconds) {
            this.offsets = offsets;
            this.pathDelays = pathDelays;
            this.lastSecond = lastSecond;
            this.seconds = seconds;
        }

        private Slot with(List<ClockSample> samples) {
            long first = second(samples.get(0));
            long more = samples.stream().mapToLong(Slot::second).distinct().count();
            // Reports end anywhere in a second, which the next one goes on with.
            return new Slot(offsets.plus(samples.stream().mapToLong(ClockSample::offset).toArray()),
                            pathDelays.plus(samples.stream().flatMap(sample -> sample.pathDelay().stream())
                                                    .mapToLong(delay -> delay).toArray()),
                            second(samples.get(samples.size() - 1)),
                            seconds + (first == lastSecond ? more - 1 : more));
        }

        private static long second(ClockSample sample) {
            return Math.floorDiv(sample.time().toEpochMilli(), MILLIS_IN_A_SECOND);
        }
    }
}
