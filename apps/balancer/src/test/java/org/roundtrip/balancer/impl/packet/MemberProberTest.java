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
package org.roundtrip.balancer.impl.packet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.edge.EdgePortServiceAdapter;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.host.HostServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.base.packet.AddressProbe;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MemberProberTest {

    private static final NodeId NODE = NodeId.nodeId("10.0.0.1");
    private static final IpAddress MEMBER = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress OTHER_MEMBER = IpAddress.valueOf("192.0.2.2");

    private static final Host HOST = new DefaultHost(
            ProviderId.NONE, HostId.hostId(Plans.MEMBER_MAC), Plans.MEMBER_MAC, VlanId.NONE,
            new HostLocation(Plans.MEMBER_PORT, 0), Set.of(MEMBER));

    private final Plans plans = new Plans();
    private final AtomicLong elapsed = new AtomicLong();
    private final Set<IpAddress> known = ConcurrentHashMap.newKeySet();
    private final List<ByteBuffer> sent = new CopyOnWriteArrayList<>();
    private final MemberProber prober = new MemberProber(elapsed::get);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile NodeId leader = NODE;

    @BeforeEach
    void start() {
        prober.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(NODE, NODE.toString());
            }
        };
        prober.leadershipService = new LeadershipServiceAdapter() {
            @Override
            public NodeId getLeader(String topic) {
                questions.incrementAndGet();
                return leader;
            }
        };
        prober.hostService = new HostServiceAdapter() {
            @Override
            public Set<Host> getHostsByIp(IpAddress address) {
                return known.contains(address) ? Set.of(HOST) : Set.of();
            }
        };
        prober.edgePortService = new EdgePortServiceAdapter() {
            @Override
            public void emitPacket(ByteBuffer data, Optional<TrafficTreatment> treatment) {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("no edge");
                }
                sent.add(data);
            }
        };
        prober.plans = plans;
        prober.activate();
    }

    @AfterEach
    void stop() {
        prober.deactivate();
    }

    @Test
    void asksUntilTheMemberIsKnown() {
        plans.add("198.51.100.1", TransportProtocol.TCP, 80, MEMBER.toString(), 8080, false);
        await().untilAsserted(() -> assertThat(sent).containsExactly(ByteBuffer.wrap(AddressProbe.of(MEMBER))));

        elapsed.addAndGet(Duration.ofSeconds(1).toNanos());
        await().untilAsserted(() -> assertThat(sent).hasSize(2));

        known.add(MEMBER);
        plans.add("198.51.100.2", TransportProtocol.TCP, 80, OTHER_MEMBER.toString(), 8080, false);
        elapsed.addAndGet(Duration.ofHours(1).toNanos());
        await().untilAsserted(() -> assertThat(sent).contains(ByteBuffer.wrap(AddressProbe.of(OTHER_MEMBER))));
        assertThat(sent).hasSize(3);
    }

    @Test
    void aFailureIsNotTheEnd() {
        failures.set(2);
        plans.add("198.51.100.1", TransportProtocol.TCP, 80, MEMBER.toString(), 8080, false);
        await().untilAsserted(() -> {
            elapsed.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(sent).isNotEmpty();
        });
        assertThat(failures.get()).isNegative();
    }

    @Test
    void onlyTheNodeThatLeadsAsks() {
        leader = NodeId.nodeId("10.0.0.2");
        plans.add("198.51.100.1", TransportProtocol.TCP, 80, MEMBER.toString(), 8080, false);
        int before = questions.get();
        await().untilAsserted(() -> assertThat(questions.get()).isGreaterThan(before + 1));
        assertThat(sent).isEmpty();

        leader = NODE;
        await().untilAsserted(() -> assertThat(sent).hasSize(1));
    }
}
