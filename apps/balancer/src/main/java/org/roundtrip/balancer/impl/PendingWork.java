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

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * What has to be looked at, because something may have happened to it. Events add to it from any thread; one thread
 * takes.
 */
final class PendingWork {

    private final Set<String> staleRecords = ConcurrentHashMap.newKeySet();
    private final Set<String> servers = ConcurrentHashMap.newKeySet();
    private final Set<Object> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> rules = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean network = new AtomicBoolean();

    /** Says that the record of a virtual server has been written, by whichever node. */
    void recordWritten(String server) {
        staleRecords.add(server);
    }

    /** Says that something may have happened to a virtual server. */
    void touchServer(String server) {
        servers.add(server);
    }

    /** Says that something may have happened to what virtual servers depend on. */
    void touchDependents(Object key) {
        touched.add(key);
    }

    /** Says that something has become of rules, which changes nothing of what they follow from. */
    void touchRules(String key) {
        rules.add(key);
    }

    /** Says that switches or links may be others. */
    void touchNetwork() {
        network.set(true);
    }

    Set<String> takeRecords() {
        return take(staleRecords);
    }

    Set<String> takeServers() {
        return take(servers);
    }

    Set<Object> takeKeys() {
        return take(touched);
    }

    Set<String> takeRules() {
        return take(rules);
    }

    /** Returns whether nothing waits, so that nothing is held up. */
    boolean isEmpty() {
        return Stream.of(staleRecords, servers, touched, rules).allMatch(Set::isEmpty) && !network.get();
    }

    boolean takeNetwork() {
        return network.getAndSet(false);
    }

    private static <T> Set<T> take(Set<T> pending) {
        Set<T> taken = new HashSet<>(pending);
        pending.removeAll(taken);
        return taken;
    }
}
