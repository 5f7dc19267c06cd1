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

package org.roundtrip.distribution.build;

/**
 * Replaces {@code builder.withElectionTimeout(timeout)} in Raft's partition server, where the timeout is a constant,
 * by {@code ElectionTimeout.withElectionTimeout(builder, timeout)}.
 */
public final class ElectionTimeoutByProperty extends CallReplacement {

    private static final String BUILDER = "io/atomix/protocols/raft/RaftServer$Builder";

    /** Makes the build step; it has no settings. */
    public ElectionTimeoutByProperty() {
        super("io/atomix/protocols/raft/partition/impl/RaftPartitionServer",
                BUILDER, "withElectionTimeout", "(Ljava/time/Duration;)L" + BUILDER + ";",
                "org/roundtrip/distribution/raft/ElectionTimeout");
    }
}
