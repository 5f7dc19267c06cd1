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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.compute.AgentPlace;
import org.roundtrip.detection.compute.AgentRecord;
import org.roundtrip.detection.compute.Assignment;
import org.roundtrip.detection.compute.DetectionRules;
import org.roundtrip.detection.compute.MemberKey;
import org.roundtrip.detection.compute.ProbeNeed;
import org.roundtrip.detection.compute.TargetTable;
import org.roundtrip.detection.protocol.Check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Looks at the services and agents to which something has happened, and has each member probed by the agent of its
 * node, if this node of the cluster leads: first come the rules, then the check. Who should not probe a member any more
 * is told so first and loses the rules then; nobody else gets it before.
 * <p>
 * For a while after this node begins to lead it does not know yet what will be asked for. Agents go on meanwhile, and
 * what they report counts as soon as it is asked for; nothing is taken from them.
 * <p>
 * Only for the thread of the loop.
 */
final class CheckReconciler {

    private final DetectionLedger ledger;
    private final NetworkLookup lookup;
    private final HealthBook book;
    private final PendingWork pending;
    private final PublishedPaths rules;
    private final AgentConnections connections;
    private final DetectionRules compiler;
    private final LongSupplier elapsed;
    private final Duration settling;
    private final Map<String, ServiceCheck> known = new HashMap<>();
    /** Services by the addresses of their members. */
    private final Map<Object, Set<String>> dependents = new HashMap<>();
    /** What agents are to probe. */
    private final Map<String, SortedMap<MemberKey, ProbeNeed>> needs = new HashMap<>();
    /** Who is to probe a member. */
    private final Map<MemberKey, String> wantedBy = new HashMap<>();
    private final Map<String, ProbingAgent> agents = new HashMap<>();
    /** Who may probe a member now. */
    private final Map<MemberKey, String> holders = new HashMap<>();
    private final Map<String, Long> dueAgents = new HashMap<>();
    private boolean leads;
    /** Whether what is in memory can't be relied upon. */
    private boolean isLost = true;
    private boolean isSettling;
    private long settledAt;

    CheckReconciler(DetectionLedger ledger, NetworkLookup lookup, HealthBook book, PendingWork pending,
                    PublishedPaths rules, AgentConnections connections, DetectionRules compiler,
                    LongSupplier elapsed, Duration settling) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.book = book;
        this.pending = pending;
        this.rules = rules;
        this.connections = connections;
        this.compiler = compiler;
        this.elapsed = elapsed;
        this.settling = settling;
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
            if (!isLeader) {
                agents.clear();
                holders.clear();
                dueAgents.clear();
            } else if (!leads) {
                isSettling = true;
                settledAt = elapsed.getAsLong() + settling.toNanos();
            }
            isLost = false;
        }
        leads = isLeader;
    }

    /**
     * Looks at what something has happened to.
     *
     * @return after which time to do so again, if not only on the next event
     */
    Optional<Duration> reconcile() {
        try {
            pending.takeAgentRecords().forEach(ledger::refreshAgent);
            pending.takeProfiles().forEach(ledger::refreshProfile);
            followTime();
            Set<String> services = new TreeSet<>(pending.takeServices());
            pending.takeKeys().forEach(key -> services.addAll(dependents.getOrDefault(key, Set.of())));
            Set<String> names = new TreeSet<>(pending.takeAgents());
            boolean isEverything = pending.takeEverything();
            if (isEverything) {
                services.addAll(known.keySet());
                book.checks().forEach(check -> services.add(check.service()));
                names.addAll(ledger.agents().keySet());
                names.addAll(agents.keySet());
                names.addAll(rules.agents());
            }
            services.forEach(service -> assign(service, names));
            while (!names.isEmpty()) {
                Set<String> next = new TreeSet<>();
                names.forEach(name -> follow(name, next));
                names.clear();
                names.addAll(next);
            }
            if (isEverything && leads) {
                lookAtRules();
            }
        } catch (RuntimeException e) {
            isLost = true;
            throw e;
        }
        return nextTime();
    }

    /** Before this node knows what will be asked for, agents still use rules that nobody has asked for. */
    private void lookAtRules() {
        if (isSettling) {
            rules.retrySoon();
        } else {
            rules.lookSoon();
        }
    }

    private void followTime() {
        long now = elapsed.getAsLong();
        if (isSettling && now - settledAt >= 0) {
            isSettling = false;
            pending.touchEverything();
            if (leads) {
                rules.withdrawStrays();
            }
        }
        dueAgents.entrySet().removeIf(due -> {
            boolean isDue = now - due.getValue() >= 0;
            if (isDue) {
                pending.touchAgent(due.getKey());
            }
            return isDue;
        });
    }

    private Optional<Duration> nextTime() {
        List<Long> times = new ArrayList<>(dueAgents.values());
        if (isSettling) {
            times.add(settledAt);
        }
        long now = elapsed.getAsLong();
        // Not to be early by a fraction of what timers can tell apart.
        return times.stream().map(time -> Duration.ofNanos(Math.max(0, time - now)).plusMillis(1))
                .min(Duration::compareTo);
    }

    private void assign(String service, Set<String> touched) {
        Optional<ServiceCheck> check = book.check(service);
        Optional.ofNullable(known.remove(service)).ifPresent(before -> unindex(before, touched));
        check.ifPresent(now -> {
            known.put(service, now);
            now.members().forEach(member -> dependents.computeIfAbsent(member.address(), none -> new HashSet<>())
                    .add(service));
            if (leads) {
                Assignment.of(now, lookup).forEach((member, assignment) ->
                        assign(MemberKey.of(service, member), assignment, touched));
            } else {
                now.members().forEach(member -> book.take(MemberKey.of(service, member.id()),
                                                          "another node of the cluster leads"));
            }
        });
    }

    private void unindex(ServiceCheck before, Set<String> touched) {
        before.members().forEach(member -> {
            dependents.computeIfPresent(member.address(), (same, names) -> {
                names.remove(before.service());
                return names.isEmpty() ? null : names;
            });
            MemberKey key = MemberKey.of(before.service(), member.id());
            Optional.ofNullable(wantedBy.remove(key)).ifPresent(agent -> {
                needs.getOrDefault(agent, new TreeMap<>()).remove(key);
                touched.add(agent);
            });
        });
    }

    private void assign(MemberKey key, Assignment assignment, Set<String> touched) {
        assignment.agent().ifPresentOrElse(agent -> {
            wantedBy.put(key, agent);
            needs.computeIfAbsent(agent, none -> new TreeMap<>()).put(key, assignment.need().orElseThrow());
            touched.add(agent);
        }, () -> book.take(key, assignment.obstacle()));
    }

    /** Has an agent probe what it should, and nothing else. */
    private void follow(String name, Set<String> next) {
        ProbingAgent agent = agents.computeIfAbsent(name, none -> new ProbingAgent(compiler));
        Optional<AgentSession> session = connections.session(name);
        agent.forgetLeft(session, elapsed.getAsLong());
        ledger.agent(name).filter(record -> leads).ifPresentOrElse(
                record -> keep(record, agent, session), () -> dismiss(name, agent, session));
        if (agent.isLeaving()) {
            dueAgents.put(name, elapsed.getAsLong() + connections.lease().toNanos());
        }
        agent.release(rules).forEach(key -> {
            holders.remove(key, name);
            Optional.ofNullable(wantedBy.get(key)).filter(other -> !other.equals(name)).ifPresent(next::add);
        });
        if (agent.isIdle()) {
            agents.remove(name);
        }
    }

    private void keep(AgentRecord record, ProbingAgent agent, Optional<AgentSession> session) {
        String name = record.request().name();
        Map<MemberKey, ProbeNeed> wanted = wanted(name);
        TargetTable targets = targets(record.targets(), agent, wanted, session);
        ledger.putAgent(AgentRecord.of(record.request(), targets));
        List<PlannedCheck> told = agent.plan(targets, wanted).stream()
                .filter(check -> session.filter(open -> open.hasBeenTold(check.check().id())).isPresent())
                .collect(Collectors.toList());
        Optional<ConnectPoint> port = lookup.agent(record.request().device()).flatMap(AgentPlace::port);
        rules.keep(name, agent.rules(port, told));
        Map<String, Check> ready = ready(name, agent, session);
        session.filter(open -> open.isBegun() || mayBegin(name, open, ready.size(), wanted, targets))
                .ifPresent(open -> {
                    open.tell(ready);
                    told.forEach(check -> agent.leave(check, open, elapsed.getAsLong()
                            + connections.lease().toNanos()));
                });
        wanted.keySet().stream().filter(key -> agent.planned().stream().noneMatch(
                check -> check.member().equals(key))).forEach(
                        key -> book.take(key, "agent " + name + " has as many targets as it can have"));
    }

    /** What somebody else may still probe has to wait. */
    private Map<MemberKey, ProbeNeed> wanted(String name) {
        Map<MemberKey, ProbeNeed> wanted = new TreeMap<>(needs.getOrDefault(name, new TreeMap<>()));
        wanted.keySet().removeIf(key -> {
            Optional<String> other = Optional.ofNullable(holders.get(key)).filter(holder -> !holder.equals(name));
            other.ifPresent(holder -> book.take(key, "waiting until agent " + holder + " has stopped probing it"));
            return other.isPresent();
        });
        return wanted;
    }

    /** While it is not known what will be wanted, no target is given up. */
    private TargetTable targets(TargetTable before, ProbingAgent agent, Map<MemberKey, ProbeNeed> wanted,
                                Optional<AgentSession> session) {
        TargetTable kept = isSettling ? before : before.retaining(agent.inUse(wanted));
        boolean isForgotten = !agent.isLeaving() && session.filter(AgentSession::isSettled).isPresent()
                && kept.retired().equals(before.retired());
        return (isForgotten ? kept.releasing(kept.retired()) : kept).including(
                wanted.values().stream().map(ProbeNeed::probed).collect(Collectors.toList()));
    }

    private Map<String, Check> ready(String name, ProbingAgent agent, Optional<AgentSession> session) {
        Map<String, Check> ready = new LinkedHashMap<>();
        for (PlannedCheck check : agent.planned()) {
            String id = check.check().id();
            if (session.filter(open -> open.hasBeenTold(id)).isPresent() || rules.areConfirmed(check.rules())) {
                ready.put(id, check.check());
                agent.hold(check);
                holders.put(check.member(), name);
                book.give(check.member(), name, id);
            } else {
                book.take(check.member(), "waiting until the switch " + check.path().attachment().deviceId()
                        + " has confirmed the rules for its probes");
            }
        }
        return ready;
    }

    /** An agent that was told too little at first would stop probing members that it is to probe a moment later. */
    private boolean mayBegin(String name, AgentSession session, int ready, Map<MemberKey, ProbeNeed> wanted,
                             TargetTable targets) {
        boolean isComplete = ready == wanted.size() && (!isSettling || wanted.values().stream().map(ProbeNeed::probed)
                .collect(Collectors.toSet()).containsAll(targets.interfaces().values()));
        long latest = session.began() + settling.toNanos();
        if (isComplete || elapsed.getAsLong() - latest >= 0) {
            return true;
        }
        dueAgents.put(name, latest);
        return false;
    }

    private void dismiss(String name, ProbingAgent agent, Optional<AgentSession> session) {
        session.ifPresent(open -> open.close("there is no such agent any more"));
        agent.plan(TargetTable.EMPTY, Map.of());
        if (leads) {
            rules.keep(name, agent.rules(Optional.empty(), List.of()));
            wanted(name).keySet().forEach(key -> book.take(key, "agent " + name + " was removed"));
            book.forgetAgent(name);
        }
    }
}
