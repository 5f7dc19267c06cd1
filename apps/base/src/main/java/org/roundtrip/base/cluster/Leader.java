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

import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.roundtrip.base.UnavailableException;

import java.util.Optional;

/**
 * Tells which node of the cluster may change what all nodes share. One node leads a topic at a time; the others only
 * watch, and one of them takes over when the leader dies.
 * <p>
 * Thread-safe.
 */
public final class Leader implements AutoCloseable {

    private final LeadershipService leadership;
    private final NodeId self;
    private final String topic;
    private final LeadershipEventListener listener;

    /**
     * Runs for the leadership of a topic until it is closed.
     *
     * @param leadership decides who leads
     * @param self       the node that runs
     * @param topic      what is to be led, such as {@code roundtrip-clock}
     * @param changed    called when another node may lead, on an ONOS event thread: must not block
     */
    public Leader(LeadershipService leadership, NodeId self, String topic, Runnable changed) {
        this.leadership = leadership;
        this.self = self;
        this.topic = topic;
        this.listener = new LeadershipEventListener() {
            @Override
            public boolean isRelevant(LeadershipEvent event) {
                return event.subject().topic().equals(topic);
            }

            @Override
            public void event(LeadershipEvent event) {
                changed.run();
            }
        };
        leadership.addListener(listener);
        leadership.runForLeadership(topic);
    }

    /**
     * Returns whether this node leads.
     *
     * @return true if it leads at this moment
     */
    public boolean isSelf() {
        return self.equals(leadership.getLeader(topic));
    }

    /**
     * Refuses a request unless this node leads.
     *
     * @throws UnavailableException if another node leads, which it names, or none
     */
    public void requireSelf() {
        if (!isSelf()) {
            throw new UnavailableException("", Optional.ofNullable(leadership.getLeader(topic))
                    .map(leader -> "node " + leader + " leads " + topic + ": send the request there")
                    .orElse("no node leads " + topic + " at present: try again"));
        }
    }

    @Override
    public void close() {
        leadership.withdraw(topic);
        leadership.removeListener(listener);
    }
}
