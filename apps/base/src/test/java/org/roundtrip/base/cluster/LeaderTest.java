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
package org.roundtrip.base.cluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.roundtrip.base.UnavailableException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class LeaderTest {

    private static final NodeId SELF = NodeId.nodeId("self");

    private final LeadershipService leadership = mock(LeadershipService.class);
    private final AtomicInteger changes = new AtomicInteger();
    private Leader leader;

    @BeforeEach
    void run() {
        leader = new Leader(leadership, SELF, changes::incrementAndGet);
        verify(leadership, never()).runForLeadership(any());
        leader.run();
    }

    @Test
    void leadsWhenElected() {
        when(leadership.getLeader(Leader.TOPIC)).thenReturn(SELF);

        assertThat(leader.isSelf()).isTrue();
        leader.requireSelf();
        verify(leadership).runForLeadership(Leader.TOPIC);
    }

    @Test
    void sendsRequestsToTheOneThatLeads() {
        when(leadership.getLeader(Leader.TOPIC)).thenReturn(NodeId.nodeId("other"));

        assertThat(leader.isSelf()).isFalse();
        assertThatThrownBy(leader::requireSelf).isInstanceOf(UnavailableException.class).hasMessageContaining("other");
    }

    @Test
    void refusesRequestsWhileNobodyLeads() {
        assertThat(leader.isSelf()).isFalse();
        assertThatThrownBy(leader::requireSelf)
                .isInstanceOf(UnavailableException.class).hasMessageContaining("try again");
    }

    @Test
    void hearsOfChangesUntilClosedAndLeavesTheOthersTheirLeader() {
        ArgumentCaptor<LeadershipEventListener> captor = ArgumentCaptor.forClass(LeadershipEventListener.class);
        verify(leadership).addListener(captor.capture());
        LeadershipEventListener listener = captor.getValue();

        assertThat(listener.isRelevant(change(Leader.TOPIC))).isTrue();
        assertThat(listener.isRelevant(change("another"))).isFalse();
        listener.event(change(Leader.TOPIC));
        assertThat(changes).hasValue(1);

        leader.close();
        verify(leadership, never()).withdraw(any());
        verify(leadership).removeListener(listener);
    }

    private static LeadershipEvent change(String topic) {
        return new LeadershipEvent(LeadershipEvent.Type.LEADER_CHANGED,
                                   new Leadership(topic, null, List.of(SELF)));
    }
}
