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
package org.roundtrip.balancer.impl.inspection;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.roundtrip.base.flow.FlowTableReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The entries of the flow tables of switches, with their counters. Thread-safe.
 */
final class FlowTables {

    private static final Logger log = LoggerFactory.getLogger(FlowTables.class);

    /** A switch that answers later than this is too busy to be asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FlowRuleService flowRules;
    private final Supplier<Optional<FlowTableReader>> reader;

    /**
     * Creates a source of entries.
     *
     * @param flowRules what ONOS knows of the tables
     * @param reader    reads the tables themselves, if there is such a service now
     */
    FlowTables(FlowRuleService flowRules, Supplier<Optional<FlowTableReader>> reader) {
        this.flowRules = flowRules;
        this.reader = reader;
    }

    /** Returns the entries of a switch that ONOS has seen in it when it last looked. */
    List<FlowEntry> known(DeviceId device) {
        return StreamSupport.stream(flowRules.getFlowEntries(device).spliterator(), false)
                .filter(entry -> entry.state() == FlowEntry.FlowEntryState.ADDED)
                .collect(Collectors.toUnmodifiableList());
    }

    /** Returns what finds the entry of a rule among those that ONOS has seen when it last looked. */
    Function<FlowRule, Optional<FlowEntry>> known(Collection<DeviceId> devices) {
        return finder(devices.stream().flatMap(device -> known(device).stream()));
    }

    /**
     * Returns what finds the entry of a rule as it is now. Waits for the switches. Where no provider reads tables, or
     * another node of the cluster is the master of the switch, or the switch does not answer, there is what ONOS has
     * seen when it last looked.
     */
    Function<FlowRule, Optional<FlowEntry>> fresh(Collection<DeviceId> devices) {
        Map<DeviceId, CompletableFuture<List<FlowEntry>>> readings = new HashMap<>();
        reader.get().ifPresent(source -> devices.forEach(
                device -> source.read(device).ifPresent(reading -> readings.put(device, reading))));
        return finder(devices.stream().flatMap(
                device -> Optional.ofNullable(readings.get(device)).flatMap(reading -> await(device, reading))
                        .orElseGet(() -> known(device)).stream()));
    }

    private static Optional<List<FlowEntry>> await(DeviceId device, CompletableFuture<List<FlowEntry>> reading) {
        try {
            return Optional.of(reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The flow tables of {} can't be read", device, e);
        }
        return Optional.empty();
    }

    private static Function<FlowRule, Optional<FlowEntry>> finder(Stream<FlowEntry> entries) {
        Map<FlowRule, FlowEntry> found = new HashMap<>();
        entries.forEach(entry -> found.put(entry, entry));
        return rule -> Optional.ofNullable(found.get(rule));
    }
}
