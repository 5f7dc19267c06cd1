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

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.RulePurpose;
import org.roundtrip.balancer.compute.RuleSets;
import org.roundtrip.balancer.compute.SwitchFacilities;
import org.roundtrip.balancer.compute.SwitchLink;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.openflow.compute.FlowRuleCodec;
import org.roundtrip.openflow.compute.PortNumbers;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.testing.Frames;
import org.roundtrip.openflow.testing.HostPorts;
import org.roundtrip.openflow.testing.OpenFlowSession;
import org.roundtrip.openflow.testing.OpenVswitch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bridges of a real Open vSwitch in a star: 1, 3 and 4 at 2. They forward by MAC address, as the fabric lets them, and
 * have the rules of virtual servers. Hosts are ports whose frames are read from files.
 */
final class EmulatedNetwork implements BeforeAllCallback, AfterAllCallback {

    static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.balancer");

    private static final ApplicationId FABRIC = new DefaultApplicationId(8, "org.roundtrip.fabric");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int HUB = 2;
    private static final int UPLINK = 10;
    private static final int FABRIC_PRIORITY = 110;

    private final OpenVswitch openVswitch = new OpenVswitch();
    private final Map<DeviceId, OpenFlowSession> sessions = new HashMap<>();
    private final Map<DeviceId, FlowRuleCodec> codecs = new HashMap<>();
    private final HostPorts ports = new HostPorts(openVswitch);
    private final List<PacketIn> packetIns = new CopyOnWriteArrayList<>();
    private final Map<MacAddress, ConnectPoint> hosts = new HashMap<>();
    private NetworkView view;

    /** A packet that a switch has given to the controller. */
    record PacketIn(DeviceId device, PortNumber port, Ethernet frame) {
    }

    static DeviceId device(int n) {
        return DeviceId.deviceId(String.format("of:%016x", n));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        openVswitch.beforeAll(context);
        ports.beforeAll(context);
        DriverService drivers = Drivers.openVswitch();
        NetworkView.Builder network = NetworkView.builder();
        for (int n = 1; n <= 4; n++) {
            openVswitch.addBridge("s" + n, n);
            OpenFlowSession session = openVswitch.connect("s" + n);
            DeviceId device = device(n);
            sessions.put(device, session);
            DriverExtensions extensions = DriverExtensions.of(new NiciraExtensionSelectorInterpreter(),
                                                              new NiciraExtensionTreatmentInterpreter());
            codecs.put(device, new FlowRuleCodec(session.factory(), device, extensions));
            DriverSwitchExtensions ours = DriverSwitchExtensions.of(drivers, device).orElseThrow();
            session.listen(message -> listen(device, message));
            network.putSwitches(device, SwitchFacilities.builder().extensions(ours).zone(n).build());
        }
        for (int n : List.of(1, 3, 4)) {
            patch("s" + n, UPLINK, "s" + HUB, n);
            ConnectPoint spoke = new ConnectPoint(device(n), PortNumber.portNumber(UPLINK));
            ConnectPoint hub = new ConnectPoint(device(HUB), PortNumber.portNumber(n));
            network.addLinks(SwitchLink.of(spoke, hub), SwitchLink.of(hub, spoke));
        }
        view = network.build();
    }

    private void patch(String one, int onePort, String other, int otherPort) {
        patch(one, onePort, one + other, other + one);
        patch(other, otherPort, other + one, one + other);
    }

    private void patch(String bridge, int number, String port, String peer) {
        openVswitch.vsctl("add-port", bridge, port, "--", "set", "interface", port, "type=patch",
                          "options:peer=" + peer, "ofport_request=" + number);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        openVswitch.afterAll(context);
    }

    NetworkView view() {
        return view;
    }

    /** Attaches a host. */
    ConnectPoint attach(int bridge, int port, MacAddress mac) {
        ConnectPoint point = new ConnectPoint(device(bridge), PortNumber.portNumber(port));
        ports.attach("s" + bridge, point);
        hosts.put(mac, point);
        return point;
    }

    /** Takes the place of all rules; switches keep the connections that they track. */
    void install(VipPlan... vips) {
        List<FlowRule> wanted = compile(vips);
        sessions.forEach((device, session) -> {
            List<OFMessage> messages = new ArrayList<>();
            List<FlowRule> here = wanted.stream().filter(rule -> rule.deviceId().equals(device)).toList();
            Set<FlowRule> kept = new HashSet<>(here);
            entries(device).stream().filter(entry -> !kept.contains(entry))
                    .forEach(entry -> messages.add(codecs.get(device).delete(entry)));
            here.forEach(rule -> messages.add(codecs.get(device).add(rule)));
            assertThat(session.transact(messages)).as("rules of %s", device).isEmpty();
        });
    }

    /** Forgets all rules, connections and captured frames. */
    void clear() {
        sessions.forEach((device, session) -> assertThat(session.transact(List.of(
                session.factory().buildFlowDelete().setTableId(TableId.ALL).setOutPort(OFPort.ANY)
                        .setOutGroup(OFGroup.ANY).build()))).isEmpty());
        openVswitch.appctl("dpctl/flush-conntrack");
        ports.forget();
        packetIns.clear();
    }

    List<FlowRule> compile(VipPlan... vips) {
        RuleSets rules = new RuleSets(APPLICATION);
        List<FlowRule> all = new ArrayList<>(fabric());
        all.addAll(flat(rules.ofSwitches(view, List.of(vips), Set.of())));
        for (VipPlan vip : vips) {
            all.addAll(flat(rules.ofVip(view, vip)));
            vip.servers().forEach(server -> all.addAll(flat(rules.ofServer(view, server))));
        }
        return all;
    }

    private static List<FlowRule> flat(Map<String, List<FlowRule>> sets) {
        return sets.values().stream().flatMap(List::stream).toList();
    }

    private Collection<FlowRule> fabric() {
        return hosts.entrySet().stream().flatMap(host -> sessions.keySet().stream().map(device -> {
            PortNumber port = device.equals(host.getValue().deviceId()) ? host.getValue().port()
                    : PortNumber.portNumber(device.equals(device(HUB))
                            ? Long.parseLong(host.getValue().deviceId().toString().substring(3), 16) : UPLINK);
            return new SwitchRules(FABRIC, device).rule(
                    0, FABRIC_PRIORITY, DefaultTrafficSelector.builder().matchEthDst(host.getKey()).build(),
                    DefaultTrafficTreatment.builder().setOutput(port).build());
        })).toList();
    }

    /** Returns the rules that a switch has. */
    List<FlowEntry> entries(DeviceId device) {
        OpenFlowSession session = sessions.get(device);
        return session.statistics(session.factory().buildFlowStatsRequest().setTableId(TableId.ALL)
                                          .setMatch(session.factory().matchWildcardAll())
                                          .setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build()).stream()
                .map(OFFlowStatsReply::getEntries).flatMap(List::stream).map(codecs.get(device)::decode)
                .toList();
    }

    /** Returns how many packets the rules of a purpose have met in all switches. */
    long packets(RulePurpose purpose) {
        openVswitch.appctl("revalidator/purge");
        return sessions.keySet().stream().flatMap(device -> entries(device).stream())
                .filter(entry -> entry.appId() == APPLICATION.id() && RulePurpose.of(entry) == purpose)
                .mapToLong(FlowEntry::packets).sum();
    }

    /** Sends frames from a host. */
    void send(ConnectPoint host, Ethernet... frames) {
        ports.send(host, frames);
    }

    /** Lets a switch treat a frame as if it came from the controller. */
    void packetOut(DeviceId device, Ethernet frame) {
        OpenFlowSession session = sessions.get(device);
        assertThat(session.transact(List.of(session.factory().buildPacketOut().setBufferId(OFBufferId.NO_BUFFER)
                .setInPort(OFPort.CONTROLLER).setData(frame.serialize())
                .setActions(List.of(session.factory().actions().output(OFPort.TABLE, 0xffff))).build()))).isEmpty();
    }

    /** Waits for the next frames that a host gets. */
    List<byte[]> receive(ConnectPoint host, int count) {
        return ports.receive(host, count);
    }

    byte[] receive(ConnectPoint host) {
        return ports.receive(host, 1).get(0);
    }

    /** Returns how many frames a host has got that nobody has asked for. */
    int unexpected(ConnectPoint host) {
        return ports.unexpected(host);
    }

    /** Waits until one of some hosts gets a frame. */
    ConnectPoint receiver(Collection<ConnectPoint> candidates) {
        return ports.receiver(candidates);
    }

    /** Waits until rules of a purpose have met so many packets. */
    void awaitPackets(RulePurpose purpose, long count) {
        Awaitility.await(purpose + " meets " + count).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(packets(purpose)).isEqualTo(count));
    }

    /** Waits for a packet that a switch gives to the controller. */
    PacketIn packetIn(Predicate<PacketIn> which) {
        return Awaitility.await("packet for the controller").atMost(PATIENCE).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> packetIns.stream().filter(which).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    void forgetPacketIns() {
        packetIns.clear();
    }

    private void listen(DeviceId device, OFMessage message) {
        if (message instanceof OFPacketIn) {
            OFPacketIn packet = (OFPacketIn) message;
            packetIns.add(new PacketIn(device, PortNumbers.decode(packet.getMatch().get(MatchField.IN_PORT)),
                                       Frames.read(packet.getData())));
        }
    }
}
