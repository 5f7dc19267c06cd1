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
package org.roundtrip.openflow.packet;

import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.openflow.controller.OpenFlowPacketContext;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.roundtrip.openflow.packet.compute.PacketOuts;

/**
 * A packet that a switch sent to ONOS, which the first processor to decide on it may send on or block.
 *
 * <p>Thread-safe in so far as a packet is sent at most once, whatever threads try.
 */
final class SwitchPacketContext extends DefaultPacketContext {

    private final OpenFlowSwitch from;
    private final OpenFlowPacketContext origin;

    SwitchPacketContext(long time, InboundPacket in, OutboundPacket out, OpenFlowSwitch from,
                        OpenFlowPacketContext origin) {
        super(time, in, out, origin.isHandled());
        this.from = from;
        this.origin = origin;
    }

    @Override
    public void send() {
        if (!block()) {
            PortNumber inPort = inPacket().receivedFrom().port();
            from.sendMsg(PacketOuts.fromPort(from.factory(), inPort, treatmentBuilder().build(), outPacket().data()));
        }
    }

    /**
     * {@inheritDoc}
     * It is blocked for listeners of the OpenFlow controller beside ONOS's packet processors as well.
     */
    @Override
    public boolean block() {
        origin.block();
        return super.block();
    }
}
