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
import org.onlab.packet.VlanId;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.roundtrip.fabric.FabricRules;

import java.util.Set;

/**
 * The rules that take frames to a host.
 */
public final class UnicastRules {

    private UnicastRules() {
    }

    /**
     * Compiles the rules that take frames to one host from everywhere in the network: one in each switch that has a
     * way, along the tree of shortest paths to the host's switch.
     *
     * @param application owner of the rules
     * @param network     network
     * @param attachment  host and where it is
     * @return rules; none if the host's switch is not in the network
     */
    public static Set<FlowRule> compile(ApplicationId application, Network network, Attachment attachment) {
        DeviceId destination = attachment.port().deviceId();
        if (!network.switches().contains(destination)) {
            return ImmutableSet.of();
        }
        ImmutableSet.Builder<FlowRule> rules = ImmutableSet.builder();
        rules.add(rule(application, destination, attachment.host(), attachment.port().port()));
        ShortestPathTree.to(destination, network.links()).forEach((from, link) ->
                rules.add(rule(application, from, attachment.host(), link.src().port())));
        return rules.build();
    }

    private static FlowRule rule(ApplicationId application, DeviceId device, HostId host, PortNumber port) {
        TrafficSelector.Builder selector = DefaultTrafficSelector.builder().matchEthDst(host.mac());
        boolean tagged = !host.vlanId().equals(VlanId.NONE);
        if (tagged) {
            selector.matchVlanId(host.vlanId());
        }
        return DefaultFlowRule.builder()
                .fromApp(application)
                .forDevice(device)
                .forTable(FabricRules.TABLE)
                .withPriority(tagged ? FabricRules.TAGGED_UNICAST_PRIORITY : FabricRules.UNICAST_PRIORITY)
                .withSelector(selector.build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(port).build())
                .makePermanent()
                .build();
    }
}
