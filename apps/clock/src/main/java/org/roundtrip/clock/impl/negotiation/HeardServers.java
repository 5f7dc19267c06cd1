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

import org.onlab.packet.IpAddress;
import org.osgi.service.component.annotations.Component;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What negotiation has heard of servers since this node started: who they are, and which requests to them were refused.
 * To be told of servers of policies only, of which there is a limited number. Thread-safe.
 */
@Component(service = HeardServers.class)
public class HeardServers {

    /** Reasons name numbers that clients choose; what is more than this is counted together. */
    private static final int MOST_REASONS = 16;
    private static final String OTHER_REASONS = "other reasons";

    private final Map<IpAddress, String> identities = new ConcurrentHashMap<>();
    private final Map<IpAddress, Map<String, Long>> refusals = new ConcurrentHashMap<>();

    private volatile Runnable changed = () -> { };

    /**
     * Says who wants to know when something was heard. There is one at most: a second one takes the place of the first.
     *
     * @param listener called on any thread, as often as something is heard: must not block
     */
    void watch(Runnable listener) {
        changed = listener;
    }

    /**
     * Takes down who a server is.
     *
     * @param server   the address of the server
     * @param identity the identity of its clock in hexadecimal
     */
    void heard(IpAddress server, String identity) {
        identities.put(server, identity);
        changed.run();
    }

    /**
     * Counts a message to a server that was not passed on.
     *
     * @param server the address of the server
     * @param reason why, in words
     */
    void refused(IpAddress server, String reason) {
        refusals.compute(server, (address, counts) -> {
            Map<String, Long> next = new TreeMap<>(counts == null ? Map.of() : counts);
            next.merge(next.containsKey(reason) || next.size() < MOST_REASONS ? reason : OTHER_REASONS, 1L, Long::sum);
            return next;
        });
        changed.run();
    }

    /**
     * Returns who the servers are.
     *
     * @return the identities of their clocks, by address; changes by itself
     */
    Map<IpAddress, String> identities() {
        return Collections.unmodifiableMap(identities);
    }

    /**
     * Returns what was not passed on to a server.
     *
     * @param server the address of the server
     * @return how many messages, by reason
     */
    Map<String, Long> refusals(IpAddress server) {
        return Collections.unmodifiableMap(refusals.getOrDefault(server, Map.of()));
    }
}
