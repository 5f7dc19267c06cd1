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

import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.compute.Assignment;
import org.roundtrip.detection.compute.MemberKey;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the services and agents to which something has happened, and has each member probed by the agent of its
 * node, if this node of the cluster leads.
 * <p>
 * Only for the thread of the loop.
 */
final class CheckReconciler {

    private final DetectionLedger ledger;
    private final NetworkLookup lookup;
    private final HealthBook book;
    private final PendingWork pending;
    /** What should be, by services and members. */
    private final SortedMap<String, SortedMap<String, Assignment>> assignments = new TreeMap<>();
    /** Services by the addresses of their members. */
    private final Map<Object, Set<String>> dependents = new HashMap<>();
    private final Map<String, ServiceCheck> known = new HashMap<>();
    private boolean leads;
    /** Whether what is in memory can't be relied upon. */
    private boolean isLost = true;

    CheckReconciler(DetectionLedger ledger, NetworkLookup lookup, HealthBook book, PendingWork pending) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.book = book;
        this.pending = pending;
    }

    /**
     * Reads everything if this node can't rely on what it knows, or begins to lead.
     *
     * @param isLeader whether this node leads
     */
    void takeOver(boolean isLeader) {
        if (isLost || isLeader != leads) {
            isLost = true;
            ledger.load();
            pending.touchEverything();
            isLost = false;
        }
        leads = isLeader;
    }

    /** Looks at what something has happened to. */
    void reconcile() {
        try {
            pending.takeAgentRecords().forEach(ledger::refreshAgent);
            pending.takeProfiles().forEach(ledger::refreshProfile);
            Set<String> services = new TreeSet<>(pending.takeServices());
            pending.takeKeys().forEach(key -> services.addAll(dependents.getOrDefault(key, Set.of())));
            if (pending.takeEverything()) {
                services.addAll(assignments.keySet());
                book.checks().forEach(check -> services.add(check.service()));
            }
            services.forEach(this::assign);
        } catch (RuntimeException e) {
            isLost = true;
            throw e;
        }
    }

    private void assign(String service) {
        Optional<ServiceCheck> check = book.check(service);
        index(service, check);
        if (check.isEmpty()) {
            assignments.remove(service);
            return;
        }
        SortedMap<String, Assignment> wanted = leads ? Assignment.of(check.get(), lookup) : new TreeMap<>();
        assignments.put(service, wanted);
        wanted.forEach((member, assignment) -> book.take(MemberKey.of(service, member), assignment.agent()
                .map(agent -> "agent " + agent + " has not connected yet").orElse(assignment.obstacle())));
    }

    private void index(String service, Optional<ServiceCheck> check) {
        Optional.ofNullable(known.remove(service)).ifPresent(before -> before.members().forEach(
                member -> dependents.computeIfPresent(member.address(), (same, names) -> {
                    names.remove(service);
                    return names.isEmpty() ? null : names;
                })));
        check.ifPresent(now -> {
            known.put(service, now);
            now.members().forEach(member -> dependents.computeIfAbsent(member.address(), none -> new HashSet<>())
                    .add(service));
        });
    }
}
