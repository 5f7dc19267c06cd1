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

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.onlab.packet.ChassisId;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.core.CoreService;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.IdGenerator;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.DefaultLink;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.Link;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostEvent;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.Intent;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.intent.IntentListener;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.intent.IntentState;
import org.onosproject.net.intent.Key;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.fabric.FabricRules;
import org.roundtrip.openflow.link.PortRoleService;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.when;

/** From what ONOS knows to the intents that it is asked for: three switches in a ring, a host on the first. */
class ForwardingManagerTest {

    private static final ProviderId PROVIDER = new ProviderId("of", "test");
    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(5, "org.roundtrip.fabric");
    private static final HostId HOST = HostId.hostId(MacAddress.valueOf("02:00:00:00:00:01"), VlanId.NONE);
    private static final Key HOST_KEY = Key.of("host/" + HOST, APPLICATION);
    private static final IdGenerator IDS = new AtomicLong()::incrementAndGet;
    private static final Key BROADCAST_KEY = Key.of("broadcast", APPLICATION);

    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Host> hosts = ConcurrentHashMap.newKeySet();
    private final Map<Key, Intent> intents = new ConcurrentHashMap<>();
    private final List<FlowRuleIntent> submitted = new CopyOnWriteArrayList<>();
    private final IntentService intentService = Mockito.mock(IntentService.class);
    private final FlowRuleService flowRules = Mockito.mock(FlowRuleService.class);
    private final ForwardingManager manager = new ForwardingManager();
    private DeviceListener deviceListener;
    private LinkListener linkListener;
    private HostListener hostListener;
    private IntentListener intentListener;
    private Runnable deactivationHook;

    @BeforeEach
    void start() {
        Intent.bindIdGenerator(IDS);
        for (int i = 1; i <= 3; i++) {
            cable(i, i % 3 + 1);
        }
        hosts.add(new DefaultHost(PROVIDER, HOST, HOST.mac(), HOST.vlanId(), new HostLocation(port(1, 1), 0),
                                  Set.of()));
        manager.coreService = Mockito.mock(CoreService.class);
        manager.devices = Mockito.mock(DeviceService.class);
        manager.links = Mockito.mock(LinkService.class);
        manager.hosts = Mockito.mock(HostService.class);
        manager.ports = Mockito.mock(PortRoleService.class);
        manager.intentService = intentService;
        manager.flowRules = flowRules;
        when(manager.coreService.registerApplication(eq("org.roundtrip.fabric"), any())).thenAnswer(call -> {
            deactivationHook = call.getArgument(1);
            return APPLICATION;
        });
        when(manager.devices.getAvailableDevices(Device.Type.SWITCH)).thenReturn(
                List.of(device(1), device(2), device(3)));
        when(manager.links.getActiveLinks()).thenAnswer(call -> Set.copyOf(links));
        when(manager.hosts.getHosts()).thenAnswer(call -> Set.copyOf(hosts));
        when(manager.ports.edgePorts()).thenReturn(Set.of(port(1, 1), port(2, 1), port(3, 1)));
        doAnswer(call -> submit(call.getArgument(0))).when(intentService).submit(any());
        when(intentService.getIntent(any())).thenAnswer(call -> intents.get(call.<Key>getArgument(0)));
        when(intentService.getIntentState(any())).thenReturn(IntentState.INSTALLED);
        when(intentService.getIntentsByAppId(APPLICATION)).thenAnswer(call -> Set.copyOf(intents.values()));
        doAnswer(call -> intents.remove(call.<Intent>getArgument(0).key()))
                .when(intentService).withdraw(any());
        when(manager.devices.isAvailable(any())).thenReturn(true);
        doAnswer(call -> deviceListener = call.getArgument(0)).when(manager.devices).addListener(any());
        doAnswer(call -> linkListener = call.getArgument(0)).when(manager.links).addListener(any());
        doAnswer(call -> hostListener = call.getArgument(0)).when(manager.hosts).addListener(any());
        doAnswer(call -> intentListener = call.getArgument(0)).when(intentService).addListener(any());
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
        Intent.unbindIdGenerator(IDS);
        Mockito.verify(intentService).removeListener(intentListener);
        Mockito.verify(manager.links).removeListener(linkListener);
        Mockito.verify(manager.hosts).removeListener(hostListener);
    }

    @Test
    void hostAndBroadcastAreAskedForOnceAndOnlyWhenTheNetworkIsQuiet() {
        assertThat(submitted).isEmpty();
        await().until(() -> intents.keySet().equals(Set.of(HOST_KEY, BROADCAST_KEY)));
        assertThat(rules(HOST_KEY)).extracting(FlowRule::deviceId).contains(id(1), id(2), id(3));
        confirm(BROADCAST_KEY);
        linkListener.event(new LinkEvent(LinkEvent.Type.LINK_UPDATED, links.iterator().next()));
        hostListener.event(new HostEvent(HostEvent.Type.HOST_UPDATED, hosts.iterator().next()));
        Awaitility.await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5))
                .until(() -> submitted.size() == 2);
    }

    @Test
    void treeIsChangedInTwoStepsEachConfirmed() {
        await().until(() -> intents.containsKey(BROADCAST_KEY));
        confirm(BROADCAST_KEY);
        Set<ConnectPoint> before = flooding();
        links.removeIf(link -> link.src().equals(port(1, 2)) || link.dst().equals(port(1, 2)));
        linkListener.event(new LinkEvent(LinkEvent.Type.LINK_REMOVED, link(port(1, 2), port(2, 3))));
        await().until(() -> submissions(BROADCAST_KEY) == 2);
        Set<ConnectPoint> between = flooding();
        assertThat(before).as("nothing new before all have given up the old").containsAll(between);
        confirm(BROADCAST_KEY);
        await().until(() -> submissions(BROADCAST_KEY) == 3);
        assertThat(flooding()).containsAll(between).contains(port(2, 2), port(3, 3));
    }

    @Test
    void hostThatGoesLeavesNothingBehind() {
        await().until(() -> intents.containsKey(HOST_KEY));
        Host gone = hosts.iterator().next();
        hosts.clear();
        hostListener.event(new HostEvent(HostEvent.Type.HOST_REMOVED, gone));
        await().until(() -> !intents.containsKey(HOST_KEY));
        assertThat(intents).containsKey(BROADCAST_KEY);
    }

    @Test
    void whatOnosRefusesIsAskedForAgain() {
        doThrow(new IllegalStateException("not now")).doAnswer(call -> submit(call.getArgument(0)))
                .when(intentService).submit(any());
        await().until(() -> intents.keySet().equals(Set.of(HOST_KEY, BROADCAST_KEY)));
    }

    @Test
    void whatTheStoreLosesWhenASwitchComesBackIsSentAgainAndWhatItBringsBackIsRemoved() {
        await().until(() -> intents.keySet().equals(Set.of(HOST_KEY, BROADCAST_KEY)));
        confirm(BROADCAST_KEY);
        FlowRule lost = rules(HOST_KEY).iterator().next();
        FlowRule stray = DefaultFlowRule.builder().forDevice(id(1)).fromApp(APPLICATION).withPriority(7)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.emptyTreatment()).makePermanent().build();
        when(flowRules.getFlowEntriesById(APPLICATION)).thenAnswer(call -> Stream.concat(
                        Stream.of(HOST_KEY, BROADCAST_KEY).flatMap(key -> rules(key).stream())
                                .filter(rule -> !rule.equals(lost)), Stream.of(stray))
                .map(rule -> new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED))
                .collect(Collectors.toList()));

        deviceListener.event(new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device(1)));

        Mockito.verify(flowRules, Mockito.timeout(10_000)).applyFlowRules(lost);
        Mockito.verify(flowRules, Mockito.timeout(10_000)).removeFlowRules(stray);
    }

    @Test
    void withdrawnIntentIsPurged() {
        await().until(() -> intents.containsKey(HOST_KEY));
        Intent intent = intents.get(HOST_KEY);
        hosts.clear();
        hostListener.event(new HostEvent(HostEvent.Type.HOST_REMOVED, Mockito.mock(Host.class)));
        await().until(() -> !intents.containsKey(HOST_KEY));
        intentListener.event(new IntentEvent(IntentEvent.Type.WITHDRAWN, intent));
        Mockito.verify(intentService, Mockito.timeout(5_000)).purge(intent);
    }

    @Test
    void allIsWithdrawnWithTheApplicationButNotWithTheComponent() {
        await().until(() -> intents.keySet().equals(Set.of(HOST_KEY, BROADCAST_KEY)));
        manager.deactivate();
        assertThat(intents).hasSize(2);
        Mockito.clearInvocations(intentService, manager.links, manager.hosts);
        deactivationHook.run();
        assertThat(intents).isEmpty();
    }

    private Set<ConnectPoint> flooding() {
        return rules(BROADCAST_KEY).stream()
                .filter(rule -> rule.priority() == FabricRules.BROADCAST_PRIORITY)
                .filter(rule -> !rule.treatment().allInstructions().toString().contains("NOACTION"))
                .map(rule -> ConnectPoint.deviceConnectPoint(rule.deviceId() + "/" + rule.selector().criteria().stream()
                        .map(Object::toString).filter(text -> text.startsWith("IN_PORT:")).findFirst().orElseThrow()
                        .substring("IN_PORT:".length())))
                .collect(Collectors.toSet());
    }

    private long submissions(Key key) {
        return submitted.stream().filter(intent -> intent.key().equals(key)).count();
    }

    private Collection<FlowRule> rules(Key key) {
        return ((FlowRuleIntent) intents.get(key)).flowRules();
    }

    private void confirm(Key key) {
        intentListener.event(new IntentEvent(IntentEvent.Type.INSTALLED, intents.get(key)));
    }

    private Intent submit(FlowRuleIntent intent) {
        submitted.add(intent);
        return intents.put(intent.key(), intent);
    }

    private void cable(int from, int to) {
        links.add(link(port(from, 2), port(to, 3)));
        links.add(link(port(to, 3), port(from, 2)));
    }

    private static Link link(ConnectPoint from, ConnectPoint to) {
        return DefaultLink.builder().providerId(PROVIDER).src(from).dst(to).type(Link.Type.DIRECT).build();
    }

    private static Device device(int number) {
        return new DefaultDevice(PROVIDER, id(number), Device.Type.SWITCH, "", "", "", "", new ChassisId(number));
    }

    private static DeviceId id(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }

    private static ConnectPoint port(int device, int number) {
        return ConnectPoint.deviceConnectPoint(id(device) + "/" + number);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10));
    }
}
