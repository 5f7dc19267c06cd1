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

import org.onosproject.core.GroupId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.Instructions.GroupInstruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.Instructions.SetQueueInstruction;
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionGroup;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.action.OFActionSetQueue;
import org.projectfloodlight.openflow.protocol.action.OFActions;
import org.projectfloodlight.openflow.types.OFGroup;

import java.util.List;

/**
 * Actions that tell where a packet goes: port, group, queue.
 */
final class ForwardingActions {

    static final List<ActionCodec<?, ?>> CODECS = List.of(
            new ActionCodec<>(Instruction.Type.OUTPUT, OFActionType.OUTPUT, OutputInstruction.class,
                              OFActionOutput.class,
                              ForwardingActions::encodeOutput, ForwardingActions::decodeOutput),
            new ActionCodec<>(Instruction.Type.GROUP, OFActionType.GROUP, GroupInstruction.class,
                              OFActionGroup.class,
                              (actions, i) -> actions.group(OFGroup.of(i.groupId().id())),
                              a -> Instructions.createGroup(new GroupId(a.getGroup().getGroupNumber()))),
            new ActionCodec<>(Instruction.Type.QUEUE, OFActionType.SET_QUEUE, SetQueueInstruction.class,
                              OFActionSetQueue.class,
                              ForwardingActions::encodeQueue,
                              a -> Instructions.setQueue(a.getQueueId(), null)));

    /** OFPCML_NO_BUFFER: the whole packet goes to the controller. */
    private static final int WHOLE_PACKET = 0xffff;
    private static final long MAX_QUEUE = 0xffff_ffffL;

    private ForwardingActions() {
    }

    private static OFAction encodeOutput(OFActions actions, OutputInstruction instruction) {
        // The length only has a meaning towards the controller, and a switch reports it as 0 elsewhere.
        int maxLength = instruction.port().equals(PortNumber.CONTROLLER) ? WHOLE_PACKET : 0;
        return actions.output(PortNumbers.encode(instruction.port()), maxLength);
    }

    private static Instruction decodeOutput(OFActionOutput action) {
        PortNumber port = PortNumbers.decode(action.getPort());
        if (port.equals(PortNumber.CONTROLLER) && action.getMaxLen() != WHOLE_PACKET) {
            throw new RuleDecodingException("output to controller, max_len " + action.getMaxLen(),
                                            "ONOS wants whole packets");
        }
        return Instructions.createOutput(port);
    }

    private static OFAction encodeQueue(OFActions actions, SetQueueInstruction instruction) {
        if (instruction.port() != null) {
            throw new RuleEncodingException(instruction.toString(), "OpenFlow 1.3 sets the queue of whatever port"
                    + " follows; leave the port out and give it by an OUTPUT instruction");
        }
        if (instruction.queueId() < 0 || instruction.queueId() > MAX_QUEUE) {
            throw new RuleEncodingException(instruction.toString(), "a queue is a number from 0 to " + MAX_QUEUE);
        }
        return actions.setQueue(instruction.queueId());
    }
}
