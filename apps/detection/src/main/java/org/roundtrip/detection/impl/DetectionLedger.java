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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageService;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.compute.AgentRecord;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Agents and profiles: kept durably, and in memory for reading at once. Methods that read are thread-safe; one thread
 * writes, and waits for the durable store.
 */
final class DetectionLedger implements AutoCloseable {

    private static final String AGENTS = "roundtrip-detection-agents";
    private static final String PROFILES = "roundtrip-detection-profiles";

    private final DurableMap<AgentRecord> durableAgents;
    private final DurableMap<DetectionProfile> durableProfiles;
    private final NavigableMap<String, AgentRecord> agents = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, DetectionProfile> profiles = new ConcurrentSkipListMap<>();
    /** Which agent is at a switch: asked for every member. */
    private volatile Map<DeviceId, DetectionAgentRequest> agentsBySwitch = Map.of();

    /**
     * Opens the ledger, which is empty before the first {@link #load}.
     *
     * @param storage     where it is kept
     * @param application whose it is
     */
    DetectionLedger(StorageService storage, ApplicationId application) {
        durableAgents = DurableMap.open(storage, application, AGENTS, AgentRecord.class);
        durableProfiles = DurableMap.open(storage, application, PROFILES, DetectionProfile.class);
    }

    /**
     * Begins to tell of changes.
     *
     * @param staleAgent   takes the names of agents that any node has changed, on any thread
     * @param staleProfile takes the names of profiles that any node has changed, on any thread
     */
    void listen(Consumer<String> staleAgent, Consumer<String> staleProfile) {
        durableAgents.listen(Runnable::run, staleAgent);
        durableProfiles.listen(Runnable::run, staleProfile);
    }

    /** Reads everything again. */
    void load() {
        replace(agents, durableAgents.all());
        indexAgents();
        replace(profiles, durableProfiles.all());
    }

    private static <V> void replace(Map<String, V> known, Map<String, V> read) {
        known.keySet().retainAll(read.keySet());
        known.putAll(read);
    }

    private void indexAgents() {
        agentsBySwitch = agents.values().stream().map(AgentRecord::request)
                .collect(Collectors.toUnmodifiableMap(DetectionAgentRequest::device, request -> request,
                                                      (first, other) -> first));
    }

    /** Reads one agent again. */
    void refreshAgent(String name) {
        durableAgents.get(name).ifPresentOrElse(record -> agents.put(name, record), () -> agents.remove(name));
        indexAgents();
    }

    /** Reads one profile again. */
    void refreshProfile(String name) {
        durableProfiles.get(name).ifPresentOrElse(profile -> profiles.put(name, profile), () -> profiles.remove(name));
    }

    Optional<AgentRecord> agent(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /** Returns the agent at a switch: the first by its name, should there be several. */
    Optional<DetectionAgentRequest> agentAt(DeviceId device) {
        return Optional.ofNullable(agentsBySwitch.get(device));
    }

    /** Returns the agents by their names, ordered, as they are while they are looked at. */
    NavigableMap<String, AgentRecord> agents() {
        return agents;
    }

    /** Returns the profiles that are no presets by their names, ordered, as they are while they are looked at. */
    NavigableMap<String, DetectionProfile> profiles() {
        return profiles;
    }

    void putAgent(AgentRecord record) {
        String name = record.request().name();
        if (!record.equals(agents.get(name))) {
            durableAgents.put(name, record);
            agents.put(name, record);
            indexAgents();
        }
    }

    void removeAgent(String name) {
        durableAgents.remove(name);
        agents.remove(name);
        indexAgents();
    }

    void putProfile(DetectionProfile profile) {
        if (!profile.equals(profiles.get(profile.name()))) {
            durableProfiles.put(profile.name(), profile);
            profiles.put(profile.name(), profile);
        }
    }

    void removeProfile(String name) {
        durableProfiles.remove(name);
        profiles.remove(name);
    }

    @Override
    public void close() {
        durableAgents.close();
        durableProfiles.close();
    }
}
