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

import com.google.common.collect.Lists;
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
import org.onosproject.core.GroupId;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupDescription;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupEvent;
import org.onosproject.net.group.GroupKey;
import org.onosproject.net.group.GroupListener;
import org.onosproject.net.group.GroupServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.compute.SlotGroups;
import org.roundtrip.balancer.compute.SwitchFacilities;
import org.roundtrip.base.store.InMemoryStorage;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.when;

class OpenVswitchPreparationTest {

    private static final NodeId NODE = NodeId.nodeId("10.0.0.1");
    private static final NodeId OTHER_NODE = NodeId.nodeId("10.0.0.2");
    private static final DeviceId FIRST = DeviceId.deviceId("of:1");
    private static final DeviceId SECOND = DeviceId.deviceId("of:2");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final Devices devices = new Devices();
    private final Groups groups = new Groups();
    private final List<Map<DeviceId, Optional<SlotGroups>>> told = new CopyOnWriteArrayList<>();
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

    /** Groups as ONOS has them: asked for first, confirmed by the switch later, or refused. */
    private static final class Groups extends GroupServiceAdapter {
        private final Map<DeviceId, Map<GroupKey, DefaultGroup>> stored = new ConcurrentHashMap<>();
        private final Set<GroupListener> listeners = new CopyOnWriteArraySet<>();
        private final List<String> history = new CopyOnWriteArrayList<>();
        private final List<DefaultGroup> leaving = new CopyOnWriteArrayList<>();
        private final AtomicInteger questions = new AtomicInteger();
        private volatile boolean working = true;
        private volatile boolean hesitating;

        @Override
        public void addGroup(GroupDescription description) {
            history.add("add " + description.deviceId() + " " + description.givenGroupId());
            DefaultGroup group = new DefaultGroup(new GroupId(description.givenGroupId()), description);
            of(description.deviceId()).put(description.appCookie(), group);
            answer(group, GroupEvent.Type.GROUP_ADDED, GroupEvent.Type.GROUP_ADD_FAILED);
        }

        @Override
        public void setBucketsForGroup(DeviceId device, GroupKey key, GroupBuckets buckets, GroupKey newKey,
                                       ApplicationId application) {
            DefaultGroup group = replace(device, key, buckets);
            history.add("set " + device + " " + group.id().id());
            answer(group, GroupEvent.Type.GROUP_UPDATED, GroupEvent.Type.GROUP_UPDATE_FAILED);
        }

        @Override
        public void removeGroup(DeviceId device, GroupKey key, ApplicationId application) {
            DefaultGroup group = of(device).get(key);
            history.add("remove " + device + " " + group.id().id());
            group.setState(Group.GroupState.PENDING_DELETE);
            leaving.add(group);
            if (!hesitating) {
                confirmRemovals();
            }
        }

        void confirmRemovals() {
            leaving.forEach(group -> {
                of(group.deviceId()).remove(group.appCookie());
                tell(GroupEvent.Type.GROUP_REMOVED, group);
            });
            leaving.clear();
        }

        @Override
        public Group getGroup(DeviceId device, GroupKey key) {
            questions.incrementAndGet();
            return of(device).get(key);
        }

        DefaultGroup replace(DeviceId device, GroupKey key, GroupBuckets buckets) {
            return of(device).compute(key, (same, old) -> new DefaultGroup(old.id(), new DefaultGroupDescription(
                    device, old.type(), buckets, key, old.id().id(), old.appId())));
        }

        private void answer(DefaultGroup group, GroupEvent.Type success, GroupEvent.Type failure) {
            if (working) {
                group.setState(Group.GroupState.ADDED);
                tell(success, group);
            } else {
                tell(failure, group);
                of(group.deviceId()).remove(group.appCookie());
                tell(GroupEvent.Type.GROUP_REMOVED, group);
            }
        }

        private void tell(GroupEvent.Type type, Group group) {
            listeners.forEach(listener -> listener.event(new GroupEvent(type, group)));
        }

        private Map<GroupKey, DefaultGroup> of(DeviceId device) {
            return stored.computeIfAbsent(device, id -> new ConcurrentHashMap<>());
        }

        @Override
        public void addListener(GroupListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(GroupListener listener) {
            listeners.remove(listener);
        }
    }

    @BeforeEach
    void start() {
        preparation = started();
    }

    private OpenVswitchPreparation started() {
        return started(Duration.ofMillis(20));
    }

    private OpenVswitchPreparation started(Duration retry) {
        OpenVswitchPreparation made = new OpenVswitchPreparation(retry);
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
        made.groupService = groups;
        made.activate();
        made.watch(() -> told.add(List.of(FIRST, SECOND).stream().filter(id -> made.facilities(id).isPresent())
                .collect(Collectors.toMap(id -> id, id -> made.facilities(id).orElseThrow().slotGroups()))));
        return made;
    }

    @AfterEach
    void stop() {
        preparation.deactivate();
        assertThat(devices.listeners).isEmpty();
        assertThat(groups.listeners).isEmpty();
    }

    @Test
    void aSwitchHasGroupsWhenItActsAsLoadBalancer() {
        devices.connect(FIRST);
        devices.connect(SECOND);
        preparation.prepare(Set.of(FIRST));

        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).contains(SlotGroupDescriptions.GROUPS));
        await().untilAsserted(() -> assertThat(preparation.facilities(SECOND)).isPresent());
        assertThat(slotGroups(SECOND)).isEmpty();
        assertThat(groups.stored.get(FIRST).values()).extracting(group -> group.id(), group -> group.type(),
                                                                 group -> group.buckets().buckets().size())
                .containsExactlyInAnyOrder(
                        tuple(SlotGroupDescriptions.GROUPS.connection(),
                                                            GroupDescription.Type.SELECT, 256),
                        tuple(SlotGroupDescriptions.GROUPS.address(),
                                                            GroupDescription.Type.SELECT, 16));
        await().untilAsserted(() -> assertThat(told).last()
                .isEqualTo(Map.of(FIRST, Optional.of(SlotGroupDescriptions.GROUPS), SECOND, Optional.empty())));
    }

    @Test
    void groupsGoWhenNoRuleNamesThemAnyMore() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        groups.of(FIRST).values().forEach(group -> group.setReferenceCount(3));

        preparation.prepare(Set.of());
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isEmpty());
        assertThat(groups.of(FIRST)).hasSize(2);

        groups.of(FIRST).values().forEach(group -> group.setReferenceCount(0));
        groups.of(FIRST).values().forEach(group -> groups.tell(GroupEvent.Type.GROUP_UPDATED, group));
        await().untilAsserted(() -> assertThat(groups.of(FIRST)).isEmpty());
    }

    @Test
    void nobodyReliesOnGroupsThatAreBeingRemoved() {
        preparation.deactivate();
        preparation = started(Duration.ofHours(1));
        devices.connect(FIRST);
        devices.connect(SECOND);
        preparation.prepare(Set.of(FIRST, SECOND));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        await().untilAsserted(() -> assertThat(slotGroups(SECOND)).isPresent());
        groups.hesitating = true;

        preparation.prepare(Set.of(SECOND));
        assertThat(slotGroups(FIRST)).as("at once").isEmpty();
        assertThat(slotGroups(SECOND)).isPresent();
        await().until(() -> groups.leaving.size() == 2);
        preparation.prepare(Set.of(FIRST, SECOND));
        assertThat(slotGroups(FIRST)).as("on the way out").isEmpty();
        devices.connect(FIRST);
        assertThat(slotGroups(FIRST)).as("on the way out").isEmpty();

        groups.confirmRemovals();
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        assertThat(groups.history.subList(4, 8)).extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("remove", "remove", "add", "add");
    }

    /** Its facilities have stayed, but rules that name the groups were refused in the meantime. */
    @Test
    void whoWatchesIsToldWhenASwitchHasGotItsGroupsBack() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        groups.of(FIRST).values().forEach(group -> group.setState(Group.GroupState.PENDING_ADD_RETRY));
        told.clear();

        groups.of(FIRST).values().forEach(group -> {
            group.setState(Group.GroupState.ADDED);
            groups.tell(GroupEvent.Type.GROUP_ADDED, group);
        });

        assertThat(told).hasSize(2);
    }

    @Test
    void nothingIsDoneWhenOnlyCountersOfGroupsWereRead() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        await().during(Duration.ofMillis(200)).until(() -> groups.questions.getAndSet(0) == 0);

        groups.of(FIRST).values().forEach(group -> groups.tell(GroupEvent.Type.GROUP_UPDATED, group));

        await().during(Duration.ofMillis(200)).until(() -> groups.questions.get() == 0);
    }

    /** Whoever starts does not know yet which switches are needed, and must not take anything away. */
    @Test
    void nothingIsRemovedBeforeSomebodySaysWhatIsNeeded() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        preparation.deactivate();

        preparation = started();
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        assertThat(groups.history).hasSize(2).allMatch(line -> line.startsWith("add"));

        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        assertThat(groups.history).hasSize(2);
    }

    @Test
    void facilitiesStayWhileASwitchIsAway() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        SwitchFacilities before = preparation.facilities(FIRST).orElseThrow();

        devices.disconnect(FIRST);
        // ONOS asks a switch for what it has lost, and the group counts as missing until then.
        groups.of(FIRST).values().forEach(group -> group.setState(Group.GroupState.PENDING_ADD_RETRY));
        devices.connect(FIRST);
        devices.connect(SECOND);

        await().untilAsserted(() -> assertThat(preparation.facilities(SECOND)).isPresent());
        assertThat(preparation.facilities(FIRST)).contains(before);
    }

    @Test
    void aGroupIsAskedForAgainAfterARefusal() {
        devices.connect(FIRST);
        groups.working = false;
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(groups.history).hasSizeGreaterThanOrEqualTo(4));
        assertThat(slotGroups(FIRST)).isEmpty();

        groups.working = true;
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
    }

    @Test
    void nothingIsAskedOfASwitchThatIsAway() {
        devices.connect(FIRST);
        devices.disconnect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        assertThat(groups.history).isEmpty();

        devices.connect(FIRST);
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
    }

    @Test
    void bucketsInAnotherOrderAreMended() {
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        preparation.deactivate();
        GroupKey key = SlotGroupDescriptions.KEYS.get(1);
        GroupBuckets right = groups.of(FIRST).get(key).buckets();
        groups.replace(FIRST, key, new GroupBuckets(Lists.reverse(right.buckets())))
                .setState(Group.GroupState.ADDED);

        preparation = started();
        preparation.prepare(Set.of(FIRST));

        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        assertThat(groups.of(FIRST).get(key).buckets().buckets()).isEqualTo(right.buckets());
        assertThat(groups.history).last().asString().startsWith("set");
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
    void onlyTheNodeThatLeadsChangesAnything() {
        preparation.deactivate();
        leader = OTHER_NODE;
        preparation = started();
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        leader = NODE;
        devices.connect(SECOND);
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
        preparation.deactivate();
        int zone = zone(FIRST);
        int changes = groups.history.size();

        leader = OTHER_NODE;
        preparation = started();
        preparation.prepare(Set.of());

        await().untilAsserted(() -> assertThat(preparation.facilities(FIRST)).isPresent());
        assertThat(zone(FIRST)).isEqualTo(zone);
        assertThat(groups.history).hasSize(changes);
    }

    @Test
    void aStoreThatFailsIsTriedAgain() {
        storage.breakDown();
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST));
        assertThat(preparation.facilities(FIRST)).isEmpty();

        storage.repair();
        devices.connect(SECOND);
        await().untilAsserted(() -> assertThat(slotGroups(FIRST)).isPresent());
    }

    @Test
    void aSwitchOfAnotherKindHasNothing() {
        preparation.deactivate();
        when(drivers.getDriver(FIRST)).thenThrow(new ItemNotFoundException("no driver"));
        preparation = started();
        devices.connect(FIRST);
        preparation.prepare(Set.of(FIRST, SECOND));
        devices.connect(SECOND);

        await().untilAsserted(() -> assertThat(slotGroups(SECOND)).isPresent());
        assertThat(preparation.facilities(FIRST)).isEmpty();
        assertThat(groups.history).allMatch(line -> line.startsWith("add " + SECOND));
    }

    private int zone(DeviceId device) {
        return preparation.facilities(device).orElseThrow().zone();
    }

    private Optional<SlotGroups> slotGroups(DeviceId device) {
        return preparation.facilities(device).flatMap(SwitchFacilities::slotGroups);
    }
}
