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
package org.roundtrip.base.flow;

import org.immutables.value.Value;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;

import java.util.ArrayList;
import java.util.List;

/**
 * What the flow rule store of ONOS has too few or too many of the rules that are wanted.
 */
@Value.Immutable
@ValueType
public interface StoreDifference {

    /**
     * Returns what is wanted and not in the store, or does something else there.
     *
     * @return rules
     */
    @Value.Parameter
    RuleSet missing();

    /**
     * Returns what is in the store and matches what nothing does that is wanted.
     *
     * @return rules
     */
    @Value.Parameter
    RuleSet strays();

    /**
     * Compares. What is being removed is not there any more.
     *
     * @param wanted all rules that are wanted
     * @param stored the entries of the store
     * @return the difference; takes time in proportion to the rules
     */
    static StoreDifference of(RuleSet wanted, Iterable<FlowEntry> stored) {
        List<FlowRule> present = new ArrayList<>();
        for (FlowEntry entry : stored) {
            if (entry.state() == FlowEntryState.ADDED || entry.state() == FlowEntryState.PENDING_ADD) {
                present.add(entry);
            }
        }
        RuleSet there = RuleSet.of(present);
        return ImmutableStoreDifference.of(wanted.changedFrom(there), there.without(wanted));
    }
}
