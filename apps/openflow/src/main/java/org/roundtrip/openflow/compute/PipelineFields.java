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
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.TunnelIdCriterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.L2SubType;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModTunnelIdInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.U64;

import java.util.List;

/**
 * Fields that belong to the switch's pipeline and not to the packet.
 */
final class PipelineFields {

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new ExactCriterionCodec<>(Criterion.Type.IN_PORT, MatchField.IN_PORT, PortCriterion.class,
                                      c -> PortNumbers.encode(c.port()),
                                      v -> Criteria.matchInPort(PortNumbers.decode(v))),
            new ExactCriterionCodec<>(Criterion.Type.METADATA, MatchField.METADATA, MetadataCriterion.class,
                                      c -> OFMetadata.ofRaw(c.metadata()),
                                      v -> Criteria.matchMetadata(v.getValue().getValue())),
            new ExactCriterionCodec<>(Criterion.Type.TUNNEL_ID, MatchField.TUNNEL_ID, TunnelIdCriterion.class,
                                      c -> U64.of(c.tunnelId()),
                                      v -> Criteria.matchTunnelId(v.getValue())));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L2SubType.TUNNEL_ID, MatchField.TUNNEL_ID, ModTunnelIdInstruction.class,
                                i -> U64.of(i.tunnelId()),
                                v -> Instructions.modTunnelId(v.getValue())));

    private PipelineFields() {
    }
}
