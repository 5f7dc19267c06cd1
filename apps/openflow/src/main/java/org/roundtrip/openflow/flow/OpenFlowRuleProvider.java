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

import org.onlab.util.OrderedExecutor;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowMessageListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFType;
import org.roundtrip.openflow.device.OpenFlowProviderId;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.onlab.util.Tools.groupedThreads;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.ADOPTION_PERIOD;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.ADOPTION_PERIOD_DEFAULT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.BATCH_TIMEOUT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.BATCH_TIMEOUT_DEFAULT;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.FLOW_POLL_PERIOD;
import static org.roundtrip.openflow.flow.OsgiPropertyConstants.FLOW_POLL_PERIOD_DEFAULT;

/**
 * Carries flow rules between ONOS and the switches that this node is master of.
 *
 * <p>All that concerns one switch runs on one thread at a time, in the order in which ONOS and the switch said it;
 * neither the threads of ONOS nor those of the OpenFlow controller wait.
 */
@Component(immediate = true, service = FlowRuleProvider.class, property = {
        FLOW_POLL_PERIOD + ":Integer=" + FLOW_POLL_PERIOD_DEFAULT,
        ADOPTION_PERIOD + ":Integer=" + ADOPTION_PERIOD_DEFAULT,
        BATCH_TIMEOUT + ":Integer=" + BATCH_TIMEOUT_DEFAULT})
public class OpenFlowRuleProvider extends AbstractProvider implements FlowRuleProvider {

    private static final int WORKERS = 4;
    private static final Set<OFType> RELEVANT =
            EnumSet.of(OFType.ERROR, OFType.BARRIER_REPLY, OFType.FLOW_REMOVED, OFType.STATS_REPLY);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Map<Dpid, Worker> workers = new ConcurrentHashMap<>();
    private final Switches listener = new Switches();

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
    private ExecutorService pool;
    private ScheduledExecutorService clock;

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
        pool = Executors.newFixedThreadPool(WORKERS, groupedThreads("onos/openflow-flow", "switch-%d", log));
        clock = Executors.newSingleThreadScheduledExecutor(groupedThreads("onos/openflow-flow", "timer", log));
        core = registry.register(this);
        controller.addMessageListener(listener);
        controller.addListener(listener);
        controller.getMasterSwitches().forEach(connected -> listener.roleChangedToMaster(connected.getDpid()));
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        controller.removeListener(listener);
        controller.removeMessageListener(listener);
        registry.unregister(this);
        clock.shutdownNow();
        pool.shutdownNow();
        workers.clear();
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
        Optional<Worker> worker = worker(Dpid.dpid(batch.deviceId().uri()));
        if (worker.isPresent()) {
            worker.get().execute(flows -> flows.execute(batch));
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

    private void correct(FlowRuleOperation operation, FlowRule... rules) {
        for (FlowRule rule : rules) {
            // Nobody waits for an answer: ONOS will ask again as long as the entries differ.
            worker(Dpid.dpid(rule.deviceId().uri()))
                    .ifPresent(worker -> worker.correct(new FlowRuleBatchEntry(operation, rule)));
        }
    }

    private Optional<Worker> worker(Dpid dpid) {
        return Optional.ofNullable(workers.computeIfAbsent(dpid, absent -> {
            OpenFlowSwitch connected = controller.getSwitch(dpid);
            return connected == null ? null : new Worker(connected);
        }));
    }

    /**
     * Runs what concerns one switch, one after the other.
     */
    private final class Worker {

        private final Executor executor = new OrderedExecutor(pool);
        private final SwitchFlows flows;
        private final List<FlowRuleBatchEntry> corrections = new ArrayList<>();

        Worker(OpenFlowSwitch connected) {
            DeviceId deviceId = DeviceId.deviceId(Dpid.uri(connected.getDpid()));
            FlowTimes times = ImmutableFlowTimes.builder()
                    .pollPeriod(Duration.ofSeconds(flowPollPeriod))
                    .adoptionPeriod(Duration.ofSeconds(adoptionPeriod))
                    .batchTimeout(Duration.ofSeconds(batchTimeout))
                    .build();
            flows = new SwitchFlows(deviceId, connected, DriverExtensions.of(drivers, deviceId), core,
                                    this::after, times);
            execute(SwitchFlows::start);
        }

        void execute(Consumer<SwitchFlows> task) {
            executor.execute(() -> {
                try {
                    task.accept(flows);
                } catch (RuntimeException e) {
                    log.error("Flow rules of a switch: a task failed", e);
                }
            });
        }

        /**
         * Gathers corrections, which ONOS asks for one by one, so that many go to the switch together.
         */
        void correct(FlowRuleBatchEntry correction) {
            synchronized (corrections) {
                corrections.add(correction);
                if (corrections.size() > 1) {
                    return;
                }
            }
            execute(same -> {
                List<FlowRuleBatchEntry> gathered;
                synchronized (corrections) {
                    gathered = List.copyOf(corrections);
                    corrections.clear();
                }
                same.correct(gathered);
            });
        }

        // A task that runs later catches what it throws.
        @SuppressWarnings("FutureReturnValueIgnored")
        private void after(Duration delay, Runnable task) {
            try {
                clock.schedule(() -> execute(same -> task.run()), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("Stopping: nothing will be done later", e);
            }
        }
    }

    /**
     * Hears of switches and of their messages.
     */
    private final class Switches implements OpenFlowSwitchListener, OpenFlowMessageListener {

        @Override
        public void roleChangedToMaster(Dpid dpid) {
            Worker present = workers.get(dpid);
            if (present == null) {
                worker(dpid);
            } else {
                present.execute(SwitchFlows::read);
            }
        }

        @Override
        public void switchRemoved(Dpid dpid) {
            Worker gone = workers.remove(dpid);
            if (gone != null) {
                gone.execute(SwitchFlows::stop);
            }
        }

        @Override
        public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
            if (response != null && response != RoleState.MASTER) {
                switchRemoved(dpid);
            }
        }

        @Override
        public void handleIncomingMessage(Dpid dpid, OFMessage message) {
            if (RELEVANT.contains(message.getType())) {
                Worker worker = workers.get(dpid);
                if (worker != null) {
                    worker.execute(flows -> flows.handle(message));
                }
            }
        }

        @Override
        public void handleOutgoingMessage(Dpid dpid, List<OFMessage> messages) {
            // What is sent needs no attention.
        }

        @Override
        public void switchAdded(Dpid dpid) {
            // Its entries matter once this node is its master.
        }

        @Override
        public void switchChanged(Dpid dpid) {
            // Entries don't depend on ports.
        }

        @Override
        public void portChanged(Dpid dpid, OFPortStatus status) {
            // Entries don't depend on ports.
        }
    }
}
