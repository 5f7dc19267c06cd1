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

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.compute.AgentRecord;
import org.roundtrip.detection.compute.PresetProfiles;
import org.roundtrip.detection.compute.TargetTable;

/**
 * Takes what is asked for of agents and profiles. On one thread only, on one node of the cluster.
 */
final class AgentKeeper {

    private final DetectionLedger ledger;

    AgentKeeper(DetectionLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Puts an agent in the place of any of its name. At another switch it has other members, and nothing to forget.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void putAgent(DetectionAgentRequest request) {
        ledger.agents().values().stream().map(AgentRecord::request)
                .filter(other -> other.device().equals(request.device()) && !other.name().equals(request.name()))
                .findFirst().ifPresent(other -> {
                    throw new ConflictException("device", "the switch " + request.device() + " has the agent '"
                            + other.name() + "': a service node has one, which probes all of its members");
                });
        ledger.putAgent(AgentRecord.of(request, ledger.agent(request.name()).map(AgentRecord::targets)
                .orElse(TargetTable.EMPTY)));
    }

    void removeAgent(String name) {
        if (ledger.agent(name).isEmpty()) {
            throw new NotFoundException("name", "there is no detection agent '" + name + "'");
        }
        ledger.removeAgent(name);
    }

    void putProfile(DetectionProfile profile) {
        requireNoPreset(profile.name());
        ledger.putProfile(profile);
    }

    void removeProfile(String name) {
        requireNoPreset(name);
        if (!ledger.profiles().containsKey(name)) {
            throw new NotFoundException("name", "there is no detection profile '" + name + "'");
        }
        ledger.removeProfile(name);
    }

    private static void requireNoPreset(String name) {
        if (PresetProfiles.all().containsKey(name)) {
            throw new ConflictException("name", "'" + name + "' is a preset, which is always the same: put a profile of"
                    + " another name");
        }
    }
}
