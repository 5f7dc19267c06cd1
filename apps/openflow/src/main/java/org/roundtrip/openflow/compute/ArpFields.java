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

import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.L3SubType;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpEthInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpIPInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpOpInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.ArpOpcode;
import org.projectfloodlight.openflow.types.IPv4Address;

import java.util.List;

/**
 * Fields of ARP (RFC 826): operation, protocol and hardware addresses.
 */
final class ArpFields {

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new ExactCriterionCodec<>(Criterion.Type.ARP_OP, MatchField.ARP_OP, ArpOpCriterion.class,
                                      c -> operation(c.arpOp(), c.toString()),
                                      v -> Criteria.matchArpOp(v.getOpcode())),
            new ExactCriterionCodec<>(Criterion.Type.ARP_SPA, MatchField.ARP_SPA, ArpPaCriterion.class,
                                      c -> IPv4Address.of(c.ip().toInt()),
                                      v -> Criteria.matchArpSpa(InternetFields.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.ARP_TPA, MatchField.ARP_TPA, ArpPaCriterion.class,
                                      c -> IPv4Address.of(c.ip().toInt()),
                                      v -> Criteria.matchArpTpa(InternetFields.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.ARP_SHA, MatchField.ARP_SHA, ArpHaCriterion.class,
                                      c -> EthernetFields.encode(c.mac()),
                                      v -> Criteria.matchArpSha(EthernetFields.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.ARP_THA, MatchField.ARP_THA, ArpHaCriterion.class,
                                      c -> EthernetFields.encode(c.mac()),
                                      v -> Criteria.matchArpTha(EthernetFields.decode(v))));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L3SubType.ARP_OP, MatchField.ARP_OP, ModArpOpInstruction.class,
                                i -> operation(i.op() & 0xffff, i.toString()),
                                v -> Instructions.modL3ArpOp((short) v.getOpcode())),
            new SetFieldCodec<>(L3SubType.ARP_SPA, MatchField.ARP_SPA, ModArpIPInstruction.class,
                                i -> InternetFields.encode4(i.ip(), i.toString()),
                                v -> Instructions.modArpSpa(InternetFields.decode(v))),
            new SetFieldCodec<>(L3SubType.ARP_TPA, MatchField.ARP_TPA, ModArpIPInstruction.class,
                                i -> InternetFields.encode4(i.ip(), i.toString()),
                                v -> Instructions.modArpTpa(InternetFields.decode(v))),
            new SetFieldCodec<>(L3SubType.ARP_SHA, MatchField.ARP_SHA, ModArpEthInstruction.class,
                                i -> EthernetFields.encode(i.mac()),
                                v -> Instructions.modArpSha(EthernetFields.decode(v))),
            new SetFieldCodec<>(L3SubType.ARP_THA, MatchField.ARP_THA, ModArpEthInstruction.class,
                                i -> EthernetFields.encode(i.mac()),
                                v -> Instructions.modArpTha(EthernetFields.decode(v))));

    private static final int MAX_OPERATION = 0xffff;

    private ArpFields() {
    }

    private static ArpOpcode operation(long operation, String element) {
        if (operation < 0 || operation > MAX_OPERATION) {
            throw new RuleEncodingException(element, "an ARP operation is a number from 0 to " + MAX_OPERATION);
        }
        return ArpOpcode.of((int) operation);
    }
}
