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
package org.roundtrip.clock.impl.negotiation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.event.Event;
import org.onosproject.event.EventDeliveryServiceAdapter;
import org.onosproject.net.host.HostServiceAdapter;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyEvent;
import org.roundtrip.clock.ClockServer;
import org.roundtrip.clock.ClockSessionService;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.clock.Policies.policy;

class ClockPolicyManagerTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final ApplicationId CLOCK = new DefaultApplicationId(1, "org.roundtrip.clock");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final LeadershipService leadership = mock(LeadershipService.class);
    private final List<ClockPolicyEvent> events = new CopyOnWriteArrayList<>();
    private ClockPolicyManager manager;

    @BeforeEach
    void start() {
        when(leadership.getLeader(any())).thenReturn(SELF);
        manager = new ClockPolicyManager();
        manager.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return CLOCK;
            }
        };
        manager.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        manager.leadershipService = leadership;
        manager.storageService = storage;
        manager.eventDispatcher = new EventDeliveryServiceAdapter() {
            @Override
            public void post(@SuppressWarnings("rawtypes") Event event) {
                events.add((ClockPolicyEvent) event);
            }
        };
        manager.hostService = new HostServiceAdapter();
        manager.sessionService = mock(ClockSessionService.class);
        manager.heardServers = new HeardServers();
        manager.activate();
    }

    @AfterEach
    void stop() {
        manager.deactivate();
    }

    @Test
    void refusesAServerOfAnotherPolicyAndChangesNothing() {
        manager.put(policy("a", "10.0.0.1"));

        assertThatThrownBy(() -> manager.put(policy("b", "10.0.0.1"))).isInstanceOf(ConflictException.class);
        assertThat(manager.policies()).containsExactly(policy("a", "10.0.0.1"));
        assertThat(events).hasSize(1);
    }

    @Test
    void refusesToRemoveWhatIsNotThere() {
        assertThatThrownBy(() -> manager.remove("p")).isInstanceOf(NotFoundException.class)
                .hasMessageContaining("'p'");
    }

    @Test
    void changesOnTheLeaderOnly() {
        when(leadership.getLeader(any())).thenReturn(NodeId.nodeId("other"));

        assertThatThrownBy(() -> manager.put(policy("p", "10.0.0.1"))).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> manager.remove("p")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void saysSoWhenTheStoreDoesNotAnswer() {
        storage.breakDown();
        assertThatThrownBy(() -> manager.put(policy("p", "10.0.0.1"))).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("durable store");
        storage.repair();
    }

    @Test
    void tellsOfEachChangeOnce() {
        ClockPolicy wider = policy("p", "10.0.0.1", "10.0.0.2");
        manager.put(policy("p", "10.0.0.1"));
        manager.put(policy("p", "10.0.0.1"));
        manager.put(wider);
        assertThat(manager.remove("p")).isEqualTo(wider);

        assertThat(manager.policies()).isEmpty();
        assertThat(events).extracting(ClockPolicyEvent::type).containsExactly(
                ClockPolicyEvent.Type.PUT, ClockPolicyEvent.Type.PUT, ClockPolicyEvent.Type.REMOVED);
        assertThat(events.get(2).subject()).isEqualTo(wider);
    }

    @Test
    void showsWhatWasRefusedAndGoesOnDoingSo() {
        manager.put(policy("p", "10.0.0.1"));
        manager.heardServers.refused(IpAddress.valueOf("10.0.0.1"), "domain 7 is not allowed");

        await().until(() -> manager.servers().get(0).status().reason().contains("1 because domain 7 is not allowed"));
        manager.heardServers.refused(IpAddress.valueOf("10.0.0.1"), "domain 7 is not allowed");
        await().until(() -> manager.servers().get(0).status().reason().contains("2 because domain 7 is not allowed"));
    }

    @Test
    void countsReasonsInBoundedRoom() {
        IpAddress server = IpAddress.valueOf("10.0.0.1");
        for (int i = 0; i < 1_000; i++) {
            manager.heardServers.refused(server, "reason " + i);
        }

        assertThat(manager.heardServers.refusals(server)).hasSize(17).containsEntry("other reasons", 984L);
    }

    @Test
    void hasPoliciesAndTheirServersAgainAfterARestart() {
        manager.put(policy("p", "10.0.0.1"));
        manager.deactivate();
        start();

        await().until(() -> manager.policy("p").isPresent());
        await().until(() -> manager.servers().stream().map(ClockServer::policy)
                .anyMatch(Optional.of("p")::equals));
    }
}
