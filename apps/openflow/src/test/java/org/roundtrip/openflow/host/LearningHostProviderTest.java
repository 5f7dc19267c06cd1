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
package org.roundtrip.openflow.host;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.mockito.Mockito;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.PortNumber;
import org.onosproject.net.host.HostDescription;
import org.onosproject.net.host.HostProviderRegistry;
import org.onosproject.net.host.HostProviderService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.openflow.link.PortRole;
import org.roundtrip.openflow.link.PortRoleListener;
import org.roundtrip.openflow.link.PortRoleService;
import org.roundtrip.openflow.packet.compute.Frames;
import org.roundtrip.openflow.testing.Components;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/** What the host provider tells ONOS, and when. */
class LearningHostProviderTest {

    private static final ConnectPoint PORT = ConnectPoint.deviceConnectPoint("of:0000000000000001/1");
    private static final ConnectPoint OTHER_PORT = ConnectPoint.deviceConnectPoint("of:0000000000000002/1");
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:01");
    private static final HostId HOST = HostId.hostId(MAC, VlanId.NONE);
    private static final Ip4Address IP = Ip4Address.valueOf("10.0.0.1");

    private final Map<ConnectPoint, PortRole> roles = new ConcurrentHashMap<>();
    private final Map<HostId, Host> known = new ConcurrentHashMap<>();
    private final HostProviderService core = Mockito.mock(HostProviderService.class);
    private final PacketService packets = Mockito.mock(PacketService.class);
    private final PortRoleService ports = Mockito.mock(PortRoleService.class);
    private final LearningHostProvider provider = new LearningHostProvider();
    private final AtomicLong markers = new AtomicLong(1_000);
    private PortRoleListener roleListener;
    private PacketProcessor processor;

    @BeforeEach
    void start() {
        HostProviderRegistry registry = Mockito.mock(HostProviderRegistry.class);
        Mockito.when(registry.register(provider)).thenReturn(core);
        Mockito.when(ports.roleOf(any())).thenAnswer(call -> roles.getOrDefault(
                call.<ConnectPoint>getArgument(0), PortRole.DOWN));
        HostService hosts = Mockito.mock(HostService.class);
        Mockito.when(hosts.getHost(any())).thenAnswer(call -> known.get(call.<HostId>getArgument(0)));
        Mockito.when(hosts.getConnectedHosts(any(ConnectPoint.class))).thenAnswer(call -> {
            HostLocation location = new HostLocation(call.<ConnectPoint>getArgument(0), 0);
            return Set.copyOf(known.values().stream().filter(host -> host.locations().contains(location)).toList());
        });
        Mockito.when(hosts.getHostsByIp(any())).thenAnswer(call -> Set.copyOf(known.values().stream()
                .filter(host -> host.ipAddresses().contains(call.<IpAddress>getArgument(0))).toList()));
        provider.registry = registry;
        provider.hosts = hosts;
        provider.ports = ports;
        provider.packets = packets;
        provider.coreService = new CoreServiceAdapter();
        provider.configuration = new ComponentConfigAdapter();
        activate(Map.of());
    }

    private void activate(Map<String, Object> properties) {
        provider.activate(Components.context(properties));
        ArgumentCaptor<PortRoleListener> listener = ArgumentCaptor.captor();
        verify(ports, Mockito.atLeastOnce()).addListener(listener.capture());
        roleListener = listener.getValue();
        ArgumentCaptor<PacketProcessor> added = ArgumentCaptor.captor();
        verify(packets, Mockito.atLeastOnce()).addProcessor(added.capture(), Mockito.anyInt());
        processor = added.getValue();
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        verify(packets, Mockito.atLeastOnce()).removeProcessor(processor);
        verify(ports, Mockito.atLeastOnce()).removeListener(roleListener);
    }

    @Test
    void stationOnAnEdgePortIsLearned() {
        roles.put(PORT, PortRole.EDGE);
        announce(PORT);
        HostDescription description = learned();
        assertThat(description.locations()).containsExactly(new HostLocation(PORT, 0));
        assertThat(description.ipAddress()).containsExactly(IP);
    }

    @Test
    void stationOnAPortNotKnownYetIsLearnedWhenItIs() {
        roles.put(PORT, PortRole.UNSETTLED);
        announce(PORT);
        handled();
        verify(core, never()).hostDetected(any(), any(), anyBoolean());
        become(PORT, PortRole.EDGE);
        assertThat(learned().ipAddress()).containsExactly(IP);
    }

    @Test
    void whatCameByALinkThatWasNotKnownYetIsForgotten() {
        roles.put(PORT, PortRole.UNSETTLED);
        announce(PORT);
        become(PORT, PortRole.INFRASTRUCTURE);
        announce(PORT);
        become(PORT, PortRole.DOWN);
        become(PORT, PortRole.UNSETTLED);
        become(PORT, PortRole.EDGE);
        handled();
        verify(core, never()).hostDetected(any(), any(), anyBoolean());
    }

    @Test
    void whatWasLearnedOnALinkIsTakenBack() {
        known(PORT);
        roles.put(PORT, PortRole.EDGE);
        become(PORT, PortRole.INFRASTRUCTURE);
        verify(core, Mockito.timeout(5_000)).removeLocationFromHost(HOST, new HostLocation(PORT, 0));
    }

    @Test
    void hostThatWentWithItsPortIsAskedForWhenThePortIsBack() {
        known(PORT);
        roles.put(PORT, PortRole.EDGE);
        become(PORT, PortRole.DOWN);
        verify(core, Mockito.timeout(5_000)).removeLocationFromHost(HOST, new HostLocation(PORT, 0));
        known.clear();
        become(PORT, PortRole.UNSETTLED);
        become(PORT, PortRole.EDGE);
        ArgumentCaptor<OutboundPacket> probe = ArgumentCaptor.captor();
        verify(packets, Mockito.timeout(5_000)).emit(probe.capture());
        assertThat(probe.getValue().sendThrough()).isEqualTo(PORT.deviceId());
        Ethernet frame = Frames.parse(probe.getValue().data().array()).orElseThrow();
        assertThat(frame.getDestinationMAC()).isEqualTo(MAC);
        assertThat(((ARP) frame.getPayload()).getTargetProtocolAddress()).isEqualTo(IP.toOctets());
    }

    @Test
    void hostThatMovedMeanwhileIsNotAskedForAtItsOldPort() {
        known(PORT);
        roles.put(PORT, PortRole.EDGE);
        roles.put(OTHER_PORT, PortRole.EDGE);
        become(PORT, PortRole.DOWN);
        handled();
        known.clear();
        announce(OTHER_PORT);
        assertThat(learned().locations()).containsExactly(new HostLocation(OTHER_PORT, 0));
        become(PORT, PortRole.UNSETTLED);
        become(PORT, PortRole.EDGE);
        handled();
        verify(packets, never()).emit(any());
    }

    @Test
    void hostStaysWithoutItsPortIfSoConfigured() {
        provider.modified(Components.context(Map.of(OsgiPropertyConstants.HOST_REMOVAL_ENABLED, "false")));
        known(PORT);
        roles.put(PORT, PortRole.EDGE);
        become(PORT, PortRole.DOWN);
        handled();
        verify(core, never()).removeLocationFromHost(any(), any());
    }

    @Test
    void whatIsKnownIsNotToldAgain() {
        known(PORT);
        roles.put(PORT, PortRole.EDGE);
        announce(PORT);
        handled();
        verify(core, never()).hostDetected(any(), any(), anyBoolean());
    }

    @Test
    void hostThatMovesIsTold() {
        known(PORT);
        roles.put(OTHER_PORT, PortRole.EDGE);
        announce(OTHER_PORT);
        assertThat(learned().locations()).containsExactly(new HostLocation(OTHER_PORT, 0));
    }

    /** A station may change its MAC address, and change it back. */
    @Test
    void addressIsWhereItWasHeardLast() {
        HostId former = host(7, VlanId.NONE, provider.id(), false);
        host(8, VlanId.vlanId((short) 5), provider.id(), false);
        host(9, VlanId.NONE, provider.id(), true);
        host(10, VlanId.NONE, ProviderId.NONE, false);
        roles.put(PORT, PortRole.EDGE);
        announce(PORT);
        learned();
        handled();
        InOrder order = Mockito.inOrder(core);
        order.verify(core).hostDetected(eq(HOST), any(), eq(false));
        order.verify(core).removeIpFromHost(former, IP);
        verify(core, Mockito.times(1)).removeIpFromHost(any(), any());
    }

    @Test
    void frameThatIsMalformedOrFromTheSwitchItselfIsPassedOver() {
        roles.put(PORT, PortRole.EDGE);
        processor.process(context(new byte[3], PORT));
        processor.process(context(announcement(), new ConnectPoint(PORT.deviceId(), PortNumber.LOCAL)));
        handled();
        verify(core, never()).hostDetected(any(), any(), anyBoolean());
    }

    @Test
    void addressesOfAHostAreProbedOnRequest() {
        known(PORT);
        provider.triggerProbe(known.get(HOST));
        verify(packets).emit(any());
    }

    private void announce(ConnectPoint port) {
        processor.process(context(announcement(), port));
    }

    private static byte[] announcement() {
        return ARP.buildArpRequest(MAC.toBytes(), IP.toOctets(), IP.toOctets(), Ethernet.VLAN_UNTAGGED).serialize();
    }

    private static PacketContext context(byte[] frame, ConnectPoint port) {
        PacketContext context = Mockito.mock(PacketContext.class);
        Mockito.when(context.inPacket()).thenReturn(new DefaultInboundPacket(
                port, Frames.parse(frame).orElse(null), ByteBuffer.wrap(frame)));
        return context;
    }

    private void become(ConnectPoint port, PortRole after) {
        PortRole before = roles.getOrDefault(port, PortRole.DOWN);
        roles.put(port, after);
        roleListener.roleChanged(port, before, after);
        handled();
    }

    private void known(ConnectPoint port) {
        known.put(HOST, new DefaultHost(provider.id(), HOST, MAC, VlanId.NONE, new HostLocation(port, 0),
                                        Set.<IpAddress>of(IP)));
    }

    private HostId host(int mac, VlanId vlan, ProviderId owner, boolean isConfigured) {
        HostId id = HostId.hostId(MacAddress.valueOf(mac), vlan);
        known.put(id, new DefaultHost(owner, id, id.mac(), vlan, Set.of(new HostLocation(OTHER_PORT, 0)),
                                      Set.<IpAddress>of(IP), isConfigured));
        return id;
    }

    private HostDescription learned() {
        ArgumentCaptor<HostDescription> description = ArgumentCaptor.captor();
        verify(core, Mockito.timeout(5_000)).hostDetected(eq(HOST), description.capture(), eq(false));
        return description.getValue();
    }

    /**
     * Waits until all that was handed to the provider's thread so far is done: it asks for the role of the port that a
     * last frame came by.
     */
    private void handled() {
        ConnectPoint marker = new ConnectPoint(PORT.deviceId(), PortNumber.portNumber(markers.incrementAndGet()));
        processor.process(context(announcement(), marker));
        verify(ports, Mockito.timeout(5_000)).roleOf(marker);
    }
}
