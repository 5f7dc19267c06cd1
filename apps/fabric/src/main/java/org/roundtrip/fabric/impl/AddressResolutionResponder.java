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
package org.roundtrip.fabric.impl;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Multimaps;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPacket;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.UDP;
import org.onlab.packet.VlanId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.host.HostService;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.fabric.compute.AddressResolution;
import org.roundtrip.fabric.compute.Delivery;
import org.roundtrip.fabric.compute.HostDirectory;
import org.roundtrip.openflow.link.PortRole;
import org.roundtrip.openflow.link.PortRoleService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the messages that stations find each other by from the switches, and answers them or sends them on.
 */
@Component(immediate = true, service = AddressResolutionResponder.class)
public class AddressResolutionResponder {

    private static final String APPLICATION = "org.roundtrip.fabric";

    private static final List<TrafficSelector> MESSAGES = ImmutableList.of(
            DefaultTrafficSelector.builder().matchEthType(Ethernet.TYPE_ARP).build(),
            neighbourDiscovery(ICMP6.ROUTER_SOLICITATION),
            neighbourDiscovery(ICMP6.ROUTER_ADVERTISEMENT),
            neighbourDiscovery(ICMP6.NEIGHBOR_SOLICITATION),
            neighbourDiscovery(ICMP6.NEIGHBOR_ADVERTISEMENT),
            dhcp(UDP.DHCP_SERVER_PORT),
            dhcp(UDP.DHCP_CLIENT_PORT));

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final PacketProcessor processor = this::receive;
    private final HostDirectory directory = new KnownHosts();

    @Reference
    protected CoreService coreService;

    @Reference
    protected PacketService packets;

    @Reference
    protected HostService hosts;

    @Reference
    protected PortRoleService ports;

    private ApplicationId application;

    @Activate
    protected void activate() {
        application = coreService.registerApplication(APPLICATION);
        packets.addProcessor(processor, PacketProcessor.director(2));
        MESSAGES.forEach(message -> packets.requestPackets(message, PacketPriority.CONTROL, application));
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        MESSAGES.forEach(message -> packets.cancelPackets(message, PacketPriority.CONTROL, application));
        packets.removeProcessor(processor);
        log.info("Stopped");
    }

    private void receive(PacketContext context) {
        Ethernet frame = context.inPacket().parsed();
        ConnectPoint arrival = context.inPacket().receivedFrom();
        // What comes by a link was sent on already by the switch where it entered.
        boolean forUs = !context.isHandled() && frame != null && isMessage(frame)
                && ports.roleOf(arrival) != PortRole.INFRASTRUCTURE && !arrival.port().isLogical();
        if (forUs) {
            context.block();
            if (!isCopy(context)) {
                send(AddressResolution.decide(frame, arrival, directory));
            }
        }
    }

    // A rule of the fabric sent the message on and told the controller. The number of its application is in the
    // uppermost 16 bits of a rule's cookie.
    private boolean isCopy(PacketContext context) {
        return context.inPacket().cookie().filter(cookie -> cookie >>> 48 == application.id()).isPresent();
    }

    private static boolean isMessage(Ethernet frame) {
        IPacket payload = frame.getPayload();
        if (payload instanceof IPv4) {
            return payload.getPayload() instanceof UDP && isDhcp((UDP) payload.getPayload());
        }
        if (payload instanceof IPv6) {
            return payload.getPayload() instanceof ICMP6 && isNeighbourDiscovery((ICMP6) payload.getPayload());
        }
        return payload instanceof ARP;
    }

    private static boolean isDhcp(UDP datagram) {
        return datagram.getDestinationPort() == UDP.DHCP_SERVER_PORT
                || datagram.getDestinationPort() == UDP.DHCP_CLIENT_PORT;
    }

    private static boolean isNeighbourDiscovery(ICMP6 message) {
        return message.getIcmpType() >= ICMP6.ROUTER_SOLICITATION
                && message.getIcmpType() <= ICMP6.NEIGHBOR_ADVERTISEMENT;
    }

    private void send(Delivery delivery) {
        byte[] frame = delivery.frame().serialize();
        ImmutableSetMultimap<DeviceId, ConnectPoint> bySwitch =
                ImmutableSetMultimap.copyOf(Multimaps.index(delivery.ports(), ConnectPoint::deviceId));
        bySwitch.asMap().forEach((device, out) -> {
            TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
            out.forEach(port -> treatment.setOutput(port.port()));
            packets.emit(new DefaultOutboundPacket(device, treatment.build(), ByteBuffer.wrap(frame)));
        });
    }

    private static TrafficSelector neighbourDiscovery(byte type) {
        return DefaultTrafficSelector.builder()
                .matchEthType(Ethernet.TYPE_IPV6)
                .matchIPProtocol(IPv6.PROTOCOL_ICMP6)
                .matchIcmpv6Type(type)
                .build();
    }

    private static TrafficSelector dhcp(int port) {
        return DefaultTrafficSelector.builder()
                .matchEthType(Ethernet.TYPE_IPV4)
                .matchIPProtocol(IPv4.PROTOCOL_UDP)
                .matchUdpDst(TpPort.tpPort(port))
                .build();
    }

    /**
     * The hosts that ONOS knows.
     */
    private final class KnownHosts implements HostDirectory {

        @Override
        public Optional<HostId> ownerOf(IpAddress address, VlanId vlan) {
            return hosts.getHostsByIp(address).stream()
                    .map(Host::id)
                    .filter(host -> host.vlanId().equals(vlan))
                    .min(Comparator.comparing(HostId::toString));
        }

        @Override
        public Optional<ConnectPoint> portOf(HostId host) {
            return Optional.ofNullable(hosts.getHost(host)).map(Host::location);
        }

        @Override
        public Set<ConnectPoint> edgePorts() {
            return ports.edgePorts();
        }
    }
}
