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

import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.detection.compute.DetectionRules;
import org.roundtrip.detection.compute.MemberKey;
import org.roundtrip.detection.compute.ProbeAddresses;
import org.roundtrip.detection.compute.ProbeNeed;
import org.roundtrip.detection.compute.ProbePath;
import org.roundtrip.detection.compute.ProbeTransport;
import org.roundtrip.detection.compute.ProbedInterface;
import org.roundtrip.detection.compute.TargetTable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one agent is to probe, and what it has not stopped probing. Only for the thread of the loop.
 */
final class ProbingAgent {

    private final DetectionRules compiler;
    private final Map<MemberKey, PlannedCheck> planned = new TreeMap<>();
    private final List<LeavingCheck> leaving = new ArrayList<>();
    /** Members that it may still probe: those that are planned, leaving, or whose rules are there. */
    private final Map<MemberKey, PlannedCheck> held = new HashMap<>();

    ProbingAgent(DetectionRules compiler) {
        this.compiler = compiler;
    }

    Collection<PlannedCheck> planned() {
        return planned.values();
    }

    /** Forgets what the agent has accepted not to probe. */
    void forgetLeft(Optional<AgentSession> session, long now) {
        leaving.removeIf(check -> check.isOver(session.orElse(null), now));
    }

    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    /** Returns what targets can stand for: what is wanted, and what is leaving. */
    Set<ProbedInterface> inUse(Map<MemberKey, ProbeNeed> wanted) {
        return Stream.concat(wanted.values().stream(), leaving.stream().map(check -> check.check().need()))
                .map(ProbeNeed::probed).collect(Collectors.toSet());
    }

    /**
     * Plans what the agent is to probe.
     *
     * @param targets what the targets of the agent stand for
     * @param wanted  what is to be probed
     * @return what was planned before and is not any more
     */
    List<PlannedCheck> plan(TargetTable targets, Map<MemberKey, ProbeNeed> wanted) {
        List<PlannedCheck> ended = new ArrayList<>();
        planned.values().removeIf(check -> {
            boolean stays = Optional.ofNullable(wanted.get(check.member())).filter(need -> targets
                    .number(need.probed()).filter(number -> check.serves(need, number)).isPresent()).isPresent();
            if (!stays) {
                ended.add(check);
            }
            return !stays;
        });
        wanted.forEach((key, need) -> {
            if (!planned.containsKey(key)) {
                targets.number(need.probed()).ifPresent(number -> planned.put(key, check(key, need, number)));
            }
        });
        return ended;
    }

    private PlannedCheck check(MemberKey key, ProbeNeed need, int number) {
        IpAddress address = need.probed().address();
        ProbePath path = ProbePath.builder().target(ProbeAddresses.target(address.version(), number)).address(address)
                .mac(need.probed().mac()).attachment(need.probed().attachment())
                .transport(ProbeTransport.of(need.settings().type())).port(need.port()).build();
        return new PlannedCheck(key, need, number, path, compile(need.agent(), List.of(path)).keySet());
    }

    private SortedMap<String, List<FlowRule>> compile(ConnectPoint agent, Collection<ProbePath> paths) {
        return compiler.compile(Map.of(agent.deviceId(), agent.port()), paths);
    }

    /**
     * Returns the rules of all that the agent may probe.
     *
     * @param port by which it probes, or empty if it can't
     * @param told what it is about to be told not to probe any more
     * @return sets of rules by their keys
     */
    SortedMap<String, List<FlowRule>> rules(Optional<ConnectPoint> port,
                                               Collection<PlannedCheck> told) {
        // What is planned counts more than what is leaving, should a member have got another target in between.
        Set<ProbePath> paths = new LinkedHashSet<>();
        planned.values().forEach(check -> paths.add(check.path()));
        told.forEach(check -> paths.add(check.path()));
        leaving.forEach(check -> paths.add(check.check().path()));
        return port.map(at -> compile(at, paths)).orElseGet(TreeMap::new);
    }

    /** Takes note that the agent may probe a member now. */
    void hold(PlannedCheck check) {
        held.put(check.member(), check);
    }

    /** Takes note that the agent was told to stop, in the present revision of its session. */
    void leave(PlannedCheck check, AgentSession session, long deadline) {
        leaving.add(new LeavingCheck(check, session, session.revision(), deadline));
    }

    /**
     * Lets go of members that the agent can't probe any more.
     *
     * @param rules tells what has become of their rules
     * @return the members
     */
    Set<MemberKey> release(PublishedPaths rules) {
        Set<String> needed = Stream.concat(planned.values().stream(), leaving.stream().map(LeavingCheck::check))
                .flatMap(check -> check.rules().stream()).collect(Collectors.toSet());
        Set<MemberKey> stopping = leaving.stream().map(check -> check.check().member()).collect(Collectors.toSet());
        Set<MemberKey> released = held.values().stream()
                .filter(check -> !planned.containsKey(check.member()) && !stopping.contains(check.member()))
                .filter(check -> own(check).stream().filter(key -> !needed.contains(key)).allMatch(rules::isGone))
                .map(PlannedCheck::member).collect(Collectors.toSet());
        held.keySet().removeAll(released);
        return released;
    }

    /** Without the rules that are there as long as the agent is. */
    private Set<String> own(PlannedCheck check) {
        Set<String> keys = new HashSet<>(check.rules());
        keys.removeAll(compile(check.need().agent(), List.of()).keySet());
        return keys;
    }

    boolean isIdle() {
        return planned.isEmpty() && leaving.isEmpty() && held.isEmpty();
    }
}
