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
package org.roundtrip.fabric.compute;

import com.google.common.collect.ImmutableSet;
import org.immutables.value.Value;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

import java.util.HashSet;
import java.util.Set;

/**
 * What the store of ONOS has too few or too many of the rules that are wanted. Rules are equal here as they are for
 * ONOS: when they match the same frames, whatever they do with them.
 */
@Value.Immutable
public interface StoreDifference {

    /**
     * Returns what is wanted and not in the store.
     *
     * @return rules
     */
    Set<FlowRule> missing();

    /**
     * Returns what is in the store and not wanted.
     *
     * @return rules
     */
    Set<FlowRule> strays();

    /**
     * Compares. What is being removed is not there any more.
     *
     * @param wanted all rules that are wanted
     * @param stored the entries of the store
     * @return difference; takes time in proportion to the rules
     */
    static StoreDifference of(Set<FlowRule> wanted, Iterable<FlowEntry> stored) {
        Set<FlowRule> missing = new HashSet<>(wanted);
        ImmutableSet.Builder<FlowRule> strays = ImmutableSet.builder();
        for (FlowEntry entry : stored) {
            boolean isThere = entry.state() == FlowEntry.FlowEntryState.ADDED
                    || entry.state() == FlowEntry.FlowEntryState.PENDING_ADD;
            if (isThere && wanted.contains(entry)) {
                missing.remove(entry);
            } else if (isThere) {
                strays.add(entry);
            }
        }
        return ImmutableStoreDifference.builder().missing(missing).strays(strays.build()).build();
    }
}
