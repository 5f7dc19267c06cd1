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

import org.onlab.packet.Ethernet;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProvider;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowPacketContext;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.PacketListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.types.OFPort;
import org.roundtrip.openflow.compute.PortNumbers;
import org.roundtrip.openflow.device.OpenFlowProviderId;
import org.roundtrip.openflow.device.compute.DeviceDescriptions;
import org.roundtrip.openflow.packet.compute.Frames;
import org.roundtrip.openflow.packet.compute.PacketOuts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * Carries packets from switches to ONOS's packet processors and from ONOS to switches.
 *
 * <p>Packets are processed on the thread on which the OpenFlow controller delivers them, one for each switch. So they
 * keep their order, and a switch that sends more than can be processed is slowed down by its own connection instead of
 * filling the memory.
 */
@Component(immediate = true, service = PacketProvider.class)
public class OpenFlowPacketProvider extends AbstractProvider implements PacketProvider {

    /**
     * Place among the listeners of the OpenFlow controller, lower ones being called earlier; the same as that of ONOS's
     * own provider.
     */
    private static final int LISTENER_PRIORITY = 20;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final PacketListener listener = this::receive;

    @Reference
    protected PacketProviderRegistry registry;

    @Reference
    protected OpenFlowController controller;

    private PacketProviderService core;

    /**
     * Creates the provider.
     */
    public OpenFlowPacketProvider() {
        super(OpenFlowProviderId.OPENFLOW);
    }

    @Activate
    protected void activate() {
        core = registry.register(this);
        controller.addPacketListener(LISTENER_PRIORITY, listener);
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        controller.removePacketListener(listener);
        registry.unregister(this);
        log.info("Stopped");
    }

    @Override
    public void emit(OutboundPacket packet) {
        DeviceId device = packet.sendThrough();
        OpenFlowSwitch through = controller.getSwitch(Dpid.dpid(device.uri()));
        if (through == null) {
            log.debug("A packet was not sent: switch {} is not connected", device);
            return;
        }
        through.sendMsg(packet.inPort() == null
                ? PacketOuts.fromController(through.factory(), packet.treatment(), packet.data())
                : PacketOuts.fromPort(through.factory(), packet.inPort(), packet.treatment(), packet.data()));
    }

    private void receive(OpenFlowPacketContext origin) {
        OpenFlowSwitch from = controller.getSwitch(origin.dpid());
        if (from == null) {
            return;
        }
        DeviceId device = DeviceDescriptions.id(origin.dpid());
        byte[] frame = origin.unparsed();
        Ethernet parsed = Frames.parse(frame).orElse(null);
        if (parsed == null) {
            log.debug("Malformed frame of {} bytes from {}/{}", frame.length, device, origin.inPort());
        }
        InboundPacket in = new DefaultInboundPacket(
                new ConnectPoint(device, PortNumbers.decode(OFPort.of(origin.inPort()))),
                parsed, ByteBuffer.wrap(frame), origin.cookie());
        OutboundPacket out = new DefaultOutboundPacket(device, null, ByteBuffer.wrap(frame));
        core.processPacket(new SwitchPacketContext(System.currentTimeMillis(), in, out, from, origin));
    }
}
