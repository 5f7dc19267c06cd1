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
package org.roundtrip.balancer.impl;

import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerEvent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The virtual servers as others see them, which costs no waiting. Reading is thread-safe; one thread publishes.
 */
final class PublishedServers {

    private final Consumer<VirtualServerEvent> events;
    private final Map<String, VirtualServer> servers = new ConcurrentSkipListMap<>();

    PublishedServers(Consumer<VirtualServerEvent> events) {
        this.events = events;
    }

    Optional<VirtualServer> get(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    List<VirtualServer> all() {
        return List.copyOf(servers.values());
    }

    Set<String> names() {
        return Set.copyOf(servers.keySet());
    }

    /** Puts a virtual server in the place of any of its name, and tells if it is another. */
    void put(VirtualServer server) {
        VirtualServer before = servers.put(server.request().name(), server);
        if (before == null) {
            events.accept(new VirtualServerEvent(VirtualServerEvent.Type.ADDED, server));
        } else if (!before.equals(server)) {
            events.accept(new VirtualServerEvent(VirtualServerEvent.Type.CHANGED, server));
        }
    }

    /** Takes a virtual server away, and tells if it was there. */
    void remove(String name) {
        Optional.ofNullable(servers.remove(name)).ifPresent(
                server -> events.accept(new VirtualServerEvent(VirtualServerEvent.Type.REMOVED, server)));
    }
}
