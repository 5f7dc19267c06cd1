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

import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PacketOutsTest {

    private static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);
    private static final ByteBuffer FRAME = ByteBuffer.wrap(new byte[]{0, 1, 2, 3, 4}, 1, 3);

    @Test
    void allOutputsGoIntoOneMessage() {
        TrafficTreatment treatment = DefaultTrafficTreatment.builder()
                .setOutput(PortNumber.portNumber(7)).setOutput(PortNumber.portNumber(2)).build();
        OFPacketOut message = PacketOuts.fromController(OF13, treatment, FRAME);
        assertThat(message.getActions()).extracting(action -> ((OFActionOutput) action).getPort())
                .containsExactly(OFPort.of(7), OFPort.of(2));
        assertThat(message.getInPort()).isEqualTo(OFPort.CONTROLLER);
        assertThat(message.getBufferId()).isEqualTo(OFBufferId.NO_BUFFER);
    }

    @Test
    void frameIsWhatRemainsInTheBufferWhichIsNotConsumed() {
        TrafficTreatment treatment = DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(7)).build();
        assertThat(PacketOuts.fromController(OF13, treatment, FRAME).getData()).containsExactly(1, 2, 3);
        assertThat(PacketOuts.fromController(OF13, treatment, FRAME).getData()).containsExactly(1, 2, 3);
    }

    @Test
    void floodingKnowsTheInputPort() {
        TrafficTreatment treatment = DefaultTrafficTreatment.builder().setOutput(PortNumber.FLOOD).build();
        OFPacketOut message = PacketOuts.fromPort(OF13, PortNumber.portNumber(3), treatment, FRAME);
        assertThat(message.getInPort()).isEqualTo(OFPort.of(3));
        assertThat(((OFActionOutput) message.getActions().get(0)).getPort()).isEqualTo(OFPort.FLOOD);
    }

    @Test
    void treatmentThatCanNotBeDoneIsRefusedByName() {
        TrafficTreatment rewriting = DefaultTrafficTreatment.builder()
                .setEthDst(MacAddress.ONOS).setOutput(PortNumber.portNumber(7)).build();
        assertThatThrownBy(() -> PacketOuts.fromController(OF13, rewriting, FRAME))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ETH_DST");
        assertThatThrownBy(() -> PacketOuts.fromController(OF13, DefaultTrafficTreatment.emptyTreatment(), FRAME))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no output");
    }
}
