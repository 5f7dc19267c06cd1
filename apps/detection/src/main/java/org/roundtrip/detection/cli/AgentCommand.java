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

import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionConfigurationService;

/**
 * A command about one agent.
 */
abstract class AgentCommand extends RoundtripCommand {

    /**
     * Returns what keeps the agents.
     *
     * @return the service
     */
    protected static DetectionConfigurationService service() {
        return get(DetectionConfigurationService.class);
    }

    /**
     * Returns an agent that must be there.
     *
     * @param name what the user calls it
     * @return the agent
     * @throws NotFoundException if there is none
     */
    protected static DetectionAgent existing(String name) {
        return service().agent(name).orElseThrow(
                () -> new NotFoundException("name", "there is no agent '" + name + "'"));
    }

    /**
     * Prints an agent.
     *
     * @param agent the agent
     */
    protected void printAgent(DetectionAgent agent) {
        if (outputJson()) {
            printJson(agent);
        } else {
            AgentText.brief(agent).forEach(this::printLine);
        }
    }
}
