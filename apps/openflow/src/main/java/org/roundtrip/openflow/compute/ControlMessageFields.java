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

import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.IPv6NDLinkLayerAddressCriterion;
import org.onosproject.net.flow.criteria.IPv6NDTargetAddressCriterion;
import org.onosproject.net.flow.criteria.IcmpCodeCriterion;
import org.onosproject.net.flow.criteria.IcmpTypeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6CodeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6TypeCriterion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.ICMPv4Code;
import org.projectfloodlight.openflow.types.ICMPv4Type;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.U8;

import java.util.List;

/**
 * Fields of ICMP (RFC 792), ICMPv6 (RFC 4443) and neighbour discovery (RFC 4861). ONOS can match but not set them.
 */
final class ControlMessageFields {

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new ExactCriterionCodec<>(Criterion.Type.ICMPV4_TYPE, MatchField.ICMPV4_TYPE, IcmpTypeCriterion.class,
                                      c -> ICMPv4Type.of(c.icmpType()),
                                      v -> Criteria.matchIcmpType(v.getType())),
            new ExactCriterionCodec<>(Criterion.Type.ICMPV4_CODE, MatchField.ICMPV4_CODE, IcmpCodeCriterion.class,
                                      c -> ICMPv4Code.of(c.icmpCode()),
                                      v -> Criteria.matchIcmpCode(v.getCode())),
            new ExactCriterionCodec<>(Criterion.Type.ICMPV6_TYPE, MatchField.ICMPV6_TYPE, Icmpv6TypeCriterion.class,
                                      c -> U8.of(c.icmpv6Type()),
                                      v -> Criteria.matchIcmpv6Type(v.getValue())),
            new ExactCriterionCodec<>(Criterion.Type.ICMPV6_CODE, MatchField.ICMPV6_CODE, Icmpv6CodeCriterion.class,
                                      c -> U8.of(c.icmpv6Code()),
                                      v -> Criteria.matchIcmpv6Code(v.getValue())),
            new ExactCriterionCodec<>(Criterion.Type.IPV6_ND_TARGET, MatchField.IPV6_ND_TARGET,
                                      IPv6NDTargetAddressCriterion.class,
                                      c -> IPv6Address.of(c.targetAddress().toOctets()),
                                      v -> Criteria.matchIPv6NDTargetAddress(InternetFields.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.IPV6_ND_SLL, MatchField.IPV6_ND_SLL,
                                      IPv6NDLinkLayerAddressCriterion.class,
                                      c -> EthernetFields.encode(c.mac()),
                                      v -> Criteria.matchIPv6NDSourceLinkLayerAddress(EthernetFields.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.IPV6_ND_TLL, MatchField.IPV6_ND_TLL,
                                      IPv6NDLinkLayerAddressCriterion.class,
                                      c -> EthernetFields.encode(c.mac()),
                                      v -> Criteria.matchIPv6NDTargetLinkLayerAddress(EthernetFields.decode(v))));

    private ControlMessageFields() {
    }
}
