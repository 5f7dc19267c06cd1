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

import org.onosproject.net.flow.instructions.Instruction;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.protocol.oxm.OFOxms;
import org.projectfloodlight.openflow.types.OFValueType;

import java.util.function.Function;

/**
 * One rewritable field in both worlds: an instruction of ONOS to the OXM of a set-field action (OpenFlow 1.3,
 * section 7.2.5) and back.
 *
 * @param <I> the class of instruction
 * @param <F> type of the field's value in OpenFlow
 */
final class SetFieldCodec<I extends Instruction, F extends OFValueType<F>> {

    private final Enum<?> kind;
    private final MatchField<F> field;
    private final Class<I> instructionClass;
    private final Function<I, F> encoder;
    private final Function<F, Instruction> decoder;

    SetFieldCodec(Enum<?> kind, MatchField<F> field, Class<I> instructionClass,
                  Function<I, F> encoder, Function<F, Instruction> decoder) {
        this.kind = kind;
        this.field = field;
        this.instructionClass = instructionClass;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /**
     * Returns the kind of instruction, see {@link InstructionKind}.
     *
     * @return the kind
     */
    Enum<?> kind() {
        return kind;
    }

    MatchField<F> field() {
        return field;
    }

    OFOxm<F> encode(OFOxms oxms, Instruction instruction) {
        return oxms.fromValue(encoder.apply(instructionClass.cast(instruction)), field);
    }

    /**
     * Decodes the field of a set-field action.
     *
     * @param oxm an OXM of this codec's {@link #field()}
     * @return the instruction
     * @throws RuleDecodingException if only some bits are set, for which ONOS has no words
     */
    Instruction decode(OFOxm<?> oxm) {
        if (oxm.isMasked()) {
            throw new RuleDecodingException("set-field " + oxm, "ONOS sets this field as a whole only");
        }
        // The caller found this codec by the field of the OXM, so the value is of the field's type.
        @SuppressWarnings("unchecked")
        F value = (F) oxm.getValue();
        return decoder.apply(value);
    }
}
