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
package org.roundtrip.detection.agent;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.DetectionClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * An agent with its connection to controllers.
 */
final class RunningAgent implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningAgent.class);

    private final DetectionAgent agent;
    private final Optional<ChecksFile> file;
    private final ControllerLink link;
    private final DetectionClient client;

    /**
     * Makes an agent that does nothing yet.
     *
     * @param configuration what it knows
     * @param software      what it is, for operators
     * @param clock         the time that operators are shown
     */
    RunningAgent(AgentConfiguration configuration, String software, Clock clock) {
        this.file = configuration.stateFile().map(ChecksFile::new);
        this.agent = new DetectionAgent(Optional.of(configuration.source()), configuration.starvedPercent(), clock,
                this::changed);
        this.link = new ControllerLink(agent, file, clock);
        this.client = new DetectionClient(configuration.controllers(), configuration.security(),
                configuration.credentials(), software, link);
    }

    private void changed(CheckResult result) {
        link.changed(result);
    }

    /** Probes what it was told last, and begins to look for a controller. */
    void start() {
        List<Check> last = file.map(ChecksFile::read).orElse(List.of());
        if (!last.isEmpty()) {
            log.info("Checking {} members as told before the last stop", last.size());
            agent.replace(last);
        }
        client.start();
    }

    @Override
    public void close() {
        client.close();
        agent.close();
        link.close();
    }
}
