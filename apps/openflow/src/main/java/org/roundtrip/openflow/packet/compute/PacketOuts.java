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
package org.roundtrip.openflow.packet.compute;

import com.google.common.collect.ImmutableList;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.roundtrip.openflow.compute.PortNumbers;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes packet-out messages (OpenFlow 1.3.5, section 7.3.7).
 */
public final class PacketOuts {

    private PacketOuts() {
    }

    /**
     * Makes the message that sends a frame from the controller.
     *
     * @param factory   factory of the switch's protocol version
     * @param treatment outputs, in order; nothing else is allowed in it
     * @param frame     frame; its position and limit are left as they are
     * @return message
     * @throws IllegalArgumentException if the treatment has no output, or an instruction other than output
     */
    public static OFPacketOut fromController(OFFactory factory, TrafficTreatment treatment, ByteBuffer frame) {
        return message(factory, OFPort.CONTROLLER, treatment, frame);
    }

    /**
     * Makes the message that sends a frame as if it had arrived on a port. An output to that very port is then left out
     * by the switch, as is usual in OpenFlow, and flooding does not go back.
     *
     * @param factory   factory of the switch's protocol version
     * @param inPort    port to be taken for the frame's input port
     * @param treatment outputs, in order; nothing else is allowed in it
     * @param frame     frame; its position and limit are left as they are
     * @return message
     * @throws IllegalArgumentException if the treatment has no output, or an instruction other than output
     */
    public static OFPacketOut fromPort(OFFactory factory, PortNumber inPort, TrafficTreatment treatment,
                                       ByteBuffer frame) {
        return message(factory, PortNumbers.encode(inPort), treatment, frame);
    }

    private static OFPacketOut message(OFFactory factory, OFPort inPort, TrafficTreatment treatment, ByteBuffer frame) {
        List<OFAction> actions = treatment.allInstructions().stream()
                .filter(instruction -> instruction.type() != Instruction.Type.NOACTION)
                .map(instruction -> output(factory, instruction))
                .collect(ImmutableList.toImmutableList());
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("treatment: no output, so the packet would be dropped; name a port");
        }
        byte[] data = new byte[frame.remaining()];
        frame.duplicate().get(data);
        return factory.buildPacketOut()
                .setBufferId(OFBufferId.NO_BUFFER)
                .setInPort(inPort)
                .setActions(actions)
                .setData(data)
                .build();
    }

    private static OFAction output(OFFactory factory, Instruction instruction) {
        if (!(instruction instanceof OutputInstruction)) {
            throw new IllegalArgumentException("treatment: a packet sent by the controller can only be output; "
                                                       + "change the frame itself instead of " + instruction);
        }
        return factory.actions().buildOutput()
                .setPort(PortNumbers.encode(((OutputInstruction) instruction).port()))
                .build();
    }
}
