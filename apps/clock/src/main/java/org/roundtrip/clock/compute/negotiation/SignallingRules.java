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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.IPv4;
import org.onlab.packet.IpAddress;
import org.onlab.packet.TpPort;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.meter.MeterId;
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.clock.compute.Pipeline;
import org.roundtrip.clock.compute.PtpTraffic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The rules that bring unicast negotiation to the controller. General messages to a server of a policy, which are
 * signalling and management only, leave the first table; the second one lets them to the controller at edge ports, each
 * through a meter of its own, and nothing anywhere else. All other PTP of the server goes through tunnels only.
 * <p>
 * So a switch has five rules for each server and one for each port, not one for each pair of them. Immutable and
 * thread-safe.
 */
public final class SignallingRules {

    private static final List<Integer> PORTS = List.of(PtpTraffic.EVENT_PORT, PtpTraffic.GENERAL_PORT);

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public SignallingRules(ApplicationId application) {
        this.application = application;
    }

    /**
     * Compiles the rules of a switch with edge ports.
     *
     * @param device  the switch
     * @param servers the servers of all policies
     * @param meters  the meters of its edge ports, which the switch has; at a port without one, signalling is dropped
     * @return the rules, no two of which match the same
     */
    public List<FlowRule> edge(DeviceId device, Collection<IpAddress> servers, Map<PortNumber, MeterId> meters) {
        SwitchRules rules = new SwitchRules(application, device);
        List<FlowRule> edge = new ArrayList<>();
        TrafficTreatment drop = DefaultTrafficTreatment.builder().drop().build();
        TrafficTreatment punt = DefaultTrafficTreatment.builder().transition(Pipeline.SIGNALLING_TABLE).build();
        for (IpAddress server : servers) {
            edge.add(rules.rule(Pipeline.TABLE, Pipeline.NEGOTIATION_PRIORITY,
                                to(server, PtpTraffic.GENERAL_PORT).build(), punt));
            for (int port : PORTS) {
                for (TrafficSelector.Builder guarded : List.of(to(server, port), from(server, port))) {
                    edge.add(rules.rule(Pipeline.TABLE, Pipeline.SERVER_GUARD_PRIORITY, guarded.build(), drop));
                }
            }
        }
        if (!servers.isEmpty()) {
            meters.forEach((port, meter) -> edge.add(rules.rule(
                    Pipeline.SIGNALLING_TABLE, Pipeline.NEGOTIATION_PRIORITY,
                    DefaultTrafficSelector.builder().matchInPort(port).build(),
                    DefaultTrafficTreatment.builder().meter(meter).setOutput(PortNumber.CONTROLLER).build())));
        }
        return List.copyOf(edge);
    }

    /**
     * Compiles the rule that shows the controller what a server says to a client, while a grant is expected. It gives
     * a copy to the controller and looks the message up once more, now with a tunnel id, so that it goes its way into
     * the tunnel as if this rule were not there.
     *
     * @param server   the port of the server
     * @param from     the address of the server
     * @param to       the address of the client
     * @param resubmit looks a packet up again in the {@linkplain Pipeline#TABLE table of tunnels}
     * @return the rule
     */
    public FlowRule window(ConnectPoint server, IpAddress from, IpAddress to, ExtensionTreatment resubmit) {
        return new SwitchRules(application, server.deviceId()).rule(
                Pipeline.TABLE, Pipeline.NEGOTIATION_PRIORITY,
                from(from, PtpTraffic.GENERAL_PORT).add(IpCriteria.destination(to))
                        .matchInPort(server.port()).matchTunnelId(Pipeline.NO_TUNNEL).build(),
                DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER).setTunnelId(Pipeline.COPIED)
                        .extension(resubmit, server.deviceId()).build());
    }

    private static TrafficSelector.Builder to(IpAddress server, int port) {
        return udp(server, port).add(IpCriteria.destination(server));
    }

    private static TrafficSelector.Builder from(IpAddress server, int port) {
        return udp(server, port).add(IpCriteria.source(server));
    }

    private static TrafficSelector.Builder udp(IpAddress address, int port) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(address.version()))
                .matchIPProtocol(IPv4.PROTOCOL_UDP).matchUdpDst(TpPort.tpPort(port));
    }
}
