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
package org.roundtrip.tepath.impl;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.tepath.compute.Pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When both ends of the only path of a network took which rules, and whether traffic could have taken one way too soon
 * after another. It is put where switches are asked whether they refuse a rule. A way is the port where traffic leaves
 * its first switch; in the square of the tests both ends use the same number.
 */
final class EdgeLog implements Predicate<FlowRule> {

    /** What an end does from some time on: sends packets out of a port, or drops them if there is none. */
    private static final class Entry {

        private final long nanos = System.nanoTime();
        private final DeviceId end;
        private final Optional<Long> way;

        private Entry(DeviceId end, Optional<Long> way) {
            this.end = end;
            this.way = way;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized boolean test(FlowRule rule) {
        if (rule.priority() == Pipeline.ADMISSION_PRIORITY) {
            entries.add(new Entry(rule.deviceId(), rule.treatment().allInstructions().stream()
                    .filter(Instructions.OutputInstruction.class::isInstance)
                    .map(output -> ((Instructions.OutputInstruction) output).port().toLong()).findFirst()));
        }
        return false;
    }

    /** Returns on how many ways, one after the other, traffic was admitted. */
    synchronized int ways() {
        int changes = 0;
        Optional<Long> last = Optional.empty();
        for (Entry entry : entries) {
            if (entry.way.isPresent() && !entry.way.equals(last)) {
                changes++;
                last = entry.way;
            }
        }
        return changes;
    }

    /** Fails if an end admitted to a way when the other one, or itself, had admitted to another one lately. */
    synchronized void requirePauses(Duration pause) {
        Map<DeviceId, Entry> present = new HashMap<>();
        Map<DeviceId, Long> stopped = new HashMap<>();
        Optional<Long> last = Optional.empty();
        for (Entry entry : entries) {
            Optional<Long> before = Optional.ofNullable(present.put(entry.end, entry)).flatMap(old -> old.way);
            if (before.isPresent() && entry.way.isEmpty()) {
                stopped.put(entry.end, entry.nanos);
            }
            if (entry.way.isPresent() && last.isPresent() && !entry.way.equals(last)) {
                Optional<Long> way = entry.way;
                assertThat(present.values()).as("ends that admit to another way than " + way)
                        .allMatch(end -> end.way.isEmpty() || end.way.equals(way));
                assertThat(stopped.values()).as("when the ends stopped").allSatisfy(nanos -> assertThat(
                        Duration.ofNanos(entry.nanos - nanos)).isGreaterThanOrEqualTo(pause));
            }
            if (entry.way.isPresent()) {
                last = entry.way;
            }
        }
    }
}
