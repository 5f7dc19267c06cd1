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

import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPDscpCriterion;
import org.onosproject.net.flow.criteria.IPEcnCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.IPv6ExthdrFlagsCriterion;
import org.onosproject.net.flow.criteria.IPv6FlowLabelCriterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.L3SubType;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModDscpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPv6FlowLabelInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.IpDscp;
import org.projectfloodlight.openflow.types.IpEcn;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.U16;

import java.util.List;
import java.util.Set;

/**
 * Fields of the IPv4 and IPv6 headers.
 */
final class InternetFields {

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new ExactCriterionCodec<>(
                    Criterion.Type.IP_PROTO, MatchField.IP_PROTO, IPProtocolCriterion.class,
                    c -> IpProtocol.of(c.protocol()),
                    v -> Criteria.matchIPProtocol(v.getIpProtocolNumber())),
            new ExactCriterionCodec<>(
                    Criterion.Type.IP_DSCP, MatchField.IP_DSCP, IPDscpCriterion.class,
                    c -> IpDscp.of(c.ipDscp()),
                    v -> Criteria.matchIPDscp(v.getDscpValue())),
            new ExactCriterionCodec<>(
                    Criterion.Type.IP_ECN, MatchField.IP_ECN, IPEcnCriterion.class,
                    c -> IpEcn.of(c.ipEcn()),
                    v -> Criteria.matchIPEcn(v.getEcnValue())),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.IPV4_SRC), MatchField.IPV4_SRC,
                    IPv4Address.NO_MASK, IPv4Address.FULL_MASK, IPCriterion.class, InternetFields::prefix4,
                    v -> Criteria.matchIPSrc(host(decode(v))),
                    (v, m) -> Criteria.matchIPSrc(decode(v, m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.IPV4_DST), MatchField.IPV4_DST,
                    IPv4Address.NO_MASK, IPv4Address.FULL_MASK, IPCriterion.class, InternetFields::prefix4,
                    v -> Criteria.matchIPDst(host(decode(v))),
                    (v, m) -> Criteria.matchIPDst(decode(v, m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.IPV6_SRC), MatchField.IPV6_SRC,
                    IPv6Address.NO_MASK, IPv6Address.FULL_MASK, IPCriterion.class, InternetFields::prefix6,
                    v -> Criteria.matchIPv6Src(host(decode(v))),
                    (v, m) -> Criteria.matchIPv6Src(decode(v, m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.IPV6_DST), MatchField.IPV6_DST,
                    IPv6Address.NO_MASK, IPv6Address.FULL_MASK, IPCriterion.class, InternetFields::prefix6,
                    v -> Criteria.matchIPv6Dst(host(decode(v))),
                    (v, m) -> Criteria.matchIPv6Dst(decode(v, m))),
            new ExactCriterionCodec<>(
                    Criterion.Type.IPV6_FLABEL, MatchField.IPV6_FLABEL, IPv6FlowLabelCriterion.class,
                    c -> IPv6FlowLabel.of(c.flowLabel()),
                    v -> Criteria.matchIPv6FlowLabel(v.getIPv6FlowLabelValue())),
            new ExactCriterionCodec<>(
                    Criterion.Type.IPV6_EXTHDR, MatchField.IPV6_EXTHDR, IPv6ExthdrFlagsCriterion.class,
                    c -> U16.of(c.exthdrFlags()),
                    v -> Criteria.matchIPv6ExthdrFlags(v.getValue())));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L3SubType.IPV4_SRC, MatchField.IPV4_SRC, ModIPInstruction.class,
                                i -> encode4(i.ip(), i.toString()), v -> Instructions.modL3Src(decode(v))),
            new SetFieldCodec<>(L3SubType.IPV4_DST, MatchField.IPV4_DST, ModIPInstruction.class,
                                i -> encode4(i.ip(), i.toString()), v -> Instructions.modL3Dst(decode(v))),
            new SetFieldCodec<>(L3SubType.IPV6_SRC, MatchField.IPV6_SRC, ModIPInstruction.class,
                                i -> encode6(i.ip(), i.toString()), v -> Instructions.modL3IPv6Src(decode(v))),
            new SetFieldCodec<>(L3SubType.IPV6_DST, MatchField.IPV6_DST, ModIPInstruction.class,
                                i -> encode6(i.ip(), i.toString()), v -> Instructions.modL3IPv6Dst(decode(v))),
            new SetFieldCodec<>(L3SubType.IPV6_FLABEL, MatchField.IPV6_FLABEL, ModIPv6FlowLabelInstruction.class,
                                i -> IPv6FlowLabel.of(i.flowLabel()),
                                v -> Instructions.modL3IPv6FlowLabel(v.getIPv6FlowLabelValue())),
            new SetFieldCodec<>(L3SubType.IP_DSCP, MatchField.IP_DSCP, ModDscpInstruction.class,
                                InternetFields::newDscp,
                                v -> Instructions.modIpDscp(v.getDscpValue())));

    private InternetFields() {
    }

    static IPv4Address encode4(IpAddress address, String element) {
        if (!address.isIp4()) {
            throw new RuleEncodingException(element, "the field holds an IPv4 address, not " + address);
        }
        return IPv4Address.of(address.getIp4Address().toInt());
    }

    static Ip4Address decode(IPv4Address address) {
        return Ip4Address.valueOf(address.getInt());
    }

    static IPv6Address encode6(IpAddress address, String element) {
        if (!address.isIp6()) {
            throw new RuleEncodingException(element, "the field holds an IPv6 address, not " + address);
        }
        return IPv6Address.of(address.toOctets());
    }

    static Ip6Address decode(IPv6Address address) {
        return Ip6Address.valueOf(address.getBytes());
    }

    private static Masked<IPv4Address> prefix4(IPCriterion criterion) {
        return Masked.of(encode4(criterion.ip().address(), criterion.toString()),
                         IPv4Address.ofCidrMaskLength(criterion.ip().prefixLength()));
    }

    private static Masked<IPv6Address> prefix6(IPCriterion criterion) {
        return Masked.of(encode6(criterion.ip().address(), criterion.toString()),
                         IPv6Address.ofCidrMaskLength(criterion.ip().prefixLength()));
    }

    private static IpPrefix host(IpAddress address) {
        return address.toIpPrefix();
    }

    private static IpPrefix decode(IPv4Address value, IPv4Address mask) {
        if (!mask.isCidrMask()) {
            throw noPrefix(value + "/" + mask);
        }
        return Ip4Prefix.valueOf(decode(value), mask.asCidrMaskLength());
    }

    private static IpPrefix decode(IPv6Address value, IPv6Address mask) {
        if (!mask.isCidrMask()) {
            throw noPrefix(value + "/" + mask);
        }
        return Ip6Prefix.valueOf(decode(value), mask.asCidrMaskLength());
    }

    private static RuleDecodingException noPrefix(String match) {
        return new RuleDecodingException(match, "ONOS matches addresses by prefix only");
    }

    private static IpDscp newDscp(ModDscpInstruction instruction) {
        if ((instruction.dscp() & ~0x3f) != 0) {
            throw new RuleEncodingException(instruction.toString(), "a DSCP is a number from 0 to 63");
        }
        return IpDscp.of(instruction.dscp());
    }
}
