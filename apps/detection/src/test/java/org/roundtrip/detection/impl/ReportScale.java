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
package org.roundtrip.detection.impl;

import com.sun.management.OperatingSystemMXBean;
import org.awaitility.Awaitility;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.event.EventDeliveryServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.DeviceId;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.ComponentContext;
import org.roundtrip.base.host.FakeHosts;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.ServiceCheck;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Measures what many agents with many members each cost a controller while nothing changes, and prints it as a line of
 * JSON. The detection service and the connections are the real ones, the services of ONOS are emulated, and the agents
 * probe nothing: they report that all members are well, as often as they are asked to.
 *
 * <p>Arguments: how many agents, how many members each has, for how many seconds to measure. To be run where nothing
 * else uses the loopback interface.
 */
final class ReportScale {

    private static final PortNumber PROBES = PortNumber.portNumber(9);
    private static final NodeId SELF = NodeId.nodeId("self");
    private static final Path INTERFACES = Path.of("/proc/net/dev");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Fewer at a time than may be at the handshake from one address. */
    private static final int CONNECTING = 8;
    private static final double NANOSECONDS = 1e9;

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final FakeHosts hosts = new FakeHosts();
    private final DetectionManager manager = new DetectionManager(Clock.systemUTC(), System::nanoTime,
                                                                  Duration.ofSeconds(1));
    private final List<SimulatedAgent> agents = new ArrayList<>();

    private ReportScale() {
    }

    public static void main(String[] arguments) throws Exception {
        int agents = Integer.parseInt(arguments[0]);
        int members = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        ReportScale scale = new ReportScale();
        scale.start();
        scale.connect(agents);
        scale.request(agents, members);
        System.out.println(scale.measure(agents * members, seconds));
        System.exit(0);
    }

    private void start() {
        LeadershipService leadership = mock(LeadershipService.class);
        when(leadership.getLeader(any())).thenReturn(SELF);
        manager.configService = new ComponentConfigAdapter();
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(1, name);
            }
        };
        manager.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        manager.leadershipService = leadership;
        manager.storageService = new InMemoryStorage();
        manager.eventDispatcher = new EventDeliveryServiceAdapter();
        manager.hostService = hosts;
        manager.deviceService = new DeviceServiceAdapter() {
            @Override
            public List<Port> getPorts(DeviceId device) {
                return List.of(new DefaultPort(null, PROBES, true));
            }

            @Override
            public boolean isAvailable(DeviceId device) {
                return true;
            }
        };
        manager.intentService = framework;
        manager.flowRuleService = framework.flowRules();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("agentPort", 0);
        ComponentContext context = mock(ComponentContext.class);
        when(context.getProperties()).thenReturn(properties);
        manager.activate(context);
        await(() -> manager.agentPort().isPresent(), "the server of agents");
    }

    private void connect(int count) {
        InetSocketAddress controller = new InetSocketAddress("127.0.0.1", manager.agentPort().orElseThrow());
        for (int number = 0; number < count; number++) {
            String name = "node-" + number;
            manager.putAgent(DetectionAgentRequest.builder().name(name).device(device(number))
                                     .port(PROBES.toString()).secret(SimulatedAgent.SECRET).build());
            agents.add(new SimulatedAgent(name, controller));
            int connecting = agents.size() - CONNECTING;
            await(() -> connecting < 0 || agents.get(connecting).isConnected(), "connection of an agent");
        }
        await(() -> agents.stream().allMatch(SimulatedAgent::isConnected), "connections of all agents");
    }

    /** Asks for as many services as there are agents, whose members are spread over all nodes. */
    private void request(int nodes, int membersOfANode) {
        for (int node = 0; node < nodes; node++) {
            MacAddress mac = MacAddress.valueOf(0x020000000000L + node);
            hosts.learn(new DefaultHost(ProviderId.NONE, HostId.hostId(mac), mac, VlanId.NONE, new HostLocation(
                    new ConnectPoint(device(node), PortNumber.portNumber(1)), 0), Set.of(address(node))));
        }
        for (int service = 0; service < nodes; service++) {
            ServiceCheck.Builder check = ServiceCheck.builder().service("balancer/service" + service)
                    .profile("normal").address(IpAddress.valueOf(0xC6120000 + service));
            for (int member = 0; member < membersOfANode; member++) {
                int node = (service + member) % nodes;
                int port = 8_000 + member;
                check.addMembers(CheckedMember.builder().id(address(node) + ":" + port).address(address(node))
                                         .port(port).build());
            }
            manager.request(check.build());
        }
    }

    private String measure(int members, int seconds) throws Exception {
        await(() -> up() == members, "all members up");
        // What was asked for has been published and stored by then.
        TimeUnit.MILLISECONDS.sleep(agents.get(0).reportInterval());
        long reports = reports();
        double bytes = loopbackBytes();
        double controller = controllerSeconds();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double took = (System.nanoTime() - began) / NANOSECONDS;
        return String.format(Locale.ROOT, "{\"bytesPerSecond\": %.1f, \"controllerCores\": %.5f,"
                        + " \"snapshotsPerSecond\": %.3f, \"up\": %d, \"connected\": %d}",
                (loopbackBytes() - bytes) / took, (controllerSeconds() - controller) / took,
                (reports() - reports) / took, up(),
                manager.agents().stream().filter(agent -> agent.status().state() == AgentState.CONNECTED).count());
    }

    private long up() {
        return manager.detections().stream().flatMap(detection -> detection.members().stream())
                .filter(member -> member.status().state() == HealthState.UP).count();
    }

    private long reports() {
        return agents.stream().mapToLong(SimulatedAgent::snapshots).sum();
    }

    /** Returns what the loopback interface has carried (proc(5)). */
    private static double loopbackBytes() throws IOException {
        return Files.readAllLines(INTERFACES).stream().map(String::trim).filter(line -> line.startsWith("lo:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(3).trim().split(" +", -1)[0]))
                .findFirst().orElseThrow();
    }

    /** Returns for how long all threads but those of agents have used processors. */
    private static double controllerSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long ofAgents = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(SimulatedAgent.THREADS))
                .mapToLong(thread -> Math.max(threads.getThreadCpuTime(thread.getThreadId()), 0)).sum();
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return (process.getProcessCpuTime() - ofAgents) / NANOSECONDS;
    }

    private static void await(BooleanSupplier condition, String awaited) {
        Awaitility.await(awaited).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    private static IpAddress address(int node) {
        return IpAddress.valueOf(0x0A000000 + node + 1);
    }

    private static DeviceId device(int node) {
        return DeviceId.deviceId(String.format("of:%016x", node + 1));
    }
}
