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

package org.roundtrip.distribution.raft;

import io.atomix.protocols.raft.RaftServer;
import java.time.Duration;

/**
 * How long a Raft server waits for a leader before it stands for election: as long as the system property
 * {@value #PROPERTY} says, in milliseconds, or as long as Raft would.
 *
 * <p>A node that is alone waits for nobody: at each start it would lose one to two timeouts for each of the two groups
 * of partitions, 5 to 10 s in all. In a cluster a short timeout costs elections whenever a node pauses; leave the
 * property out there.
 */
public final class ElectionTimeout {

    /** The system property that holds the timeout in milliseconds. */
    public static final String PROPERTY = "roundtrip.raft.election.timeout";

    private ElectionTimeout() {
    }

    /**
     * Sets the timeout of a server.
     *
     * @param builder the server to be
     * @param otherwise the timeout when the property is not set
     * @return the builder
     * @throws IllegalArgumentException when the property is not above the interval of the heartbeats, 250 ms
     */
    public static RaftServer.Builder withElectionTimeout(RaftServer.Builder builder, Duration otherwise) {
        return builder.withElectionTimeout(Duration.ofMillis(Long.getLong(PROPERTY, otherwise.toMillis())));
    }
}
