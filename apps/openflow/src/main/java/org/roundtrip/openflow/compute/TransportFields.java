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

import org.onlab.packet.TpPort;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.SctpPortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L4ModificationInstruction.L4SubType;
import org.onosproject.net.flow.instructions.L4ModificationInstruction.ModTransportPortInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.TransportPort;

import java.util.List;
import java.util.Set;

/**
 * Ports of TCP, UDP and SCTP.
 */
final class TransportFields {

    /** Not {@link TransportPort#NO_MASK}, which has 32 bits and so differs from a mask of 16 ones. */
    private static final TransportPort ALL_BITS = TransportPort.of(0xffff);
    private static final TransportPort NO_BITS = TransportPort.FULL_MASK;

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.TCP_SRC, Criterion.Type.TCP_SRC_MASKED), MatchField.TCP_SRC,
                    ALL_BITS, NO_BITS, TcpPortCriterion.class, c -> port(c.tcpPort(), c.mask()),
                    v -> Criteria.matchTcpSrc(decode(v)),
                    (v, m) -> Criteria.matchTcpSrcMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.TCP_DST, Criterion.Type.TCP_DST_MASKED), MatchField.TCP_DST,
                    ALL_BITS, NO_BITS, TcpPortCriterion.class, c -> port(c.tcpPort(), c.mask()),
                    v -> Criteria.matchTcpDst(decode(v)),
                    (v, m) -> Criteria.matchTcpDstMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.UDP_SRC, Criterion.Type.UDP_SRC_MASKED), MatchField.UDP_SRC,
                    ALL_BITS, NO_BITS, UdpPortCriterion.class, c -> port(c.udpPort(), c.mask()),
                    v -> Criteria.matchUdpSrc(decode(v)),
                    (v, m) -> Criteria.matchUdpSrcMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.UDP_DST, Criterion.Type.UDP_DST_MASKED), MatchField.UDP_DST,
                    ALL_BITS, NO_BITS, UdpPortCriterion.class, c -> port(c.udpPort(), c.mask()),
                    v -> Criteria.matchUdpDst(decode(v)),
                    (v, m) -> Criteria.matchUdpDstMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.SCTP_SRC, Criterion.Type.SCTP_SRC_MASKED), MatchField.SCTP_SRC,
                    ALL_BITS, NO_BITS, SctpPortCriterion.class, c -> port(c.sctpPort(), c.mask()),
                    v -> Criteria.matchSctpSrc(decode(v)),
                    (v, m) -> Criteria.matchSctpSrcMasked(decode(v), decode(m))),
            new MaskedCriterionCodec<>(
                    Set.of(Criterion.Type.SCTP_DST, Criterion.Type.SCTP_DST_MASKED), MatchField.SCTP_DST,
                    ALL_BITS, NO_BITS, SctpPortCriterion.class, c -> port(c.sctpPort(), c.mask()),
                    v -> Criteria.matchSctpDst(decode(v)),
                    (v, m) -> Criteria.matchSctpDstMasked(decode(v), decode(m))));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L4SubType.TCP_SRC, MatchField.TCP_SRC, ModTransportPortInstruction.class,
                                i -> encode(i.port()), v -> Instructions.modTcpSrc(decode(v))),
            new SetFieldCodec<>(L4SubType.TCP_DST, MatchField.TCP_DST, ModTransportPortInstruction.class,
                                i -> encode(i.port()), v -> Instructions.modTcpDst(decode(v))),
            new SetFieldCodec<>(L4SubType.UDP_SRC, MatchField.UDP_SRC, ModTransportPortInstruction.class,
                                i -> encode(i.port()), v -> Instructions.modUdpSrc(decode(v))),
            new SetFieldCodec<>(L4SubType.UDP_DST, MatchField.UDP_DST, ModTransportPortInstruction.class,
                                i -> encode(i.port()), v -> Instructions.modUdpDst(decode(v))));

    private TransportFields() {
    }

    private static TransportPort encode(TpPort port) {
        return TransportPort.of(port.toInt());
    }

    private static TpPort decode(TransportPort port) {
        return TpPort.tpPort(port.getPort());
    }

    private static Masked<TransportPort> port(TpPort port, TpPort mask) {
        return Masked.of(encode(port), mask == null ? ALL_BITS : encode(mask));
    }
}
