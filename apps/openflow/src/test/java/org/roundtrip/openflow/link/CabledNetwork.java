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
package org.roundtrip.openflow.link;

import com.google.common.collect.ImmutableMap;
import org.mockito.Mockito;
import org.onlab.packet.ChassisId;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipInfo;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.link.LinkDescription;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.link.LinkServiceAdapter;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.openflow.packet.compute.Frames;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Switches with cables between their ports, in memory, as ONOS's services show them. What is sent out of a port arrives
 * at the other end of its cable as a packet for the controller.
 */
final class CabledNetwork {

    private static final NodeId HERE = NodeId.nodeId("here");

    private final Map<DeviceId, Optional<NodeId>> masters = new ConcurrentHashMap<>();
    private final List<MastershipListener> mastershipListeners = new CopyOnWriteArrayList<>();
    private final Map<ConnectPoint, ConnectPoint> cables = new ConcurrentHashMap<>();
    private final Map<ConnectPoint, Boolean> ports = new ConcurrentHashMap<>();
    private final Set<DeviceId> unavailable = ConcurrentHashMap.newKeySet();
    private final List<DeviceListener> deviceListeners = new CopyOnWriteArrayList<>();
    private final List<PacketProcessor> processors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, LinkDescription> links = new ConcurrentHashMap<>();
    private final List<OutboundPacket> sent = new CopyOnWriteArrayList<>();

    /** Lays a cable in one direction. */
    void cable(ConnectPoint from, ConnectPoint to) {
        cables.put(from, to);
    }

    void cut(ConnectPoint from) {
        cables.remove(from);
    }

    void addPort(ConnectPoint port) {
        ports.put(port, true);
        tell(DeviceEvent.Type.PORT_ADDED, port);
    }

    void setEnabled(ConnectPoint port, boolean enabled) {
        ports.put(port, enabled);
        tell(DeviceEvent.Type.PORT_UPDATED, port);
    }

    void removePort(ConnectPoint port) {
        ports.put(port, false);
        tell(DeviceEvent.Type.PORT_REMOVED, port);
        ports.remove(port);
    }

    void setAvailable(DeviceId device, boolean available) {
        if (available) {
            unavailable.remove(device);
        } else {
            unavailable.add(device);
        }
        DeviceEvent event = new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device(device));
        deviceListeners.forEach(listener -> listener.event(event));
    }

    /** Gives a switch another master, or none. */
    void setMaster(DeviceId device, Optional<NodeId> master) {
        masters.put(device, master);
        MastershipEvent event = new MastershipEvent(MastershipEvent.Type.MASTER_CHANGED, device,
                                                    new MastershipInfo(1, master, ImmutableMap.of()));
        mastershipListeners.forEach(listener -> listener.event(event));
    }

    /** Hands a frame to the controller as if it had come in by a port. */
    PacketContext arrive(byte[] frame, ConnectPoint port) {
        PacketContext context = Mockito.mock(PacketContext.class);
        Mockito.when(context.inPacket()).thenReturn(new DefaultInboundPacket(
                port, Frames.parse(frame).orElse(null), ByteBuffer.wrap(frame)));
        processors.forEach(processor -> processor.process(context));
        return context;
    }

    /** Returns what ONOS was told of links, as "source -> destination". */
    Set<String> links() {
        return Set.copyOf(links.keySet());
    }

    void forgetLinks() {
        links.clear();
    }

    List<OutboundPacket> sent() {
        return List.copyOf(sent);
    }

    boolean isWatched() {
        return !deviceListeners.isEmpty() || !mastershipListeners.isEmpty()
                || !processors.isEmpty() || !requests.isEmpty();
    }

    LinkProviderService linkProviderService() {
        LinkProviderService service = Mockito.mock(LinkProviderService.class);
        Mockito.doAnswer(call -> links.put(name(call.getArgument(0)), call.getArgument(0)))
                .when(service).linkDetected(Mockito.any());
        Mockito.doAnswer(call -> links.remove(name(call.getArgument(0))))
                .when(service).linkVanished(Mockito.any());
        return service;
    }

    private static String name(LinkDescription link) {
        return link.src() + " -> " + link.dst();
    }

    private void tell(DeviceEvent.Type type, ConnectPoint at) {
        DeviceEvent event = new DeviceEvent(type, device(at.deviceId()), port(at));
        deviceListeners.forEach(listener -> listener.event(event));
    }

    private static Device device(DeviceId id) {
        return new DefaultDevice(new ProviderId("of", "test"), id, Device.Type.SWITCH, "", "", "", "",
                                 new ChassisId(1));
    }

    private Port port(ConnectPoint at) {
        return new DefaultPort(device(at.deviceId()), at.port(), ports.get(at));
    }

    DeviceServiceAdapter devices() {
        return new DeviceServiceAdapter() {
            @Override
            public Iterable<Device> getDevices() {
                return ports.keySet().stream().map(ConnectPoint::deviceId).distinct().map(CabledNetwork::device)
                        .collect(Collectors.toList());
            }

            @Override
            public Device getDevice(DeviceId id) {
                return device(id);
            }

            @Override
            public boolean isAvailable(DeviceId id) {
                return !unavailable.contains(id);
            }

            @Override
            public List<Port> getPorts(DeviceId id) {
                return new HashMap<>(ports).keySet().stream().filter(port -> port.deviceId().equals(id))
                        .map(CabledNetwork.this::port).collect(Collectors.toList());
            }

            @Override
            public void addListener(DeviceListener listener) {
                deviceListeners.add(listener);
            }

            @Override
            public void removeListener(DeviceListener listener) {
                deviceListeners.remove(listener);
            }
        };
    }

    PacketServiceAdapter packets() {
        return new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
                PortNumber out = ((OutputInstruction) packet.treatment().immediate().get(0)).port();
                ConnectPoint from = new ConnectPoint(packet.sendThrough(), out);
                byte[] frame = new byte[packet.data().remaining()];
                packet.data().duplicate().get(frame);
                Optional.ofNullable(cables.get(from)).ifPresent(to -> arrive(frame, to));
            }

            @Override
            public void addProcessor(PacketProcessor processor, int priority) {
                processors.add(processor);
            }

            @Override
            public void removeProcessor(PacketProcessor processor) {
                processors.remove(processor);
            }

            @Override
            public void requestPackets(TrafficSelector selector,
                                       PacketPriority priority,
                                       ApplicationId application) {
                requests.add(selector + " " + priority);
            }

            @Override
            public void cancelPackets(TrafficSelector selector,
                                      PacketPriority priority,
                                      ApplicationId application) {
                requests.remove(selector + " " + priority);
            }
        };
    }

    LinkServiceAdapter linkService() {
        return new LinkServiceAdapter() {
            @Override
            public Link getLink(ConnectPoint from, ConnectPoint to) {
                return links.containsKey(from + " -> " + to) ? Mockito.mock(Link.class) : null;
            }

            @Override
            public Set<Link> getLinks(ConnectPoint port) {
                return Set.of();
            }

            @Override
            public Set<Link> getDeviceIngressLinks(DeviceId device) {
                return Set.of();
            }
        };
    }

    MastershipServiceAdapter mastership() {
        return new MastershipServiceAdapter() {
            @Override
            public boolean isLocalMaster(DeviceId device) {
                return HERE.equals(getMasterFor(device));
            }

            @Override
            public NodeId getMasterFor(DeviceId device) {
                return masters.getOrDefault(device, Optional.of(HERE)).orElse(null);
            }

            @Override
            public void addListener(MastershipListener listener) {
                mastershipListeners.add(listener);
            }

            @Override
            public void removeListener(MastershipListener listener) {
                mastershipListeners.remove(listener);
            }
        };
    }
}
