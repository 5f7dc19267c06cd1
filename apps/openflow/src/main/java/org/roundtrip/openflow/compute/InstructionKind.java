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
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction;

/**
 * What an instruction does: its type, or its subtype where the type is only a family.
 */
final class InstructionKind {

    private InstructionKind() {
    }

    static Enum<?> of(Instruction instruction) {
        switch (instruction.type()) {
            case L2MODIFICATION:
                return ((L2ModificationInstruction) instruction).subtype();
            case L3MODIFICATION:
                return ((L3ModificationInstruction) instruction).subtype();
            case L4MODIFICATION:
                return ((L4ModificationInstruction) instruction).subtype();
            default:
                return instruction.type();
        }
    }
}
