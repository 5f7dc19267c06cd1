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
package org.roundtrip.balancer.impl.inspection;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.balancer.VirtualServerStatistics;
import org.roundtrip.balancer.compute.ConnectionFacts;
import org.roundtrip.balancer.compute.ExplainedConditions;
import org.roundtrip.balancer.compute.ExplanationComputation;
import org.roundtrip.balancer.compute.MemberPlace;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.ServedConnection;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.StatisticsComputation;
import org.roundtrip.balancer.compute.Surroundings;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.balancer.impl.PublishedPlans;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.flow.FlowTableReader;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Looks into the switches: by the rules that were compiled for them, their counters, and packets that ask.
 */
@Component(immediate = true, service = VirtualServerInspectionService.class)
public class InspectionManager implements VirtualServerInspectionService {

    /** A switch answers within milliseconds unless it is too busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Before everybody who takes packets for those of stations. */
    private static final int PROCESSOR_PRIORITY = PacketProcessor.advisor(0);

    @Reference
    protected CoreService coreService;

    @Reference
    protected PublishedPlans plans;

    @Reference
    protected VirtualServerService servers;

    @Reference
    protected HostService hostService;

    @Reference
    protected FlowRuleService flowRuleService;

    @Reference
    protected PacketService packetService;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected volatile FlowTableReader tableReader;

    private ApplicationId application;
    private FlowTables tables;
    private ConnectionProbes probes;

    @Activate
    protected void activate() {
        application = coreService.registerApplication("org.roundtrip.balancer");
        tables = new FlowTables(flowRuleService, () -> Optional.ofNullable(tableReader));
        probes = new ConnectionProbes(packetService, PATIENCE);
        packetService.addProcessor(probes, PROCESSOR_PRIORITY);
    }

    @Deactivate
    protected void deactivate() {
        packetService.removeProcessor(probes);
    }

    @Override
    public VirtualServerStatistics statistics(String name) {
        NetworkView network = plans.network();
        for (VipPlan vip : plans.vips()) {
            for (ServerPlan server : vip.servers()) {
                if (server.request().name().equals(name)) {
                    return new StatisticsComputation(application, tables.known(network.switches().keySet()))
                            .of(network, vip, server);
                }
            }
        }
        throw new NotFoundException("name", "there is no virtual server '" + name + "'");
    }

    @Override
    public Explanation explain(ExplanationQuery query) {
        NetworkView network = plans.network();
        ServedConnection connection = ServedConnection.of(plans.vips(), query);
        ExplanationComputation computation =
                new ExplanationComputation(application, network, connection, surroundings(network, connection));
        ConnectionFacts facts = ask(computation, connection);
        Explanation explanation = computation.explain(facts, tables.fresh(computation.switches(facts)));
        return ExplainedConditions.add(explanation, servers.server(explanation.server())
                .map(VirtualServer::memberStatus).orElse(List.of()));
    }

    private ConnectionFacts ask(ExplanationComputation computation, ServedConnection connection) {
        Map<DeviceId, CompletableFuture<Optional<Long>>> answers = new HashMap<>();
        computation.memberSwitches().forEach(device -> answers.put(
                device, probes.mark(anyMember(connection, device), connection)));
        ConnectionFacts.Builder facts = ConnectionFacts.builder();
        answers.forEach((device, answer) -> answer.join().ifPresent(mark -> facts.putMarks(device, mark)));
        return facts.build();
    }

    private static MemberPlace anyMember(ServedConnection connection, DeviceId device) {
        return connection.server().places().values().stream().filter(place -> place.port().deviceId().equals(device))
                .min(Comparator.comparing(MemberPlace::member)).orElseThrow();
    }

    private Surroundings surroundings(NetworkView network, ServedConnection connection) {
        Optional<Host> client = host(connection.query().client());
        Map<MacAddress, ConnectPoint> stations = new HashMap<>();
        connection.server().places().values().forEach(place -> stations.put(place.mac(), place.port()));
        client.ifPresent(host -> stations.put(
                host.mac(), new ConnectPoint(host.location().deviceId(), host.location().port())));
        return Surroundings.builder().client(client.map(Host::mac)).stations(stations)
                .forwarding(forwarding(network.switches().keySet())).build();
    }

    private Optional<Host> host(IpAddress address) {
        return hostService.getHostsByIp(address).stream().min(Comparator.comparing(host -> host.id().toString()));
    }

    private List<FlowEntry> forwarding(Collection<DeviceId> devices) {
        return devices.stream().flatMap(device -> tables.known(device).stream())
                .filter(entry -> entry.appId() != application.id()).collect(Collectors.toList());
    }
}
