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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.ChassisId;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.compute.SwitchFacilities;
import org.roundtrip.base.store.InMemoryStorage;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.when;

class OpenVswitchPreparationTest {

    private static final NodeId NODE = NodeId.nodeId("10.0.0.1");
    private static final NodeId OTHER_NODE = NodeId.nodeId("10.0.0.2");
    private static final DeviceId FIRST = DeviceId.deviceId("of:1");
    private static final DeviceId SECOND = DeviceId.deviceId("of:2");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final Devices devices = new Devices();
    private final AtomicInteger told = new AtomicInteger();
    private volatile NodeId leader = NODE;
    private final DriverService drivers = Drivers.openVswitch();
    private OpenVswitchPreparation preparation;

    /** Switches that come and go. */
    private static final class Devices extends DeviceServiceAdapter {
        private final Set<DeviceId> known = new CopyOnWriteArraySet<>();
        private final Set<DeviceId> available = new CopyOnWriteArraySet<>();
        private final Set<DeviceListener> listeners = new CopyOnWriteArraySet<>();

        void connect(DeviceId id) {
            known.add(id);
            available.add(id);
            tell(id);
        }

        void disconnect(DeviceId id) {
            available.remove(id);
            tell(id);
        }

        private void tell(DeviceId id) {
            DeviceEvent event = new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device(id));
            listeners.forEach(listener -> listener.event(event));
        }

        private static Device device(DeviceId id) {
            return new DefaultDevice(ProviderId.NONE, id, Device.Type.SWITCH, "", "", "", "", new ChassisId(1));
        }

        @Override
        public Iterable<Device> getDevices(Device.Type type) {
            return known.stream().map(Devices::device).collect(Collectors.toList());
        }

        @Override
        public boolean isAvailable(DeviceId id) {
            return available.contains(id);
        }

        @Override
        public void addListener(DeviceListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(DeviceListener listener) {
            listeners.remove(listener);
        }
    }

    @BeforeEach
    void start() {
        preparation = started();
    }

    private OpenVswitchPreparation started() {
        OpenVswitchPreparation made = new OpenVswitchPreparation();
        made.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(1, name);
            }
        };
        made.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(NODE, NODE.toString());
            }
        };
        made.leadershipService = new LeadershipServiceAdapter() {
            @Override
            public NodeId getLeader(String topic) {
                return leader;
            }
        };
        made.storageService = storage;
        made.deviceService = devices;
        made.driverService = drivers;
        made.activate();
        made.watch(told::incrementAndGet);
        return made;
    }

    @AfterEach
    void stop() {
        preparation.deactivate();
        assertThat(devices.listeners).isEmpty();
    }

    @Test
    void whoWatchesIsToldOfASwitchAndFacilitiesStayWhileItIsAway() {
        devices.connect(FIRST);
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        await().untilAsserted(() -> assertThat(told).hasValue(1));
        SwitchFacilities before = preparation.facilities(FIRST).orElseThrow();

        devices.disconnect(FIRST);
        devices.connect(SECOND);

        await().untilAsserted(() -> assertThat(preparation.facilities(SECOND)).isPresent());
        assertThat(preparation.facilities(FIRST)).contains(before);
        await().untilAsserted(() -> assertThat(told).hasValue(2));
    }

    @Test
    void eachSwitchKeepsAZoneOfItsOwn() {
        devices.connect(SECOND);
        await().untilAsserted(() -> assertThat(preparation.facilities(SECOND)).isPresent());
        devices.connect(FIRST);
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        int first = zone(FIRST);
        int second = zone(SECOND);
        assertThat(new HashSet<>(List.of(first, second))).hasSize(2).allMatch(zone -> zone >= 1 && zone <= 65_535);
        preparation.deactivate();

        preparation = started();
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        assertThat(zone(FIRST)).isEqualTo(first);
        assertThat(zone(SECOND)).isEqualTo(second);
    }

    @Test
    void onlyTheNodeThatLeadsGivesZones() {
        preparation.deactivate();
        leader = OTHER_NODE;
        preparation = started();
        devices.connect(FIRST);
        await().during(Duration.ofMillis(100)).until(() -> preparation.facilities(FIRST).isEmpty());

        preparation.deactivate();
        leader = NODE;
        preparation = started();
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        int zone = zone(FIRST);

        preparation.deactivate();
        leader = OTHER_NODE;
        preparation = started();
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        assertThat(zone(FIRST)).isEqualTo(zone);
    }

    @Test
    void aStoreThatFailsIsTriedAgain() {
        storage.breakDown();
        devices.connect(FIRST);
        assertThat(preparation.facilities(FIRST)).isEmpty();

        storage.repair();
        devices.connect(SECOND);
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
    }

    @Test
    void aSwitchOfAnotherKindHasNothing() {
        preparation.deactivate();
        when(drivers.getDriver(FIRST)).thenThrow(new ItemNotFoundException("no driver"));
        preparation = started();
        devices.connect(FIRST);
        devices.connect(SECOND);

        await().untilAsserted(() -> assertThat(preparation.facilities(SECOND)).isPresent());
        assertThat(preparation.facilities(FIRST)).isEmpty();
    }

    private int zone(DeviceId device) {
        return preparation.facilities(device).orElseThrow().zone();
    }
}
