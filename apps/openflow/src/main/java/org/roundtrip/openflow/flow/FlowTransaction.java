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
package org.roundtrip.openflow.flow;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowDeleteStrict;
import org.roundtrip.openflow.compute.FlowKey;
import org.roundtrip.openflow.compute.FlowRuleCodec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Changes to the flow entries of a switch that were sent together, followed by a barrier, and their fate so far.
 * <p>
 * Not thread-safe.
 */
final class FlowTransaction {

    private final OptionalLong batchId;
    private final Map<Long, Addition> additions = new LinkedHashMap<>();
    private final Map<Long, Removal> removals = new LinkedHashMap<>();
    private final Set<FlowRule> failed = new HashSet<>();
    private final Set<Long> failedIds = new HashSet<>();

    /** A rule to be added, as it goes to the switch. */
    static final class Addition {
        private final FlowRuleBatchEntry change;
        private final OFFlowAdd message;
        private final FlowRule canonical;

        Addition(FlowRuleBatchEntry change, FlowRuleCodec codec) {
            this.change = change;
            this.message = codec.add(change.target());
            this.canonical = codec.canonical(message);
        }

        FlowRule asked() {
            return change.target();
        }

        OFFlowAdd message() {
            return message;
        }

        FlowRule canonical() {
            return canonical;
        }

        FlowKey key() {
            return FlowRuleCodec.key(canonical);
        }
    }

    /** A rule to be removed, as it goes to the switch. */
    static final class Removal {
        private final FlowRuleBatchEntry change;
        private final OFFlowDeleteStrict message;
        private final FlowKey key;

        Removal(FlowRuleBatchEntry change, FlowRuleCodec codec) {
            this.change = change;
            this.message = codec.delete(change.target());
            this.key = codec.key(message);
        }

        FlowRule asked() {
            return change.target();
        }

        OFFlowDeleteStrict message() {
            return message;
        }

        FlowKey key() {
            return key;
        }
    }

    /**
     * Creates a transaction.
     *
     * @param batchId the batch of ONOS that waits for the outcome, empty if none does
     */
    FlowTransaction(OptionalLong batchId) {
        this.batchId = batchId;
    }

    void sent(Addition addition) {
        additions.put(addition.message.getXid(), addition);
    }

    void sent(Removal removal) {
        removals.put(removal.message.getXid(), removal);
    }

    /**
     * Notes that a change failed.
     *
     * @param change the change
     */
    void fail(FlowRuleBatchEntry change) {
        failed.add(change.target());
        if (change.id() != null) {
            failedIds.add(change.id());
        }
    }

    /**
     * Notes that the switch refused a message.
     *
     * @param xid the message's transaction id
     * @return the rule that was to be added, empty if it was one to be removed
     */
    Optional<Addition> fail(long xid) {
        Optional<Addition> addition = Optional.ofNullable(additions.remove(xid));
        addition.ifPresent(failure -> fail(failure.change));
        Optional.ofNullable(removals.remove(xid)).ifPresent(failure -> fail(failure.change));
        return addition;
    }

    /**
     * Returns the transaction ids of the messages that the switch has not refused.
     *
     * @return a copy
     */
    List<Long> pending() {
        List<Long> pending = new ArrayList<>(additions.keySet());
        pending.addAll(removals.keySet());
        return pending;
    }

    /**
     * Returns the additions that the switch has not refused.
     *
     * @return the additions
     */
    Collection<Addition> additions() {
        return Collections.unmodifiableCollection(additions.values());
    }

    /**
     * Returns the removals that the switch has not refused.
     *
     * @return the removals
     */
    Collection<Removal> removals() {
        return Collections.unmodifiableCollection(removals.values());
    }

    OptionalLong batchId() {
        return batchId;
    }

    /**
     * Returns the outcome so far, as ONOS wants to know it.
     *
     * @param deviceId the switch
     * @return a success if nothing failed
     */
    CompletedBatchOperation outcome(DeviceId deviceId) {
        return new CompletedBatchOperation(failed.isEmpty(), failed, failedIds, deviceId);
    }
}
