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
@JsonPropertyOrder({"endpoints", "retired", "last"})
@JsonSerialize(as = ImmutableTargetTable.class)
@JsonDeserialize(as = ImmutableTargetTable.class)
public abstract class TargetTable {

    /** Of an agent that has probed nothing yet. */
    public static final TargetTable EMPTY = builder().build();

    /**
     * Returns what is probed.
     *
     * @return endpoints by the numbers of their targets
     */
    @Value.NaturalOrder
    public abstract SortedMap<Integer, ProbedEndpoint> endpoints();

    /**
     * Returns which numbers the agent may still use for what they stood for.
     *
     * @return numbers, none of which stands for an endpoint now
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
     * @return numbers by endpoints
     */
    @Value.Lazy
    @JsonIgnore
    public Map<ProbedEndpoint, Integer> numbers() {
        Map<ProbedEndpoint, Integer> numbers = new HashMap<>();
        endpoints().forEach((number, endpoint) -> numbers.put(endpoint, number));
        return numbers;
    }

    /**
     * Returns the number of an endpoint.
     *
     * @param endpoint what answers probes
     * @return the number of its target, or empty if it has none
     */
    public Optional<Integer> number(ProbedEndpoint endpoint) {
        return Optional.ofNullable(numbers().get(endpoint));
    }

    /**
     * Returns the table in which endpoints have targets, those of before and new ones. Takes time proportional to the
     * size of the table, or that of the range of numbers if nearly all are used.
     *
     * @param wanted the endpoints, in the order in which they get numbers
     * @return the table; an endpoint has no target in it if all numbers are in use
     */
    public TargetTable including(Collection<ProbedEndpoint> wanted) {
        if (numbers().keySet().containsAll(wanted)) {
            return this;
        }
        BitSet used = new BitSet(TargetAddress.LAST + 1);
        endpoints().keySet().forEach(used::set);
        retired().forEach(used::set);
        SortedMap<Integer, ProbedEndpoint> next = new TreeMap<>(endpoints());
        Set<ProbedEndpoint> present = new HashSet<>(numbers().keySet());
        int given = last();
        for (ProbedEndpoint endpoint : wanted) {
            if (used.cardinality() < TargetAddress.LAST && present.add(endpoint)) {
                given = nextFree(used, given);
                used.set(given);
                next.put(given, endpoint);
            }
        }
        return builder().endpoints(next).retired(retired()).last(given).build();
    }

    private static int nextFree(BitSet used, int last) {
        int next = used.nextClearBit(last % TargetAddress.LAST + 1);
        return next <= TargetAddress.LAST ? next : used.nextClearBit(1);
    }

    /**
     * Returns the table in which nothing else has a target. Their numbers are retired.
     *
     * @param wanted the endpoints that keep their targets
     * @return the table
     */
    public TargetTable retaining(Set<ProbedEndpoint> wanted) {
        if (wanted.containsAll(numbers().keySet())) {
            return this;
        }
        SortedMap<Integer, ProbedEndpoint> next = new TreeMap<>(endpoints());
        next.values().retainAll(wanted);
        SortedSet<Integer> gone = new TreeSet<>(endpoints().keySet());
        gone.removeAll(next.keySet());
        gone.addAll(retired());
        return builder().endpoints(next).retired(gone).last(last()).build();
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
