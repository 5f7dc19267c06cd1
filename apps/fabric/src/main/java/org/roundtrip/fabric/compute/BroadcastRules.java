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
package org.roundtrip.fabric.compute;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.fabric.FabricRules;

import java.util.Set;

/**
 * The rules that take frames for a group address, broadcast among them, to every edge port but the one they came by.
 *
 * <p>A switch floods what comes in by a port of the tree or the edge to all its other such ports. There is a rule for
 * each input port, so that a frame that comes in by any other is not forwarded: of two switches, only one of which has
 * heard of a new tree yet, the careful one wins.
 */
public final class BroadcastRules {

    private static final MacAddress GROUP = MacAddress.valueOf("01:00:00:00:00:00");
    private static final MacAddress GROUP_MASK = MacAddress.valueOf("01:00:00:00:00:00");
    private static final MacAddress RESERVED = MacAddress.valueOf("01:80:c2:00:00:00");
    private static final MacAddress RESERVED_MASK = MacAddress.valueOf("ff:ff:ff:ff:ff:f0");
    private static final TrafficTreatment DROP = DefaultTrafficTreatment.builder().drop().build();

    private BroadcastRules() {
    }

    /**
     * Returns the ports that group frames cross in a network: those of its spanning forest and its edge.
     *
     * @param network network
     * @return ports
     */
    public static Set<ConnectPoint> ports(Network network) {
        return ImmutableSet.copyOf(Sets.union(SpanningForest.ports(network), network.edgePorts()));
    }

    /**
     * Compiles the rules for flooding among given ports.
     *
     * @param application owner of the rules
     * @param network     network
     * @param ports       ports that group frames may cross; those of switches outside the network are passed over
     * @return rules
     */
    public static Set<FlowRule> compile(ApplicationId application, Network network, Set<ConnectPoint> ports) {
        ImmutableSet.Builder<FlowRule> all = ImmutableSet.builder();
        for (DeviceId device : network.switches()) {
            SwitchRules rules = new SwitchRules(application, device);
            all.add(rules.rule(
                    FabricRules.TABLE, FabricRules.RESERVED_ADDRESS_PRIORITY,
                    DefaultTrafficSelector.builder().matchEthDstMasked(RESERVED, RESERVED_MASK).build(), DROP));
            Set<PortNumber> flooding = portsOf(device, ports);
            for (PortNumber in : flooding) {
                all.add(groupRule(rules, in, floodTo(flooding, in)));
            }
            // A rule that drops replaces one that flooded, even one that an earlier life of the controller left behind.
            for (PortNumber in : Sets.difference(linkPortsOf(device, network), flooding)) {
                all.add(groupRule(rules, in, DROP));
            }
        }
        return all.build();
    }

    private static Set<PortNumber> portsOf(DeviceId device, Set<ConnectPoint> ports) {
        return ports.stream()
                .filter(port -> port.deviceId().equals(device))
                .sorted(Order.PORTS)
                .map(ConnectPoint::port)
                .collect(ImmutableSet.toImmutableSet());
    }

    private static Set<PortNumber> linkPortsOf(DeviceId device, Network network) {
        ImmutableSet.Builder<ConnectPoint> ports = ImmutableSet.builder();
        network.links().forEach(link -> ports.add(link.src(), link.dst()));
        return portsOf(device, ports.build());
    }

    private static TrafficTreatment floodTo(Set<PortNumber> ports, PortNumber except) {
        if (ports.size() == 1) {
            return DROP;
        }
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        ports.stream().filter(port -> !port.equals(except)).forEach(treatment::setOutput);
        return treatment.build();
    }

    private static FlowRule groupRule(SwitchRules rules, PortNumber in, TrafficTreatment treatment) {
        return rules.rule(
                FabricRules.TABLE, FabricRules.BROADCAST_PRIORITY,
                DefaultTrafficSelector.builder().matchInPort(in).matchEthDstMasked(GROUP, GROUP_MASK).build(),
                treatment);
    }
}
