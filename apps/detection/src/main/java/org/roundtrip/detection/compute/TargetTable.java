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
package org.roundtrip.detection.compute;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the targets of an agent stand for. Numbers go round, and one that stood for something else is not used again
 * before the agent has forgotten it: so a probe never reaches a member that it is not meant for. Immutable and
 * thread-safe.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"interfaces", "retired", "last"})
@JsonSerialize(as = ImmutableTargetTable.class)
@JsonDeserialize(as = ImmutableTargetTable.class)
public abstract class TargetTable {

    /** The highest number of a target. */
    static final int LAST = 0x3ffe;

    /** Of an agent that has probed nothing yet. */
    public static final TargetTable EMPTY = builder().build();

    /**
     * Returns what is probed.
     *
     * @return interfaces by the numbers of their targets
     */
    @Value.NaturalOrder
    public abstract SortedMap<Integer, ProbedInterface> interfaces();

    /**
     * Returns which numbers the agent may still use for what they stood for.
     *
     * @return numbers, none of which stands for an interface now
     */
    @Value.NaturalOrder
    public abstract SortedSet<Integer> retired();

    /**
     * Returns which number was given last.
     *
     * @return a number, or 0
     */
    @Value.Default
    public int last() {
        return 0;
    }

    /**
     * Returns the numbers of what is probed.
     *
     * @return numbers by interfaces
     */
    @Value.Lazy
    @JsonIgnore
    public Map<ProbedInterface, Integer> numbers() {
        Map<ProbedInterface, Integer> numbers = new HashMap<>();
        interfaces().forEach((number, probed) -> numbers.put(probed, number));
        return numbers;
    }

    /**
     * Returns the number of an interface.
     *
     * @param probed what answers probes
     * @return the number of its target, or empty if it has none
     */
    public Optional<Integer> number(ProbedInterface probed) {
        return Optional.ofNullable(numbers().get(probed));
    }

    /**
     * Returns the table in which interfaces have targets, those of before and new ones. Takes time proportional to the
     * size of the table, or that of the range of numbers if nearly all are used.
     *
     * @param wanted the interfaces, in the order in which they get numbers
     * @return the table; an interface has no target in it if all numbers are in use
     */
    public TargetTable including(Collection<ProbedInterface> wanted) {
        if (numbers().keySet().containsAll(wanted)) {
            return this;
        }
        BitSet used = new BitSet(LAST + 1);
        interfaces().keySet().forEach(used::set);
        retired().forEach(used::set);
        SortedMap<Integer, ProbedInterface> next = new TreeMap<>(interfaces());
        Set<ProbedInterface> present = new HashSet<>(numbers().keySet());
        int given = last();
        for (ProbedInterface probed : wanted) {
            if (used.cardinality() < LAST && present.add(probed)) {
                given = nextFree(used, given);
                used.set(given);
                next.put(given, probed);
            }
        }
        return builder().interfaces(next).retired(retired()).last(given).build();
    }

    private static int nextFree(BitSet used, int last) {
        int next = used.nextClearBit(last % LAST + 1);
        return next <= LAST ? next : used.nextClearBit(1);
    }

    /**
     * Returns the table in which nothing else has a target. Their numbers are retired.
     *
     * @param wanted the interfaces that keep their targets
     * @return the table
     */
    public TargetTable retaining(Set<ProbedInterface> wanted) {
        if (wanted.containsAll(numbers().keySet())) {
            return this;
        }
        SortedMap<Integer, ProbedInterface> next = new TreeMap<>(interfaces());
        next.values().retainAll(wanted);
        SortedSet<Integer> gone = new TreeSet<>(interfaces().keySet());
        gone.removeAll(next.keySet());
        gone.addAll(retired());
        return builder().interfaces(next).retired(gone).last(last()).build();
    }

    /**
     * Returns the table after the agent has said that it has forgotten targets.
     *
     * @param forgotten the numbers
     * @return the table
     */
    public TargetTable releasing(Set<Integer> forgotten) {
        SortedSet<Integer> left = new TreeSet<>(retired());
        return left.removeAll(forgotten) ? builder().from(this).retired(left).build() : this;
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    public static final class Builder extends ImmutableTargetTable.Builder {
    }
}
