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

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionSetField;
import org.projectfloodlight.openflow.protocol.match.MatchFields;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of instructions that act on a packet, as ONOS says it and as a list of OpenFlow actions.
 * <p>
 * Immutable, so it can be shared between threads if the {@link ExtensionCodec} can.
 */
public final class ActionListCodec {

    private static final Map<Enum<?>, SetFieldCodec<?, ?>> SET_FIELD_BY_KIND = new HashMap<>();
    private static final Map<MatchFields, SetFieldCodec<?, ?>> SET_FIELD_BY_FIELD = new EnumMap<>(MatchFields.class);
    private static final Map<Enum<?>, ActionCodec<?, ?>> ACTION_BY_KIND = new HashMap<>();
    private static final Map<OFActionType, ActionCodec<?, ?>> ACTION_BY_TYPE = new EnumMap<>(OFActionType.class);

    static {
        Stream.of(PipelineFields.SET_FIELDS, EthernetFields.SET_FIELDS, MplsFields.SET_FIELDS,
                  InternetFields.SET_FIELDS, ArpFields.SET_FIELDS, TransportFields.SET_FIELDS)
                .flatMap(List::stream)
                .forEach(codec -> {
                    SET_FIELD_BY_KIND.put(codec.kind(), codec);
                    SET_FIELD_BY_FIELD.put(codec.field().id, codec);
                });
        Stream.of(ForwardingActions.CODECS, HeaderActions.CODECS)
                .flatMap(List::stream)
                .forEach(codec -> {
                    ACTION_BY_KIND.put(codec.kind(), codec);
                    ACTION_BY_TYPE.put(codec.type(), codec);
                });
    }

    private final OFFactory factory;
    private final DeviceId deviceId;
    private final ExtensionCodec extensions;

    /**
     * Creates a codec.
     *
     * @param factory    makes OpenFlow 1.3 objects
     * @param deviceId   the device, which extensions name
     * @param extensions what the device's driver knows beyond OpenFlow
     */
    public ActionListCodec(OFFactory factory, DeviceId deviceId, ExtensionCodec extensions) {
        this.factory = factory;
        this.deviceId = deviceId;
        this.extensions = extensions;
    }

    /**
     * Encodes instructions.
     *
     * @param instructions what to do with a packet, in this order; a sole NOACTION means nothing at all
     * @return the actions
     * @throws RuleEncodingException if an instruction has no counterpart, or NOACTION stands beside others
     */
    public List<OFAction> encode(List<Instruction> instructions) {
        if (instructions.size() == 1 && instructions.get(0).type() == Instruction.Type.NOACTION) {
            return List.of();
        }
        return instructions.stream().map(this::encode).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Decodes actions.
     *
     * @param actions the actions
     * @return the instructions, in the same order
     * @throws RuleDecodingException if an action has no counterpart
     */
    public List<Instruction> decode(List<OFAction> actions) {
        List<Instruction> instructions = new ArrayList<>(actions.size());
        actions.forEach(action -> instructions.add(decode(action)));
        return instructions;
    }

    private OFAction encode(Instruction instruction) {
        if (instruction instanceof ExtensionInstructionWrapper) {
            return extensions.encode(factory, ((ExtensionInstructionWrapper) instruction).extensionInstruction())
                    .orElseThrow(() -> new RuleEncodingException(instruction.toString(),
                                                                 "the device's driver has no such extension"));
        }
        Enum<?> kind = InstructionKind.of(instruction);
        try {
            SetFieldCodec<?, ?> setField = SET_FIELD_BY_KIND.get(kind);
            if (setField != null) {
                return factory.actions().setField(setField.encode(factory.oxms(), instruction));
            }
            ActionCodec<?, ?> action = ACTION_BY_KIND.get(kind);
            if (action != null) {
                return action.encode(factory.actions(), instruction);
            }
        } catch (IllegalArgumentException e) {
            throw new RuleEncodingException(instruction.toString(), e.getMessage());
        }
        if (kind == Instruction.Type.NOACTION) {
            throw new RuleEncodingException(instruction.toString(), "it contradicts the instructions beside it");
        }
        throw new RuleEncodingException(instruction.toString(), "OpenFlow 1.3 has no such action");
    }

    private Instruction decode(OFAction action) {
        if (action instanceof OFActionSetField) {
            OFOxm<?> oxm = ((OFActionSetField) action).getField();
            SetFieldCodec<?, ?> setField = SET_FIELD_BY_FIELD.get(oxm.getMatchField().id);
            return setField != null ? setField.decode(oxm) : decodeExtension(action);
        }
        ActionCodec<?, ?> codec = ACTION_BY_TYPE.get(action.getType());
        return codec != null ? codec.decode(action) : decodeExtension(action);
    }

    private Instruction decodeExtension(OFAction action) {
        return extensions.decode(action)
                .map(treatment -> Instructions.extension(treatment, deviceId))
                .orElseThrow(() -> new RuleDecodingException(action.toString(),
                                                             "neither ONOS nor the device's driver has this action"));
    }
}
