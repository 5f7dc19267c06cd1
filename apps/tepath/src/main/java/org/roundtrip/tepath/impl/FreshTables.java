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
package org.roundtrip.tepath.impl;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.roundtrip.base.flow.FlowTableReader;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.audit.SwitchTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The tables of the switches, each of which is asked once, when it is first needed or {@linkplain #ask before}. Where
 * no provider reads tables, or another node of the cluster is the master of the switch, there is what the flow rule
 * service knows instead.
 * <p>
 * Waits for the switches; not thread-safe.
 */
final class FreshTables implements SwitchTables {

    private static final Logger log = LoggerFactory.getLogger(FreshTables.class);

    /** A switch that answers later than this is too busy to be asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FlowRuleService flowRules;
    private final Optional<FlowTableReader> reader;
    private final TeTopology topology;
    private final Map<DeviceId, Optional<CompletableFuture<List<FlowEntry>>>> asked = new HashMap<>();
    private final Map<DeviceId, Optional<Collection<FlowRule>>> tables = new HashMap<>();

    FreshTables(FlowRuleService flowRules, Optional<FlowTableReader> reader, TeTopology topology) {
        this.flowRules = flowRules;
        this.reader = reader;
        this.topology = topology;
    }

    /** Asks switches at the same time. */
    void ask(Collection<DeviceId> devices) {
        devices.forEach(this::ask);
    }

    private Optional<CompletableFuture<List<FlowEntry>>> ask(DeviceId device) {
        return asked.computeIfAbsent(device, absent -> isAvailable(device)
                ? reader.flatMap(source -> source.read(device)) : Optional.empty());
    }

    @Override
    public Optional<Collection<FlowRule>> rules(DeviceId device) {
        return tables.computeIfAbsent(device, this::read);
    }

    private Optional<Collection<FlowRule>> read(DeviceId device) {
        if (!isAvailable(device)) {
            return Optional.empty();
        }
        Optional<CompletableFuture<List<FlowEntry>>> reading = ask(device);
        if (reading.isPresent()) {
            return await(device, reading.get()).map(Collections::unmodifiableCollection);
        }
        return Optional.of(StreamSupport.stream(flowRules.getFlowEntries(device).spliterator(), false)
                                   .collect(Collectors.toUnmodifiableList()));
    }

    private static Optional<List<FlowEntry>> await(DeviceId device, CompletableFuture<List<FlowEntry>> reading) {
        try {
            return Optional.of(reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The flow tables of {} can't be read", device, e);
        }
        return Optional.empty();
    }

    private boolean isAvailable(DeviceId device) {
        return topology.node(device).filter(TeNode::available).isPresent();
    }
}
