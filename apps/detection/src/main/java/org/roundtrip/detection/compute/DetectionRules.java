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
package org.roundtrip.detection.compute;

import org.onlab.packet.IpAddress.Version;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles the rules that take probes from the agents of service nodes to members and answers back, and let nothing
 * else with their addresses pass. A switch needs them only where an agent is attached. Immutable and thread-safe.
 */
public final class DetectionRules {

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public DetectionRules(ApplicationId application) {
        this.application = application;
    }

    /**
     * Compiles the rules of all agents and paths, in time linear in their number. A path whose switch has no agent,
     * or to what seems to be attached where the agent is, has none. Rules under different keys never match the same: so
     * the answers of a member that gets another target are not in the hand of two sets at a time.
     *
     * @param agents the ports of agents by their switches
     * @param paths  the paths that their checks need; of two that differ in nothing but their targets the first counts
     * @return rules by stable keys: {@code agent/SWITCH}; {@code interface/SWITCH/PORT/MAC/VERSION} of a network
     *         interface of members; {@code address/SWITCH/PORT/MAC/ADDRESS} of an address that it answers for;
     *         {@code path/SWITCH/PORT/MAC/ADDRESS/TRANSPORT/PORT}
     */
    public SortedMap<String, List<FlowRule>> compile(Map<DeviceId, PortNumber> agents, Collection<ProbePath> paths) {
        SortedMap<String, List<FlowRule>> rules = new TreeMap<>();
        agents.forEach((device, port) -> rules.put(key("agent", device), at(device, port).guards()));
        for (ProbePath path : paths) {
            DeviceId device = path.attachment().deviceId();
            PortNumber port = agents.get(device);
            if (port != null && !port.equals(path.attachment().port())) {
                compile(path, at(device, port), rules);
            }
        }
        return rules;
    }

    private AgentSwitchRules at(DeviceId device, PortNumber port) {
        return new AgentSwitchRules(application, device, port);
    }

    private static void compile(ProbePath path, AgentSwitchRules compiler, Map<String, List<FlowRule>> rules) {
        DeviceId device = path.attachment().deviceId();
        PortNumber port = path.attachment().port();
        Version version = path.address().version();
        rules.computeIfAbsent(key("interface", device, port.toLong(), path.mac(), version),
                              key -> compiler.neighbours(port, path.mac(), version));
        rules.computeIfAbsent(key("address", device, port.toLong(), path.mac(), path.address()),
                              key -> List.of(compiler.refusal(path)));
        rules.computeIfAbsent(key("path", device, port.toLong(), path.mac(), path.address(), path.transport(),
                                  path.port()),
                              key -> List.of(compiler.probe(path), compiler.answer(path)));
    }

    private static String key(String kind, Object... parts) {
        StringBuilder key = new StringBuilder(kind);
        for (Object part : parts) {
            key.append('/').append(part);
        }
        return key.toString();
    }
}
