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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionConfigurationService;

import java.util.List;
import java.util.Map;

/**
 * Lists agents.
 */
@Service
@Command(scope = "onos", name = "detection-agents",
        description = "Lists the agents that may report, and what is wrong with them")
public class AgentsCommand extends RoundtripCommand {

    @Override
    protected void run() {
        List<DetectionAgent> agents = get(DetectionConfigurationService.class).agents();
        if (outputJson()) {
            printJson(Map.of("detection-agent", agents));
        } else {
            AgentText.list(agents).forEach(this::printLine);
        }
    }
}
