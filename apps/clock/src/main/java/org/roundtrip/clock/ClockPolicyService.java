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
package org.roundtrip.clock;

import org.onosproject.event.ListenerService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;

import java.util.List;
import java.util.Optional;

/**
 * Which clients may negotiate sessions with which servers. Changes wait for the durable store: never call them from an
 * ONOS event thread. The others return at once. Thread-safe.
 */
public interface ClockPolicyService extends ListenerService<ClockPolicyEvent, ClockPolicyListener> {

    /**
     * Makes sure that there is a policy: adds it, or puts it in the place of the one of that name. Sessions that it
     * does not allow any more end.
     *
     * @param policy the policy
     * @return the policy
     * @throws ConflictException    if another policy names one of the servers: nothing is changed
     * @throws UnavailableException if another node of the cluster leads
     */
    ClockPolicy put(ClockPolicy policy);

    /**
     * Takes a policy away, and with it the sessions that it has allowed.
     *
     * @param name its name
     * @return the policy
     * @throws NotFoundException    if there is no such policy
     * @throws UnavailableException if another node of the cluster leads
     */
    ClockPolicy remove(String name);

    /**
     * Returns a policy.
     *
     * @param name its name
     * @return the policy, or empty
     */
    Optional<ClockPolicy> policy(String name);

    /**
     * Returns all policies.
     *
     * @return the policies, ordered by name
     */
    List<ClockPolicy> policies();

    /**
     * Returns the servers that sessions or policies name.
     *
     * @return the servers, ordered by their references
     */
    List<ClockServer> servers();
}
