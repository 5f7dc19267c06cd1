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

import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.L2SubType;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.L3SubType;
import org.onosproject.net.flow.instructions.Instruction;
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionPopMpls;
import org.projectfloodlight.openflow.protocol.action.OFActionPushMpls;
import org.projectfloodlight.openflow.protocol.action.OFActionPushVlan;
import org.projectfloodlight.openflow.types.EthType;

import java.util.List;

/**
 * Actions that add and remove headers or count down time to live.
 */
final class HeaderActions {

    static final List<ActionCodec<?, ?>> CODECS = List.of(
            new ActionCodec<>(L2SubType.VLAN_PUSH, OFActionType.PUSH_VLAN, ModVlanHeaderInstruction.class,
                              OFActionPushVlan.class,
                              (actions, i) -> actions.pushVlan(encode(i.ethernetType())),
                              a -> Instructions.pushVlan(decode(a.getEthertype()))),
            new ActionCodec<>(L2SubType.VLAN_POP, OFActionType.POP_VLAN, ModVlanHeaderInstruction.class,
                              OFAction.class,
                              (actions, i) -> actions.popVlan(),
                              a -> Instructions.popVlan()),
            new ActionCodec<>(L2SubType.MPLS_PUSH, OFActionType.PUSH_MPLS, ModMplsHeaderInstruction.class,
                              OFActionPushMpls.class,
                              (actions, i) -> actions.pushMpls(encode(i.ethernetType())),
                              HeaderActions::decodePushMpls),
            new ActionCodec<>(L2SubType.MPLS_POP, OFActionType.POP_MPLS, ModMplsHeaderInstruction.class,
                              OFActionPopMpls.class,
                              (actions, i) -> actions.popMpls(encode(i.ethernetType())),
                              a -> Instructions.popMpls(decode(a.getEthertype()))),
            new ActionCodec<>(L2SubType.DEC_MPLS_TTL, OFActionType.DEC_MPLS_TTL, L2ModificationInstruction.class,
                              OFAction.class,
                              (actions, i) -> actions.decMplsTtl(),
                              a -> Instructions.decMplsTtl()),
            new ActionCodec<>(L3SubType.DEC_TTL, OFActionType.DEC_NW_TTL, L3ModificationInstruction.class,
                              OFAction.class,
                              (actions, i) -> actions.decNwTtl(),
                              a -> Instructions.decNwTtl()),
            new ActionCodec<>(L3SubType.TTL_IN, OFActionType.COPY_TTL_IN, L3ModificationInstruction.class,
                              OFAction.class,
                              (actions, i) -> actions.copyTtlIn(),
                              a -> Instructions.copyTtlIn()),
            new ActionCodec<>(L3SubType.TTL_OUT, OFActionType.COPY_TTL_OUT, L3ModificationInstruction.class,
                              OFAction.class,
                              (actions, i) -> actions.copyTtlOut(),
                              a -> Instructions.copyTtlOut()));

    private static final EthType MPLS_UNICAST = EthType.MPLS_UNICAST;

    private HeaderActions() {
    }

    private static EthType encode(org.onlab.packet.EthType type) {
        return EthType.of(Short.toUnsignedInt(type.toShort()));
    }

    private static org.onlab.packet.EthType decode(EthType type) {
        return new org.onlab.packet.EthType(type.getValue());
    }

    private static Instruction decodePushMpls(OFActionPushMpls action) {
        if (!action.getEthertype().equals(MPLS_UNICAST)) {
            throw new RuleDecodingException("push_mpls " + action.getEthertype(), "ONOS pushes unicast labels only");
        }
        return Instructions.pushMpls();
    }
}
