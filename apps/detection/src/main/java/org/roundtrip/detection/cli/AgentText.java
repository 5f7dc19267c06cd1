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
package org.roundtrip.detection.cli;

import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.DetectionAgent;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Agents as text for people.
 */
final class AgentText {

    private static final String NOTHING = "-";

    private AgentText() {
    }

    /**
     * Returns agents, those that do not do their work with the reasons below.
     *
     * @param agents the agents
     * @return lines of text
     */
    static List<String> list(List<DetectionAgent> agents) {
        return agents.isEmpty() ? List.of("There are no agents: nothing can be probed.")
                : list(agents, agent -> agent.status().state() == AgentState.CONNECTED ? List.of()
                        : StatusText.reasons(agent.status()));
    }

    /**
     * Returns an agent with the reason for its state.
     *
     * @param agent the agent
     * @return lines of text
     */
    static List<String> brief(DetectionAgent agent) {
        return list(List.of(agent), one -> StatusText.reasons(one.status()));
    }

    private static List<String> list(List<DetectionAgent> agents, Function<DetectionAgent, List<String>> below) {
        Table table = new Table("NAME", "STATE", "SINCE", "DEVICE", "PORT", "PEER", "VERSION", "CHECKS", "LATENESS");
        for (DetectionAgent agent : agents) {
            table.row(agent.name(), Json.name(agent.status().state()), StatusText.since(agent.status()),
                      agent.device(), agent.port(), agent.peer().orElse(NOTHING), agent.version().orElse(NOTHING),
                      agent.checks(), agent.lateness().map(time -> TimeText.of(time, TimeUnit.MICROSECONDS))
                              .orElse(NOTHING));
        }
        return table.lines(row -> below.apply(agents.get(row)));
    }
}
