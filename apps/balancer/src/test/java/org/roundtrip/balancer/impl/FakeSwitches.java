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
package org.roundtrip.balancer.impl;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultLink;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.link.LinkServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.compute.NamedExtensions;
import org.roundtrip.balancer.compute.SwitchFacilities;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** The switches of a test, all of which have what virtual servers need unless said otherwise. */
final class FakeSwitches implements SwitchPreparation {

    private static final int UPLINK = 100;

    private final Map<DeviceId, Device> known = new ConcurrentHashMap<>();
    private final Set<DeviceId> available = ConcurrentHashMap.newKeySet();
    private final Set<ConnectPoint> disabled = ConcurrentHashMap.newKeySet();
    private final Set<DeviceId> silent = ConcurrentHashMap.newKeySet();
    private final Map<DeviceId, SwitchFacilities> facilities = new ConcurrentHashMap<>();
    private final List<DeviceListener> deviceListeners = new CopyOnWriteArrayList<>();
    private final List<LinkListener> linkListeners = new CopyOnWriteArrayList<>();
    private final Set<Link> links = new CopyOnWriteArraySet<>();
    private volatile Runnable watcher = () -> { };

    static DeviceId device(int n) {
        return DeviceId.deviceId(String.format("of:%016x", n));
    }

    static ConnectPoint port(int device, int port) {
        return new ConnectPoint(device(device), PortNumber.portNumber(port));
    }

    /** Connects switches; what they had is still in them. */
    void connect(int... devices) {
        for (int n : devices) {
            known.put(device(n), new DefaultDevice(ProviderId.NONE, device(n), Device.Type.SWITCH, "", "", "", "",
                                                   null));
            facilities.putIfAbsent(device(n), facilities(n));
            available.add(device(n));
            tell(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, n);
        }
    }

    /** Cuts a switch off the controller. */
    void disconnect(int device) {
        available.remove(device(device));
        tell(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device);
    }

    /** Has ONOS take all ports of a switch for disabled, as when it is back and has not told of them. */
    void silence(int device) {
        silent.add(device(device));
        tell(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device);
    }

    /** Has a switch tell of its ports. */
    void speak(int device) {
        silent.remove(device(device));
        tell(DeviceEvent.Type.DEVICE_UPDATED, device);
    }

    void disable(ConnectPoint port) {
        disabled.add(port);
        tellOfPort(port);
    }

    void enable(ConnectPoint port) {
        disabled.remove(port);
        tellOfPort(port);
    }

    /** Connects two switches with each other, by their ports with the number of the other. */
    void link(int one, int other) {
        for (Link link : List.of(directed(one, other), directed(other, one))) {
            links.add(link);
            linkListeners.forEach(each -> each.event(new LinkEvent(LinkEvent.Type.LINK_ADDED, link)));
        }
    }

    private static Link directed(int from, int to) {
        return DefaultLink.builder().providerId(ProviderId.NONE).type(Link.Type.DIRECT).state(Link.State.ACTIVE)
                .src(port(from, 100 + to)).dst(port(to, 100 + from)).annotations(DefaultAnnotations.EMPTY).build();
    }

    private static SwitchFacilities facilities(int device) {
        return SwitchFacilities.builder().zone(device)
                .extensions(new NamedExtensions(device(device))).build();
    }

    void tellThatFacilitiesMayHaveChanged() {
        watcher.run();
    }

    int listenerCount() {
        return deviceListeners.size() + linkListeners.size();
    }

    @Override
    public Optional<SwitchFacilities> facilities(DeviceId device) {
        return Optional.ofNullable(facilities.get(device));
    }

    @Override
    public void watch(Runnable changed) {
        watcher = changed;
    }

    DeviceService devices() {
        return new DeviceServiceAdapter() {
            @Override
            public Iterable<Device> getDevices() {
                return List.copyOf(known.values());
            }

            @Override
            public boolean isAvailable(DeviceId deviceId) {
                return available.contains(deviceId);
            }

            @Override
            public Port getPort(ConnectPoint point) {
                return new DefaultPort(known.get(point.deviceId()), point.port(),
                                       !disabled.contains(point) && !silent.contains(point.deviceId()));
            }

            @Override
            public List<Port> getPorts(DeviceId device) {
                return List.of(getPort(new ConnectPoint(device, PortNumber.portNumber(UPLINK))));
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

    LinkService links() {
        return new LinkServiceAdapter() {
            @Override
            public Iterable<Link> getLinks() {
                return links;
            }

            @Override
            public void addListener(LinkListener listener) {
                linkListeners.add(listener);
            }

            @Override
            public void removeListener(LinkListener listener) {
                linkListeners.remove(listener);
            }
        };
    }

    private void tell(DeviceEvent.Type type, int device) {
        deviceListeners.forEach(each -> each.event(new DeviceEvent(type, known.get(device(device)))));
    }

    private void tellOfPort(ConnectPoint port) {
        Device device = known.get(port.deviceId());
        DeviceEvent event = new DeviceEvent(DeviceEvent.Type.PORT_UPDATED, device,
                                            new DefaultPort(device, port.port(), !disabled.contains(port)));
        deviceListeners.forEach(each -> each.event(event));
    }
}
