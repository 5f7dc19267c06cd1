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
 * Tells which node of the cluster may change what all nodes share. One node leads at a time; the others only watch, and
 * one of them takes over when the leader dies.
 * <p>
 * It is the same node for all applications of the suite, because one asks the other: a clock session needs a te-path,
 * and that can be asked for on the node that leads only. For the same reason an application that stops does not
 * withdraw its node; what is left of a node that dies, ONOS clears away.
 * <p>
 * Thread-safe.
 */
public final class Leader implements AutoCloseable {

    /** What is led. */
    static final String TOPIC = "roundtrip";

    private final LeadershipService leadership;
    private final NodeId self;
    private final LeadershipEventListener listener;

    /**
     * Creates a candidate, which neither runs nor listens before {@link #run}.
     *
     * @param leadership decides who leads
     * @param self       the node that runs
     * @param changed    called when another node may lead, on an ONOS event thread: must not block
     */
    public Leader(LeadershipService leadership, NodeId self, Runnable changed) {
        this.leadership = leadership;
        this.self = self;
        this.listener = new LeadershipEventListener() {
            @Override
            public boolean isRelevant(LeadershipEvent event) {
                return event.subject().topic().equals(TOPIC);
            }

            @Override
            public void event(LeadershipEvent event) {
                changed.run();
            }
        };
    }

    /**
     * Lets the node run for the leadership. The news of its election can come before this returns, so everything that
     * is used on a change must be there already.
     */
    public void run() {
        leadership.addListener(listener);
        leadership.runForLeadership(TOPIC);
    }

    /**
     * Returns whether this node leads.
     *
     * @return true if it leads at this moment
     */
    public boolean isSelf() {
        return self.equals(leadership.getLeader(TOPIC));
    }

    /**
     * Refuses a request unless this node leads.
     *
     * @throws UnavailableException if another node leads, which it names, or none
     */
    public void requireSelf() {
        if (!isSelf()) {
            throw new UnavailableException("", Optional.ofNullable(leadership.getLeader(TOPIC))
                    .map(leader -> "node " + leader + " leads: send the request there")
                    .orElse("no node leads at present: try again"));
        }
    }

    @Override
    public void close() {
        leadership.removeListener(listener);
    }
}
