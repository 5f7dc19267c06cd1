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
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instructions.MetadataInstruction;
import org.onosproject.net.flow.instructions.Instructions.MeterInstruction;
import org.onosproject.net.meter.MeterId;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteMetadata;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

import java.util.ArrayList;
import java.util.List;

/**
 * A traffic treatment of ONOS and the instructions of OpenFlow 1.3 (section 7.2.4).
 * <p>
 * Immediate instructions are <i>apply actions</i>, deferred ones <i>write actions</i>. Immutable, so it can be shared
 * between threads if the {@link ExtensionCodec} can.
 */
public final class TreatmentCodec {

    private static final int MAX_TABLE = 0xfe;

    private final OFFactory factory;
    private final ActionListCodec actions;

    /**
     * Creates a codec.
     *
     * @param factory    makes OpenFlow 1.3 objects
     * @param deviceId   the device, which extensions name
     * @param extensions what the device's driver knows beyond OpenFlow
     */
    public TreatmentCodec(OFFactory factory, DeviceId deviceId, ExtensionCodec extensions) {
        this.factory = factory;
        this.actions = new ActionListCodec(factory, deviceId, extensions);
    }

    /**
     * Encodes a treatment.
     *
     * @param treatment what to do with a packet
     * @return the instructions in the order in which a switch executes them
     * @throws RuleEncodingException if a part of the treatment has no counterpart
     */
    public List<OFInstruction> encode(TrafficTreatment treatment) {
        if (treatment.statTrigger() != null) {
            throw new RuleEncodingException(treatment.statTrigger().toString(),
                                            "OpenFlow 1.3 has no statistics trigger");
        }
        List<OFInstruction> instructions = new ArrayList<>();
        treatment.meters().forEach(meter -> instructions.add(encode(meter)));
        if (instructions.size() > 1) {
            throw new RuleEncodingException(treatment.meters().toString(), "OpenFlow 1.3 has one meter in a rule");
        }
        List<OFAction> immediate = actions.encode(treatment.immediate());
        if (!immediate.isEmpty()) {
            instructions.add(factory.instructions().applyActions(immediate));
        }
        if (treatment.clearedDeferred()) {
            instructions.add(factory.instructions().clearActions());
        }
        List<OFAction> deferred = actions.encode(treatment.deferred());
        if (!deferred.isEmpty()) {
            instructions.add(factory.instructions().writeActions(deferred));
        }
        if (treatment.writeMetadata() != null) {
            instructions.add(encode(treatment.writeMetadata()));
        }
        if (treatment.tableTransition() != null) {
            instructions.add(factory.instructions().gotoTable(table(treatment.tableTransition().tableId())));
        }
        return instructions;
    }

    /**
     * Decodes instructions.
     *
     * @param instructions the instructions
     * @return the treatment
     * @throws RuleDecodingException if an instruction or action has no counterpart
     */
    public TrafficTreatment decode(List<OFInstruction> instructions) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        for (OFInstruction instruction : instructions) {
            switch (instruction.getType()) {
                case METER:
                    treatment.meter(MeterId.meterId(((OFInstructionMeter) instruction).getMeterId()));
                    break;
                case APPLY_ACTIONS:
                    treatment.immediate();
                    actions.decode(((OFInstructionApplyActions) instruction).getActions()).forEach(treatment::add);
                    break;
                case CLEAR_ACTIONS:
                    treatment.wipeDeferred();
                    break;
                case WRITE_ACTIONS:
                    treatment.deferred();
                    actions.decode(((OFInstructionWriteActions) instruction).getActions()).forEach(treatment::add);
                    break;
                case WRITE_METADATA:
                    OFInstructionWriteMetadata metadata = (OFInstructionWriteMetadata) instruction;
                    treatment.writeMetadata(metadata.getMetadata().getValue(), metadata.getMetadataMask().getValue());
                    break;
                case GOTO_TABLE:
                    treatment.transition((int) ((OFInstructionGotoTable) instruction).getTableId().getValue());
                    break;
                default:
                    throw new RuleDecodingException(instruction.toString(), "ONOS has no such instruction");
            }
        }
        return treatment.build();
    }

    private OFInstruction encode(MeterInstruction meter) {
        return factory.instructions().meter(meter.meterId().id());
    }

    private OFInstruction encode(MetadataInstruction metadata) {
        // A switch reports no bits beyond the mask.
        return factory.instructions().writeMetadata(U64.of(metadata.metadata() & metadata.metadataMask()),
                                                    U64.of(metadata.metadataMask()));
    }

    private static TableId table(int table) {
        if (table < 0 || table > MAX_TABLE) {
            throw new RuleEncodingException("TABLE:" + table, "a table is a number from 0 to " + MAX_TABLE);
        }
        return TableId.of(table);
    }
}
