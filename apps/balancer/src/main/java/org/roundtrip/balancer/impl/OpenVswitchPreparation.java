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
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupEvent;
import org.onosproject.net.group.GroupKey;
import org.onosproject.net.group.GroupListener;
import org.onosproject.net.group.GroupService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.compute.ConnectionZones;
import org.roundtrip.balancer.compute.SlotGroups;
import org.roundtrip.balancer.compute.SwitchFacilities;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.base.store.DurableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gets Open vSwitch ready for virtual servers. One node of the cluster asks for groups and gives zones; all of them see
 * what there is. Thread-safe.
 */
@Component(immediate = true, service = SwitchPreparation.class)
public class OpenVswitchPreparation implements SwitchPreparation {

    private static final Logger log = LoggerFactory.getLogger(OpenVswitchPreparation.class);

    private static final String APPLICATION = "org.roundtrip.balancer";
    private static final String ZONES = "roundtrip-balancer-zones";
    /** A switch that refuses a group may take it when anything changes there, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Set<GroupEvent.Type> FAILURES = Set.of(
            GroupEvent.Type.GROUP_ADD_FAILED, GroupEvent.Type.GROUP_UPDATE_FAILED,
            GroupEvent.Type.GROUP_REMOVE_FAILED);
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
    @Reference
    GroupService groupService;

    private final Duration retry;
    private final DeviceListener deviceListener = event -> {
        if (APPEARANCES.contains(event.type())) {
            trigger();
        }
    };
    private final GroupListener groupListener = this::groupChanged;
    /** Switches that once had both groups: they get them back from ONOS whenever they lose them. */
    private final Set<DeviceId> confirmed = new HashSet<>();

    /** Guards what is wanted and what is shown together. */
    private final Object showing = new Object();

    private volatile Optional<Set<DeviceId>> wanted = Optional.empty();
    private volatile Map<DeviceId, SwitchFacilities> prepared = Map.of();
    private volatile Runnable watcher = () -> { };
    private ApplicationId application;
    private DurableMap<Integer> zones;
    private ReconcileLoop loop;
    private Leader leader;

    /**
     * Creates the preparation for the controller.
     */
    public OpenVswitchPreparation() {
        this(RETRY);
    }

    OpenVswitchPreparation(Duration retry) {
        this.retry = retry;
    }

    @Activate
    void activate() {
        application = coreService.registerApplication(APPLICATION);
        zones = DurableMap.open(storageService, application, ZONES, Integer.class);
        loop = new ReconcileLoop("roundtrip/balancer-switches", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        zones.listen(Runnable::run, device -> trigger());
        groupService.addListener(groupListener);
        deviceService.addListener(deviceListener);
        leader.run();
        trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        loop.close();
        deviceService.removeListener(deviceListener);
        groupService.removeListener(groupListener);
        zones.close();
        leader.close();
        log.info("Stopped");
    }

    @Override
    public void prepare(Set<DeviceId> accessSwitches) {
        Optional<Set<DeviceId>> next = Optional.of(Set.copyOf(accessSwitches));
        if (next.equals(wanted)) {
            return;
        }
        synchronized (showing) {
            wanted = next;
            // Whoever wants them again in a moment must not rely on groups that are being removed.
            show(withoutGroups(device -> !accessSwitches.contains(device)));
        }
        trigger();
    }

    private Map<DeviceId, SwitchFacilities> withoutGroups(Predicate<DeviceId> devices) {
        Map<DeviceId, SwitchFacilities> facilities = new HashMap<>(prepared);
        facilities.replaceAll((device, its) -> devices.test(device)
                ? SwitchFacilities.builder().from(its).slotGroups(Optional.empty()).build() : its);
        return facilities;
    }

    private void show(Map<DeviceId, SwitchFacilities> facilities) {
        if (!facilities.equals(prepared)) {
            prepared = Map.copyOf(facilities);
            watcher.run();
        }
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

    private void groupChanged(GroupEvent event) {
        if (!SlotGroupDescriptions.KEYS.contains(event.subject().appCookie()) || isReading(event)) {
            return;
        }
        if (FAILURES.contains(event.type()) || isRefused(event)) {
            loop.triggerAfter(retry);
            return;
        }
        trigger();
        if (event.type() == GroupEvent.Type.GROUP_ADDED) {
            // A switch that is back may have refused rules that name the group, although its facilities have stayed.
            watcher.run();
        }
    }

    /**
     * ONOS says that a group has changed whenever it has read its counters. Of a group that is there and needed nothing
     * else is of interest; of one that is not needed it is how many rules still name it.
     */
    private boolean isReading(GroupEvent event) {
        return event.type() == GroupEvent.Type.GROUP_UPDATED && event.subject().state() == Group.GroupState.ADDED
                && facilities(event.subject().deviceId()).flatMap(SwitchFacilities::slotGroups).isPresent();
    }

    /** A group also leaves the store of ONOS when its switch has refused it. */
    private static boolean isRefused(GroupEvent event) {
        return event.type() == GroupEvent.Type.GROUP_REMOVED
                && event.subject().state() != Group.GroupState.PENDING_DELETE;
    }

    private void reconcile() {
        boolean leads = leader.isSelf();
        Optional<Set<DeviceId>> accessSwitches = wanted;
        Map<String, Integer> given = zones.all();
        Map<DeviceId, SwitchFacilities> found = new HashMap<>();
        for (Device device : deviceService.getDevices(Device.Type.SWITCH)) {
            DeviceId id = device.id();
            DriverSwitchExtensions.of(driverService, id).ifPresent(extensions -> {
                if (leads && !given.containsKey(id.toString())) {
                    ConnectionZones.free(Set.copyOf(given.values())).ifPresent(zone -> give(id, zone, given));
                }
                Optional.ofNullable(given.get(id.toString())).ifPresent(zone -> found.put(
                        id, SwitchFacilities.builder().extensions(extensions).zone(zone)
                                .slotGroups(accessSwitches.flatMap(
                                        those -> slotGroups(extensions, id, those.contains(id), leads))).build()));
            });
        }
        synchronized (showing) {
            // What was found for another wish is not shown any more: the loop runs again.
            if (wanted.equals(accessSwitches)) {
                show(found);
            }
        }
    }

    private void give(DeviceId device, int zone, Map<String, Integer> given) {
        zones.put(device.toString(), zone);
        given.put(device.toString(), zone);
    }

    private Optional<SlotGroups> slotGroups(DriverSwitchExtensions extensions, DeviceId device, boolean isWanted,
                                            boolean leads) {
        if (!isWanted) {
            confirmed.remove(device);
            if (leads) {
                SlotGroupDescriptions.KEYS.forEach(key -> remove(device, key));
            }
            return Optional.empty();
        }
        List<GroupDescription> groups = SlotGroupDescriptions.of(application, device, extensions);
        if (leads && deviceService.isAvailable(device)) {
            groups.forEach(this::demand);
        }
        if (groups.stream().allMatch(this::isThere)) {
            confirmed.add(device);
        }
        return confirmed.contains(device) ? Optional.of(SlotGroupDescriptions.GROUPS) : Optional.empty();
    }

    /** A switch removes the rules that name a group together with the group, so those have to go first. */
    private void remove(DeviceId device, GroupKey key) {
        stored(device, key)
                .filter(group -> group.state() == Group.GroupState.ADDED && group.referenceCount() == 0)
                .ifPresent(group -> groupService.removeGroup(device, key, application));
    }

    private void demand(GroupDescription group) {
        Optional<Group> stored = stored(group.deviceId(), group.appCookie());
        if (stored.isEmpty()) {
            groupService.addGroup(group);
        } else if (!hasBuckets(stored.get(), group)) {
            // What another release has stored, or what ONOS read back before it knew the driver.
            groupService.setBucketsForGroup(group.deviceId(), group.appCookie(), group.buckets(), group.appCookie(),
                                            application);
        }
    }

    private boolean isThere(GroupDescription group) {
        return stored(group.deviceId(), group.appCookie())
                .filter(stored -> stored.state() == Group.GroupState.ADDED && hasBuckets(stored, group)).isPresent();
    }

    /** Their order counts as well, which ONOS leaves out: switches shall choose equally. */
    private static boolean hasBuckets(Group stored, GroupDescription group) {
        return stored.buckets().buckets().equals(group.buckets().buckets());
    }

    private Optional<Group> stored(DeviceId device, GroupKey key) {
        return Optional.ofNullable(groupService.getGroup(device, key));
    }
}
