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
package org.roundtrip.openflow.flow;

import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFType;
import org.roundtrip.base.flow.FlowTableReader;
import org.roundtrip.openflow.device.OpenFlowProviderId;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.session.SessionTimer;
import org.roundtrip.openflow.session.SwitchSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.ADOPTION_PERIOD;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.ADOPTION_PERIOD_DEFAULT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.BATCH_TIMEOUT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.BATCH_TIMEOUT_DEFAULT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.FLOW_POLL_PERIOD;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.FLOW_POLL_PERIOD_DEFAULT;

/**
 * Carries flow rules between ONOS and the switches that this node is master of.
 */
@Component(immediate = true, service = {FlowRuleProvider.class, FlowTableReader.class}, property = {
        FLOW_POLL_PERIOD + ":Integer=" + FLOW_POLL_PERIOD_DEFAULT,
        ADOPTION_PERIOD + ":Integer=" + ADOPTION_PERIOD_DEFAULT,
        BATCH_TIMEOUT + ":Integer=" + BATCH_TIMEOUT_DEFAULT})
public class OpenFlowRuleProvider extends AbstractProvider implements FlowRuleProvider, FlowTableReader {

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    protected FlowRuleProviderRegistry registry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected DriverService drivers;

    @Reference
    protected ComponentConfigService configuration;

    /** Seconds between two readings of a switch's flow entries. */
    private int flowPollPeriod = FLOW_POLL_PERIOD_DEFAULT;

    /** Seconds after the connection of a switch during which entries that nobody asked for stay in it. */
    private int adoptionPeriod = ADOPTION_PERIOD_DEFAULT;

    /** Seconds that a switch has to answer a batch of flow rules. */
    private int batchTimeout = BATCH_TIMEOUT_DEFAULT;

    private FlowRuleProviderService core;
    private SwitchSessions<SwitchFlows> sessions;

    /**
     * Creates the provider.
     */
    public OpenFlowRuleProvider() {
        super(OpenFlowProviderId.OPENFLOW);
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        modified(context);
        sessions = new SwitchSessions<>(controller, "onos/openflow-flow", Set.of(
                OFType.ERROR, OFType.BARRIER_REPLY, OFType.FLOW_REMOVED, OFType.STATS_REPLY), this::session);
        core = registry.register(this);
        sessions.open();
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        registry.unregister(this);
        sessions.close();
        log.info("Stopped");
    }

    @Modified
    protected void modified(ComponentContext context) {
        Dictionary<?, ?> properties = context.getProperties();
        flowPollPeriod = atLeast(1, properties, FLOW_POLL_PERIOD, flowPollPeriod);
        adoptionPeriod = atLeast(0, properties, ADOPTION_PERIOD, adoptionPeriod);
        batchTimeout = atLeast(1, properties, BATCH_TIMEOUT, batchTimeout);
    }

    @Override
    public void applyFlowRule(FlowRule... rules) {
        correct(FlowRuleOperation.ADD, rules);
    }

    @Override
    public void removeFlowRule(FlowRule... rules) {
        correct(FlowRuleOperation.REMOVE, rules);
    }

    @Override
    public void executeBatch(FlowRuleBatchOperation batch) {
        if (sessions.execute(batch.deviceId(), flows -> flows.execute(batch))) {
            return;
        }
        log.warn("{}: {} changes to flow entries failed: the switch is not connected",
                 batch.deviceId(), batch.size());
        core.batchOperationCompleted(batch.id(), new CompletedBatchOperation(
                false,
                batch.getOperations().stream().map(FlowRuleBatchEntry::target).collect(Collectors.toSet()),
                batch.getOperations().stream().map(FlowRuleBatchEntry::id).filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                batch.deviceId()));
    }

    @Override
    public Optional<CompletableFuture<List<FlowEntry>>> read(DeviceId device) {
        CompletableFuture<List<FlowEntry>> entries = new CompletableFuture<>();
        return sessions.execute(device, flows -> flows.read(entries)) ? Optional.of(entries) : Optional.empty();
    }

    private void correct(FlowRuleOperation operation, FlowRule... rules) {
        Map<DeviceId, List<FlowRuleBatchEntry>> byDevice = Stream.of(rules).collect(Collectors.groupingBy(
                FlowRule::deviceId,
                Collectors.mapping(rule -> new FlowRuleBatchEntry(operation, rule), Collectors.toList())));
        // Without a switch nothing is to be done: ONOS compares again when it is back.
        byDevice.forEach((device, changes) -> sessions.execute(device, flows -> flows.correct(changes)));
    }

    private SwitchFlows session(OpenFlowSwitch connected, SessionTimer timer) {
        DeviceId deviceId = SwitchSessions.deviceId(connected);
        FlowTimes times = ImmutableFlowTimes.builder()
                .pollPeriod(Duration.ofSeconds(flowPollPeriod))
                .adoptionPeriod(Duration.ofSeconds(adoptionPeriod))
                .batchTimeout(Duration.ofSeconds(batchTimeout))
                .build();
        return new SwitchFlows(deviceId, connected, DriverExtensions.of(drivers, deviceId), core, timer, times);
    }

    private int atLeast(int minimum, Dictionary<?, ?> properties, String name, int current) {
        Integer wanted = getIntegerProperty(properties, name);
        if (wanted == null) {
            return current;
        }
        if (wanted < minimum) {
            log.warn("{} must be {} or more seconds, not {}: keeping {}", name, minimum, wanted, current);
            return current;
        }
        return wanted;
    }
}
