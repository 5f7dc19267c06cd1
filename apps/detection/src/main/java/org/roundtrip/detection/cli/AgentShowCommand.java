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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionChange;
import org.roundtrip.detection.DetectionHistoryService;

import java.util.List;

/**
 * Shows an agent.
 */
@Service
@Command(scope = "onos", name = "detection-agent-show",
        description = "Shows where an agent sits and how it fares; its secret is never shown")
public class AgentShowCommand extends AgentCommand {

    @Argument(index = 0, name = "name", description = "The name of the agent", required = true)
    @Completion(AgentNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        DetectionAgent agent = existing(name);
        List<DetectionChange> changes = get(DetectionHistoryService.class).changes(name);
        if (outputJson()) {
            printJson(HistoryDocument.of(agent, changes));
        } else {
            printAgent(agent);
            HistoryText.changes(changes).forEach(this::printLine);
        }
    }
}
