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

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;
import org.onlab.packet.ChassisId;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.roundtrip.openflow.link.compute.Probe;
import org.roundtrip.openflow.link.compute.ProbeCodec;
import org.roundtrip.openflow.testing.OpenFlowSession;
import org.roundtrip.openflow.testing.OpenVswitch;
import org.roundtrip.openflow.testing.SessionController;
import org.roundtrip.openflow.testing.SessionController.SessionSwitch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Packets to and from two real switches with a cable between them: port 2 of each. */
class OpenFlowPacketProviderIT {

    @RegisterExtension
    static final OpenVswitch OPEN_VSWITCH = new OpenVswitch();

    private static final ConnectPoint NEAR = ConnectPoint.deviceConnectPoint("of:0000000000000001/2");
    private static final ConnectPoint FAR = ConnectPoint.deviceConnectPoint("of:0000000000000002/2");
    private static final long COOKIE = 0x5_0000_1234L;

    private final SessionController controller = new SessionController();
    private final OpenFlowPacketProvider provider = new OpenFlowPacketProvider();
    private final List<PacketContext> received = new CopyOnWriteArrayList<>();
    private final ProbeCodec codec = new ProbeCodec(MacAddress.valueOf("02:eb:00:00:00:01"), "secret",
                                                    Duration.ofMinutes(1));
    private SessionSwitch far;

    @BeforeEach
    void connect() {
        PacketProviderService core = Mockito.mock(PacketProviderService.class);
        Mockito.doAnswer(call -> received.add(call.getArgument(0))).when(core).processPacket(Mockito.any());
        PacketProviderRegistry registry = Mockito.mock(PacketProviderRegistry.class);
        Mockito.when(registry.register(provider)).thenReturn(core);
        provider.registry = registry;
        provider.controller = controller;
        provider.activate();
        connect("br1", 1, "toFar", "toNear");
        far = connect("br2", 2, "toNear", "toFar");
        OPEN_VSWITCH.ofctl("br2", "add-flow", "cookie=" + COOKIE + ",dl_type=0x88cc,actions=CONTROLLER:65535");
    }

    private SessionSwitch connect(String bridge, long dpid, String port, String peer) {
        OPEN_VSWITCH.addBridge(bridge, dpid);
        OPEN_VSWITCH.vsctl("add-port", bridge, port, "--", "set", "interface", port, "type=patch",
                           "options:peer=" + peer, "ofport_request=2");
        OpenFlowSession session = OPEN_VSWITCH.connect(bridge);
        return controller.connect(session);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        OPEN_VSWITCH.vsctl("del-br", "br1");
        OPEN_VSWITCH.vsctl("del-br", "br2");
    }

    @Test
    void probeSentOutOfOneSwitchArrivesFromTheOther() {
        emitProbe();
        PacketContext context = awaitOne();
        assertThat(context.inPacket().receivedFrom()).isEqualTo(FAR);
        assertThat(context.inPacket().cookie()).contains(COOKIE);
        assertThat(codec.decode(context.inPacket().parsed())).map(Probe::source).contains(NEAR);
        assertThat(context.isHandled()).isFalse();
    }

    @Test
    void packetIsSentOnOnce() {
        emitProbe();
        PacketContext context = awaitOne();
        context.treatmentBuilder().setOutput(PortNumber.FLOOD);
        context.send();
        context.send();
        assertThat(context.isHandled()).isTrue();
        assertThat(far.sent(OFPacketOut.class)).singleElement().satisfies(message -> {
            assertThat(message.getInPort().getPortNumber()).isEqualTo(2);
            assertThat(message.getData()).isEqualTo(context.inPacket().unparsed().array());
        });
    }

    @Test
    void blockedPacketIsNotSentOn() {
        emitProbe();
        PacketContext context = awaitOne();
        context.block();
        context.treatmentBuilder().setOutput(PortNumber.FLOOD);
        context.send();
        assertThat(far.sent(OFPacketOut.class)).isEmpty();
    }

    @Test
    void packetForASwitchThatIsAwayIsDropped() {
        emit(new ConnectPoint(DeviceId.deviceId("of:0000000000000009"), PortNumber.portNumber(1)));
        assertThat(received).isEmpty();
    }

    private void emitProbe() {
        emit(NEAR);
    }

    private void emit(ConnectPoint port) {
        provider.emit(new DefaultOutboundPacket(
                port.deviceId(), DefaultTrafficTreatment.builder().setOutput(port.port()).build(),
                ByteBuffer.wrap(codec.encode(port, new ChassisId(1)).serialize())));
    }

    private PacketContext awaitOne() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> received.size() == 1);
        return received.get(0);
    }
}
