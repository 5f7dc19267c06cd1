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

import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.criteria.VlanPcpCriterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.L2SubType;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanPcpInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.VlanPcp;

import java.util.List;
import java.util.Set;

/**
 * Ethernet addresses, type, and VLAN tag.
 */
final class EthernetFields {

    private static final org.projectfloodlight.openflow.types.MacAddress ALL_BITS =
            org.projectfloodlight.openflow.types.MacAddress.NO_MASK;
    private static final org.projectfloodlight.openflow.types.MacAddress NO_BITS =
            org.projectfloodlight.openflow.types.MacAddress.FULL_MASK;

    /** OFPVID_PRESENT: the bit that tells that there is a tag at all. */
    private static final int TAG_PRESENT = 0x1000;

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.ETH_DST, Criterion.Type.ETH_DST_MASKED), MatchField.ETH_DST,
                    ALL_BITS, NO_BITS, EthCriterion.class, EthernetFields::address,
                    v -> Criteria.matchEthDst(decode(v)),
                    (v, m) -> Criteria.matchEthDstMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.ETH_SRC, Criterion.Type.ETH_SRC_MASKED), MatchField.ETH_SRC,
                    ALL_BITS, NO_BITS, EthCriterion.class, EthernetFields::address,
                    v -> Criteria.matchEthSrc(decode(v)),
                    (v, m) -> Criteria.matchEthSrcMasked(decode(v), decode(m))),
            new ExactCriterionCodec<>(
                    Criterion.Type.ETH_TYPE, MatchField.ETH_TYPE, EthTypeCriterion.class,
                    c -> EthType.of(Short.toUnsignedInt(c.ethType().toShort())),
                    v -> Criteria.matchEthType(v.getValue())),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.VLAN_VID), MatchField.VLAN_VID,
                    OFVlanVidMatch.NO_MASK, OFVlanVidMatch.FULL_MASK, VlanIdCriterion.class,
                    EthernetFields::tag, EthernetFields::decodeTag, EthernetFields::decodeAnyTag),
            new ExactCriterionCodec<>(
                    Criterion.Type.VLAN_PCP, MatchField.VLAN_PCP, VlanPcpCriterion.class,
                    c -> VlanPcp.of(c.priority()),
                    v -> Criteria.matchVlanPcp(v.getValue())));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L2SubType.ETH_SRC, MatchField.ETH_SRC, ModEtherInstruction.class,
                                i -> encode(i.mac()), v -> Instructions.modL2Src(decode(v))),
            new SetFieldCodec<>(L2SubType.ETH_DST, MatchField.ETH_DST, ModEtherInstruction.class,
                                i -> encode(i.mac()), v -> Instructions.modL2Dst(decode(v))),
            new SetFieldCodec<>(L2SubType.VLAN_ID, MatchField.VLAN_VID, ModVlanIdInstruction.class,
                                EthernetFields::newTag, v -> Instructions.modVlanId(VlanId.vlanId(v.getVlan()))),
            new SetFieldCodec<>(L2SubType.VLAN_PCP, MatchField.VLAN_PCP, ModVlanPcpInstruction.class,
                                i -> VlanPcp.of(i.vlanPcp()), v -> Instructions.modVlanPcp(v.getValue())));

    private EthernetFields() {
    }

    static org.projectfloodlight.openflow.types.MacAddress encode(MacAddress address) {
        return org.projectfloodlight.openflow.types.MacAddress.of(address.toLong());
    }

    static MacAddress decode(org.projectfloodlight.openflow.types.MacAddress address) {
        return MacAddress.valueOf(address.getLong());
    }

    private static Masked<org.projectfloodlight.openflow.types.MacAddress> address(EthCriterion criterion) {
        return Masked.of(encode(criterion.mac()),
                         criterion.mask() == null ? ALL_BITS : encode(criterion.mask()));
    }

    private static Masked<OFVlanVidMatch> tag(VlanIdCriterion criterion) {
        VlanId vlan = criterion.vlanId();
        if (vlan.equals(VlanId.ANY)) {
            OFVlanVidMatch present = OFVlanVidMatch.ofRawVid((short) TAG_PRESENT);
            return Masked.of(present, present);
        }
        return Masked.of(vlan.equals(VlanId.NONE) ? OFVlanVidMatch.UNTAGGED : OFVlanVidMatch.ofVlan(vlan.toShort()),
                         OFVlanVidMatch.NO_MASK);
    }

    private static Criterion decodeTag(OFVlanVidMatch value) {
        boolean tagged = (value.getRawVid() & TAG_PRESENT) != 0;
        return Criteria.matchVlanId(tagged ? VlanId.vlanId(value.getVlan()) : VlanId.NONE);
    }

    private static Criterion decodeAnyTag(OFVlanVidMatch value, OFVlanVidMatch mask) {
        if (value.getRawVid() == TAG_PRESENT && mask.getRawVid() == TAG_PRESENT) {
            return Criteria.matchVlanId(VlanId.ANY);
        }
        throw new RuleDecodingException("vlan_vid=" + value + "/" + mask,
                                        "ONOS matches one VLAN, any VLAN, or no tag");
    }

    private static OFVlanVidMatch newTag(ModVlanIdInstruction instruction) {
        int vlan = Short.toUnsignedInt(instruction.vlanId().toShort());
        if (vlan >= TAG_PRESENT) {
            throw new RuleEncodingException(instruction.toString(), "a VLAN to set is a number from 0 to 4095");
        }
        return OFVlanVidMatch.ofVlan(vlan);
    }
}
