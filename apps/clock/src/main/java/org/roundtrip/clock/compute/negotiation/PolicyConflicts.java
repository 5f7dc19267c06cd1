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

import org.onlab.packet.IpAddress;
import org.roundtrip.base.ConflictException;
import org.roundtrip.clock.ClockPolicy;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What keeps policies apart: who may ask a server is said by one policy only.
 */
public final class PolicyConflicts {

    private PolicyConflicts() {
    }

    /**
     * Refuses a policy that names a server of another one.
     *
     * @param policy the policy to be
     * @param others the policies that there are; the one of its own name does not count, its place is taken
     * @throws ConflictException naming the field, the server and the other policy
     */
    public static void requireOwnServers(ClockPolicy policy, Collection<ClockPolicy> others) {
        for (ClockPolicy other : others) {
            List<IpAddress> shared = policy.servers().stream().filter(other.servers()::contains).sorted()
                    .collect(Collectors.toList());
            if (!shared.isEmpty() && !other.name().equals(policy.name())) {
                throw new ConflictException("servers", "policy '" + other.name() + "' already says who may ask "
                        + shared.stream().map(IpAddress::toString).collect(Collectors.joining(" and "))
                        + ": a server belongs to one policy, take it from the other one first");
            }
        }
    }
}
