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
package org.roundtrip.openflow.compute;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRule.FlowRemoveReason;
import org.onosproject.net.flow.IndexTableId;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowDeleteStrict;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Flow rules of ONOS and flow entries of OpenFlow 1.3 (sections 7.3.4.1, 7.3.5.2 and 7.4.2).
 * <p>
 * The cookie is the rule's id. Immutable, so it can be shared between threads if the {@link ExtensionCodec} can.
 */
public final class FlowRuleCodec {

    private static final int MAX_TABLE = 0xfe;
    private static final int MAX_TIMEOUT = 0xffff;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final OFFactory factory;
    private final DeviceId deviceId;
    private final MatchCodec matches;
    private final TreatmentCodec treatments;

    /**
     * Creates a codec.
     *
     * @param factory    makes OpenFlow 1.3 objects
     * @param deviceId   the device whose rules these are
     * @param extensions what the device's driver knows beyond OpenFlow
     */
    public FlowRuleCodec(OFFactory factory, DeviceId deviceId, ExtensionCodec extensions) {
        this.factory = factory;
        this.deviceId = deviceId;
        this.matches = new MatchCodec(factory, deviceId, extensions);
        this.treatments = new TreatmentCodec(factory, deviceId, extensions);
    }

    /**
     * Encodes a rule as the message that adds it, or puts it in the place of the one with the same table, priority and
     * match. Counters of a replaced entry live on. The switch tells when the entry goes.
     * <p>
     * An idle timeout is not passed on: ONOS itself withdraws rules that are idle, and would put back one that the
     * switch removes for that reason.
     *
     * @param rule the rule
     * @return the message, with a transaction id of its own
     * @throws RuleEncodingException if a part of the rule has no counterpart
     */
    public OFFlowAdd add(FlowRule rule) {
        return factory.buildFlowAdd()
                .setCookie(U64.of(rule.id().value()))
                .setTableId(table(rule))
                .setPriority(rule.priority())
                .setMatch(matches.encode(rule.selector()))
                .setInstructions(treatments.encode(rule.treatment()))
                .setHardTimeout(hardTimeout(rule))
                .setFlags(Set.of(OFFlowModFlags.SEND_FLOW_REM))
                .setBufferId(OFBufferId.NO_BUFFER)
                .build();
    }

    /**
     * Encodes the message that removes a rule, and only this one: an entry with the same match but another cookie
     * stays.
     *
     * @param rule the rule
     * @return the message, with a transaction id of its own
     * @throws RuleEncodingException if a criterion has no counterpart
     */
    public OFFlowDeleteStrict delete(FlowRule rule) {
        return factory.buildFlowDeleteStrict()
                .setCookie(U64.of(rule.id().value()))
                .setCookieMask(U64.NO_MASK)
                .setTableId(table(rule))
                .setPriority(rule.priority())
                .setMatch(matches.encode(rule.selector()))
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build();
    }

    /**
     * Returns a rule as the switch will report it. Many rules of ONOS look the same in OpenFlow: a match under a mask
     * of all ones is an exact one, a prefix of length 0 is none, bits beyond a mask don't count.
     *
     * @param rule the rule
     * @return the rule as {@link #decode(OFFlowStatsEntry)} would find it, without its counters
     * @throws RuleEncodingException if a part of the rule has no counterpart
     */
    public FlowRule canonical(FlowRule rule) {
        return canonical(add(rule));
    }

    /**
     * Returns the rule that a message adds, as the switch will report it.
     *
     * @param message the message
     * @return the rule as {@link #decode(OFFlowStatsEntry)} would find it, without its counters
     */
    public FlowRule canonical(OFFlowAdd message) {
        return rule(message.getTableId(), message.getPriority(), message.getCookie(), message.getHardTimeout())
                .withSelector(matches.decode(message.getMatch()))
                .withTreatment(treatments.decode(message.getInstructions()))
                .build();
    }

    /**
     * Returns the key of the entry that a message removes.
     *
     * @param message the message
     * @return the key
     */
    public FlowKey key(OFFlowDeleteStrict message) {
        return FlowKey.of(message.getTableId().getValue(), message.getPriority(), matches.decode(message.getMatch()));
    }

    /**
     * Returns the key of a rule in its canonical form.
     *
     * @param canonical a rule as {@link #canonical(FlowRule)} or one of the decoders returns it
     * @return the key
     */
    public static FlowKey key(FlowRule canonical) {
        return FlowKey.of(canonical.tableId(), canonical.priority(), canonical.selector());
    }

    /**
     * Tells whether two rules are one and the same for a switch: if one is there, adding the other changes nothing.
     * {@link FlowRule#exactMatch(FlowRule)} leaves out some of that.
     *
     * @param one     a rule in canonical form
     * @param another another
     * @return true if key, cookie, hard timeout and treatment are equal
     */
    public static boolean identical(FlowRule one, FlowRule another) {
        return key(one).equals(key(another))
                && one.id().equals(another.id())
                && one.hardTimeout() == another.hardTimeout()
                && one.treatment().equals(another.treatment())
                && one.treatment().clearedDeferred() == another.treatment().clearedDeferred()
                && one.treatment().meters().equals(another.treatment().meters());
    }

    /**
     * Decodes an entry of the flow statistics.
     *
     * @param entry the entry
     * @return the rule with its counters, in state ADDED
     * @throws RuleDecodingException if a part of the entry has no counterpart
     */
    public FlowEntry decode(OFFlowStatsEntry entry) {
        FlowRule rule = rule(entry.getTableId(), entry.getPriority(), entry.getCookie(), entry.getHardTimeout())
                .withSelector(matches.decode(entry.getMatch()))
                .withTreatment(treatments.decode(entry.getInstructions()))
                .build();
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED,
                                    entry.getDurationSec() * NANOS_PER_SECOND + entry.getDurationNsec(),
                                    TimeUnit.NANOSECONDS,
                                    entry.getPacketCount().getValue(), entry.getByteCount().getValue());
    }

    /**
     * Decodes the message that tells that an entry has gone.
     *
     * @param message the message
     * @return the rule with its last counters and the reason, without its treatment, which the message lacks
     * @throws RuleDecodingException if a match field has no counterpart
     */
    public FlowEntry decode(OFFlowRemoved message) {
        FlowRule rule = rule(message.getTableId(), message.getPriority(), message.getCookie(),
                             message.getHardTimeout())
                .withSelector(matches.decode(message.getMatch()))
                .withReason(FlowRemoveReason.valueOf(message.getReason().name()))
                .build();
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.REMOVED,
                                    message.getDurationSec() * NANOS_PER_SECOND + message.getDurationNsec(),
                                    TimeUnit.NANOSECONDS,
                                    message.getPacketCount().getValue(), message.getByteCount().getValue());
    }

    private FlowRule.Builder rule(TableId table, int priority, U64 cookie, int hardTimeout) {
        FlowRule.Builder rule = DefaultFlowRule.builder()
                .forDevice(deviceId)
                .forTable(IndexTableId.of(table.getValue()))
                .withPriority(priority)
                .withCookie(cookie.getValue());
        return hardTimeout > 0 ? rule.withHardTimeout(hardTimeout) : rule.makePermanent();
    }

    private static TableId table(FlowRule rule) {
        int number = rule.tableId();
        if (!(rule.table() instanceof IndexTableId) || number < 0 || number > MAX_TABLE) {
            throw new RuleEncodingException("table " + rule.table(), "a table is a number from 0 to " + MAX_TABLE);
        }
        return TableId.of(number);
    }

    private static int hardTimeout(FlowRule rule) {
        if (rule.hardTimeout() < 0 || rule.hardTimeout() > MAX_TIMEOUT) {
            throw new RuleEncodingException("hard timeout of " + rule.hardTimeout() + " s",
                                            "a timeout is from 0 (none) to " + MAX_TIMEOUT + " s");
        }
        return rule.hardTimeout();
    }
}
