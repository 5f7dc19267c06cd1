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
package org.roundtrip.base.intent;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.roundtrip.base.flow.RuleSet;
import org.roundtrip.base.flow.StoreDifference;

import java.util.Optional;

/**
 * What the flow rule store of ONOS holds of the rules of an application. Its methods may ask another node of the
 * cluster. Thread-safe.
 */
final class RuleStore {

    private final ApplicationId application;
    private final FlowRuleService flowRules;

    RuleStore(ApplicationId application, FlowRuleService flowRules) {
        this.application = application;
        this.flowRules = flowRules;
    }

    /** Returns what the store has too few or too many of the rules that the application should have. */
    StoreDifference difference(RuleSet wanted) {
        return StoreDifference.of(wanted, flowRules.getFlowEntriesById(application));
    }

    /** Returns whether the store holds a rule as it should be, whether or not its switch has confirmed it. */
    boolean isStored(FlowRule rule) {
        return entry(rule).filter(entry -> entry.treatment().equals(rule.treatment())).isPresent();
    }

    /** Returns whether a switch has confirmed a rule as it should be. */
    boolean isConfirmed(FlowRule rule) {
        return entry(rule).filter(entry -> entry.treatment().equals(rule.treatment())
                && entry.state() == FlowEntryState.ADDED).isPresent();
    }

    /** Returns whether the core itself will see to it that a rule leaves the switch. */
    boolean isGoing(FlowRule rule) {
        return entry(rule).filter(entry -> entry.state() != FlowEntryState.PENDING_REMOVE
                && entry.state() != FlowEntryState.REMOVED).isEmpty();
    }

    private Optional<FlowEntry> entry(FlowRule rule) {
        return Optional.ofNullable(flowRules.getFlowEntry(rule));
    }
}
