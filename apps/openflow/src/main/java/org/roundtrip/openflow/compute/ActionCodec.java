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
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActions;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One action other than set-field in both worlds (OpenFlow 1.3, section 7.2.5).
 *
 * @param <I> the class of instruction
 * @param <A> the class of action
 */
final class ActionCodec<I extends Instruction, A extends OFAction> {

    private final Enum<?> kind;
    private final OFActionType type;
    private final Class<I> instructionClass;
    private final Class<A> actionClass;
    private final BiFunction<OFActions, I, OFAction> encoder;
    private final Function<A, Instruction> decoder;

    ActionCodec(Enum<?> kind, OFActionType type, Class<I> instructionClass, Class<A> actionClass,
                BiFunction<OFActions, I, OFAction> encoder, Function<A, Instruction> decoder) {
        this.kind = kind;
        this.type = type;
        this.instructionClass = instructionClass;
        this.actionClass = actionClass;
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

    OFActionType type() {
        return type;
    }

    OFAction encode(OFActions actions, Instruction instruction) {
        return encoder.apply(actions, instructionClass.cast(instruction));
    }

    Instruction decode(OFAction action) {
        return decoder.apply(actionClass.cast(action));
    }
}
