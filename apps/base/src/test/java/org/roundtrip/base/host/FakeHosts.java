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
package org.roundtrip.base.host;

import org.onlab.packet.IpAddress;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.host.HostEvent;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostServiceAdapter;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

/** The hosts of a test. */
public final class FakeHosts extends HostServiceAdapter {

    private final Map<HostId, Host> hosts = new ConcurrentHashMap<>();
    private final Set<HostListener> listeners = new CopyOnWriteArraySet<>();

    /** Learns a host, or where it is now. */
    public void learn(Host host) {
        Host previous = hosts.put(host.id(), host);
        tell(previous == null ? HostEvent.Type.HOST_ADDED : HostEvent.Type.HOST_MOVED, host);
    }

    /** Forgets a host. */
    public void forget(HostId id) {
        tell(HostEvent.Type.HOST_REMOVED, hosts.remove(id));
    }

    @Override
    public Host getHost(HostId hostId) {
        return hosts.get(hostId);
    }

    @Override
    public Set<Host> getHostsByIp(IpAddress ip) {
        return hosts.values().stream().filter(host -> host.ipAddresses().contains(ip)).collect(Collectors.toSet());
    }

    @Override
    public void addListener(HostListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(HostListener listener) {
        listeners.remove(listener);
    }

    /** Returns how many listen. */
    public int listenerCount() {
        return listeners.size();
    }

    private void tell(HostEvent.Type type, Host host) {
        listeners.forEach(listener -> listener.event(new HostEvent(type, host)));
    }
}
