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

import org.onlab.packet.MplsLabel;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.MplsBosCriterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.MplsTcCriterion;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.L2SubType;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsBosInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsLabelInstruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFBooleanValue;
import org.projectfloodlight.openflow.types.U32;
import org.projectfloodlight.openflow.types.U8;

import java.util.List;

/**
 * The outermost MPLS label stack entry (RFC 3032): label, traffic class, bottom of stack.
 */
final class MplsFields {

    static final List<CriterionCodec<?>> CRITERIA = List.of(
            new ExactCriterionCodec<>(Criterion.Type.MPLS_LABEL, MatchField.MPLS_LABEL, MplsCriterion.class,
                                      c -> U32.of(c.label().toInt()),
                                      v -> Criteria.matchMplsLabel(MplsLabel.mplsLabel(v.getRaw()))),
            new ExactCriterionCodec<>(Criterion.Type.MPLS_TC, MatchField.MPLS_TC, MplsTcCriterion.class,
                                      c -> U8.of(c.tc()),
                                      v -> Criteria.matchMplsTc(v.getRaw())),
            new ExactCriterionCodec<>(Criterion.Type.MPLS_BOS, MatchField.MPLS_BOS, MplsBosCriterion.class,
                                      c -> OFBooleanValue.of(c.mplsBos()),
                                      v -> Criteria.matchMplsBos(v.getValue())));

    static final List<SetFieldCodec<?, ?>> SET_FIELDS = List.of(
            new SetFieldCodec<>(L2SubType.MPLS_LABEL, MatchField.MPLS_LABEL, ModMplsLabelInstruction.class,
                                i -> U32.of(i.label().toInt()),
                                v -> Instructions.modMplsLabel(MplsLabel.mplsLabel(v.getRaw()))),
            new SetFieldCodec<>(L2SubType.MPLS_BOS, MatchField.MPLS_BOS, ModMplsBosInstruction.class,
                                i -> OFBooleanValue.of(i.mplsBos()),
                                v -> Instructions.modMplsBos(v.getValue())));

    private MplsFields() {
    }
}
