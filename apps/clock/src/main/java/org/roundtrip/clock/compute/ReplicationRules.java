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
package org.roundtrip.clock.compute;

import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules that hand what a clock multicasts to the te-paths of all its sessions: for each session, the packet gets
 * the session's tunnel id and is looked up again, and the te-path takes in what has this id. The rules know nothing of
 * ways, so they stay as they are when a te-path goes over to another one.
 * <p>
 * They come in sets under keys, one for each clock and transport; what several sessions say of one key belongs
 * together. Immutable and thread-safe.
 */
public final class ReplicationRules {

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public ReplicationRules(ApplicationId application) {
        this.application = application;
    }

    /**
     * Returns the copies that a session takes.
     *
     * @param session the session
     * @return the copies by their keys; none if it takes none, or is being removed
     */
    public static Map<String, Set<MulticastCopy>> copies(ClockSessionRecord session) {
        Map<String, Set<MulticastCopy>> copies = new TreeMap<>();
        if (!session.removing()) {
            Payload payload = PtpTraffic.payload(session.request().transport());
            collect(session.server().connectPoint(), payload, SessionPaths.of(session).forwardTraffic(), copies);
            collect(session.client().connectPoint(), payload, SessionPaths.of(session).reverseTraffic(), copies);
        }
        return copies;
    }

    private static void collect(ConnectPoint port, Payload payload, List<TrafficMatch> matches,
                                Map<String, Set<MulticastCopy>> copies) {
        for (TrafficMatch match : matches) {
            match.tunnelId().ifPresent(id -> copies.computeIfAbsent(key(port, payload, match), key -> new HashSet<>())
                    .add(ImmutableMulticastCopy.of(port, payload, TrafficMatch.builder().from(match)
                            .index(Optional.empty()).tunnelId(Optional.empty()).build(), id)));
        }
    }

    private static String key(ConnectPoint port, Payload payload, TrafficMatch match) {
        return "replication/" + port + "/" + payload + "/"
                + match.ipSource().map(IpPrefix::toString)
                .orElseGet(() -> match.ethSource().map(MacAddress::toString).orElse("any"));
    }

    /**
     * Compiles the rules that make copies.
     *
     * @param copies   all copies of one key
     * @param resubmit the action of the switch by which it looks up a packet again in {@link Pipeline#TABLE}
     * @return the rules, no two of which match the same, in a fixed order
     */
    public List<FlowRule> compile(Collection<MulticastCopy> copies, ExtensionTreatment resubmit) {
        Map<TrafficMatch, List<MulticastCopy>> byMessages = copies.stream()
                .sorted(Comparator.comparingLong(MulticastCopy::tunnelId))
                .collect(Collectors.groupingBy(MulticastCopy::messages));
        List<FlowRule> rules = new ArrayList<>();
        byMessages.forEach((messages, taken) -> rules.add(rule(messages, taken, resubmit)));
        rules.sort(Comparator.comparing(rule -> rule.selector().toString()));
        return rules;
    }

    private FlowRule rule(TrafficMatch messages, List<MulticastCopy> copies, ExtensionTreatment resubmit) {
        ConnectPoint port = copies.get(0).port();
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        copies.forEach(copy -> treatment.setTunnelId(copy.tunnelId()).extension(resubmit, port.deviceId()));
        return new SwitchRules(application, port.deviceId()).rule(
                Pipeline.TABLE, Pipeline.REPLICATION_PRIORITY,
                messages.selector(copies.get(0).payload()).matchInPort(port.port())
                        .matchTunnelId(Pipeline.NO_TUNNEL).build(),
                treatment.build());
    }
}
