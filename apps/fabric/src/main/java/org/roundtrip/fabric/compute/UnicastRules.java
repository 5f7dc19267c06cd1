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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.VlanId;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.fabric.FabricRules;

import java.util.List;
import java.util.Set;

/**
 * The rules that take frames to a host.
 */
public final class UnicastRules {

    private UnicastRules() {
    }

    /**
     * Compiles the rules that take frames to one host from everywhere in the network: in each switch that has a way,
     * along the tree of shortest paths to the host's switch.
     *
     * @param application owner of the rules
     * @param network     network
     * @param attachment  host and where it is
     * @return rules, as many for each switch; none if the host's switch is not in the network
     */
    public static Set<FlowRule> compile(ApplicationId application, Network network, Attachment attachment) {
        DeviceId destination = attachment.port().deviceId();
        if (!network.switches().contains(destination)) {
            return ImmutableSet.of();
        }
        ImmutableSet.Builder<FlowRule> rules = ImmutableSet.builder();
        rules.addAll(rules(application, attachment.host(), attachment.port()));
        ShortestPathTree.to(destination, network.links()).values().forEach(link ->
                rules.addAll(rules(application, attachment.host(), link.src())));
        return rules.build();
    }

    private static List<FlowRule> rules(ApplicationId application, HostId host, ConnectPoint out) {
        boolean tagged = !host.vlanId().equals(VlanId.NONE);
        int priority = tagged ? FabricRules.TAGGED_UNICAST_PRIORITY : FabricRules.UNICAST_PRIORITY;
        int neighbourPriority = tagged ? FabricRules.TAGGED_NEIGHBOUR_PRIORITY : FabricRules.NEIGHBOUR_PRIORITY;
        TrafficTreatment deliver = DefaultTrafficTreatment.builder().setOutput(out.port()).build();
        TrafficTreatment deliverAndTell = DefaultTrafficTreatment.builder()
                .setOutput(out.port()).setOutput(PortNumber.CONTROLLER).build();
        SwitchRules rules = new SwitchRules(application, out.deviceId());
        return ImmutableList.of(
                rules.rule(FabricRules.TABLE, priority, to(host).build(), deliver),
                rules.rule(FabricRules.TABLE, neighbourPriority,
                           to(host).matchEthType(Ethernet.TYPE_ARP).build(), deliverAndTell),
                rules.rule(FabricRules.TABLE, neighbourPriority,
                           icmp6(to(host), ICMP6.NEIGHBOR_SOLICITATION).build(), deliverAndTell),
                rules.rule(FabricRules.TABLE, neighbourPriority,
                           icmp6(to(host), ICMP6.NEIGHBOR_ADVERTISEMENT).build(), deliverAndTell));
    }

    private static TrafficSelector.Builder to(HostId host) {
        TrafficSelector.Builder selector = DefaultTrafficSelector.builder().matchEthDst(host.mac());
        return host.vlanId().equals(VlanId.NONE) ? selector : selector.matchVlanId(host.vlanId());
    }

    private static TrafficSelector.Builder icmp6(TrafficSelector.Builder selector, byte type) {
        return selector.matchEthType(Ethernet.TYPE_IPV6).matchIPProtocol(IPv6.PROTOCOL_ICMP6).matchIcmpv6Type(type);
    }
}
