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
package org.roundtrip.detection.impl;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What has to be looked at, because something may have happened to it. Events add to it from any thread; one thread
 * takes.
 */
final class PendingWork {

    private final Set<String> staleAgents = ConcurrentHashMap.newKeySet();
    private final Set<String> staleProfiles = ConcurrentHashMap.newKeySet();
    private final Set<String> services = ConcurrentHashMap.newKeySet();
    private final Set<String> agents = ConcurrentHashMap.newKeySet();
    private final Set<Object> touched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean everything = new AtomicBoolean();

    /** Says that an agent has been written, by whichever node. */
    void agentWritten(String agent) {
        staleAgents.add(agent);
    }

    /** Says that a profile has been written, by whichever node. */
    void profileWritten(String profile) {
        staleProfiles.add(profile);
    }

    /** Says that a service was requested or withdrawn. */
    void touchService(String service) {
        services.add(service);
    }

    /** Says that something may have happened to what members depend on. */
    void touchDependents(Object key) {
        touched.add(key);
    }

    /** Says that something may have happened to an agent, its connection or its rules. */
    void touchAgent(String agent) {
        agents.add(agent);
    }

    /** Says that anything may be another. */
    void touchEverything() {
        everything.set(true);
    }

    Set<String> takeAgentRecords() {
        return take(staleAgents);
    }

    Set<String> takeProfiles() {
        return take(staleProfiles);
    }

    Set<String> takeServices() {
        return take(services);
    }

    Set<String> takeAgents() {
        return take(agents);
    }

    Set<Object> takeKeys() {
        return take(touched);
    }

    boolean takeEverything() {
        return everything.getAndSet(false);
    }

    private static <T> Set<T> take(Set<T> pending) {
        Set<T> taken = new HashSet<>(pending);
        pending.removeAll(taken);
        return taken;
    }
}
