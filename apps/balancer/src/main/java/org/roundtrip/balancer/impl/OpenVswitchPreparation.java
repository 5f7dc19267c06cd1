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

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.compute.ConnectionZones;
import org.roundtrip.balancer.compute.SwitchFacilities;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.base.store.DurableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gets Open vSwitch ready for virtual servers. One node of the cluster gives zones; all of them see what there is.
 * Thread-safe.
 */
@Component(immediate = true, service = SwitchPreparation.class)
public class OpenVswitchPreparation implements SwitchPreparation {

    private static final Logger log = LoggerFactory.getLogger(OpenVswitchPreparation.class);

    private static final String APPLICATION = "org.roundtrip.balancer";
    private static final String ZONES = "roundtrip-balancer-zones";
    private static final Set<DeviceEvent.Type> APPEARANCES = Set.of(
            DeviceEvent.Type.DEVICE_ADDED, DeviceEvent.Type.DEVICE_UPDATED, DeviceEvent.Type.DEVICE_REMOVED,
            DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED);

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    StorageService storageService;
    @Reference
    DeviceService deviceService;
    @Reference
    DriverService driverService;

    private final DeviceListener deviceListener = event -> {
        if (APPEARANCES.contains(event.type())) {
            trigger();
        }
    };

    private volatile Map<DeviceId, SwitchFacilities> prepared = Map.of();
    private volatile Runnable watcher = () -> { };
    private DurableMap<Integer> zones;
    private ReconcileLoop loop;
    private Leader leader;

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        zones = DurableMap.open(storageService, application, ZONES, Integer.class);
        loop = new ReconcileLoop("roundtrip/balancer-switches", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        zones.listen(Runnable::run, device -> trigger());
        deviceService.addListener(deviceListener);
        leader.run();
        trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        loop.close();
        deviceService.removeListener(deviceListener);
        zones.close();
        leader.close();
        log.info("Stopped");
    }

    @Override
    public Optional<SwitchFacilities> facilities(DeviceId device) {
        return Optional.ofNullable(prepared.get(device));
    }

    @Override
    public void watch(Runnable changed) {
        watcher = changed;
    }

    private void trigger() {
        loop.trigger();
    }

    private void reconcile() {
        boolean leads = leader.isSelf();
        Map<String, Integer> given = zones.all();
        Map<DeviceId, SwitchFacilities> found = new HashMap<>();
        for (Device device : deviceService.getDevices(Device.Type.SWITCH)) {
            DeviceId id = device.id();
            DriverSwitchExtensions.of(driverService, id).ifPresent(extensions -> {
                if (leads && !given.containsKey(id.toString())) {
                    ConnectionZones.free(Set.copyOf(given.values())).ifPresent(zone -> give(id, zone, given));
                }
                Optional.ofNullable(given.get(id.toString())).ifPresent(zone -> found.put(
                        id, SwitchFacilities.builder().extensions(extensions).zone(zone).build()));
            });
        }
        if (!found.equals(prepared)) {
            prepared = Map.copyOf(found);
            watcher.run();
        }
    }

    private void give(DeviceId device, int zone, Map<String, Integer> given) {
        zones.put(device.toString(), zone);
        given.put(device.toString(), zone);
    }
}
