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
package org.roundtrip.fabric.impl;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.collect.Streams;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.LinkKey;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.intent.IntentListener;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.intent.Key;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.flow.RuleSet;
import org.roundtrip.base.flow.StoreDifference;
import org.roundtrip.fabric.compute.Attachment;
import org.roundtrip.fabric.compute.BroadcastRules;
import org.roundtrip.fabric.compute.BroadcastTransition;
import org.roundtrip.fabric.compute.ImmutableNetwork;
import org.roundtrip.fabric.compute.Network;
import org.roundtrip.fabric.compute.StartupQuiet;
import org.roundtrip.fabric.compute.UnicastRules;
import org.roundtrip.openflow.link.PortRoleListener;
import org.roundtrip.openflow.link.PortRoleService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Keeps the forwarding between hosts in step with the network: on whatever event, it looks at the whole network anew,
 * has the rules compiled, and asks the intent framework for those that have changed.
 *
 * <p>All rules go when the application is deactivated, and stay when the controller merely stops.
 */
@Component(immediate = true, service = ForwardingManager.class)
public class ForwardingManager {

    private static final String APPLICATION = "org.roundtrip.fabric";

    /** Time in which events are gathered: a switch that comes or goes brings dozens of them. */
    private static final Duration COALESCING = Duration.ofMillis(50);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration QUIET_AT_START = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(15);

    /** Time after which a step of the broadcast tree that was not confirmed is taken again. */
    private static final Duration PATIENCE_WITH_STEP = Duration.ofSeconds(5);

    /** Time after the return of a switch at which ONOS has taken it over, also on a busy machine. */
    private static final Duration TIME_TO_TAKE_OVER = Duration.ofSeconds(5);

    /** What goes wrong while a switch is taken over is seen at the first look; what is sent then, at the next ones. */
    private static final int LOOKS_AFTER_RETURN = 3;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final DeviceListener deviceListener = new SwitchWatch();
    private final LinkListener linkListener = event -> topologyChanged();
    private final PortRoleListener roleListener = (port, before, after) -> topologyChanged();
    private final HostListener hostListener = event -> hand(this::recomputeSoon);
    private final IntentListener intentListener = new IntentWatch();

    @Reference
    protected CoreService coreService;

    @Reference
    protected DeviceService devices;

    @Reference
    protected LinkService links;

    @Reference
    protected HostService hosts;

    @Reference
    protected IntentService intentService;

    @Reference
    protected FlowRuleService flowRules;

    @Reference
    protected PortRoleService ports;

    private ApplicationId application;
    private ScheduledExecutorService loop;

    // These belong to the thread of the loop.
    private FabricIntents intents;
    private Key broadcastKey;
    private Optional<StartupQuiet> startup = Optional.empty();
    private ScheduledFuture<?> recomputation;
    private ScheduledFuture<?> stepTimeout;
    private Set<ConnectPoint> broadcasting = ImmutableSet.of();
    private Set<ConnectPoint> step = ImmutableSet.of();
    private boolean stepPending;
    private ScheduledFuture<?> nextLook;
    private int looksLeft;

    @Activate
    protected void activate() {
        application = coreService.registerApplication(APPLICATION, this::withdrawAll);
        loop = Executors.newSingleThreadScheduledExecutor(groupedThreads("onos/fabric", "forwarding", log));
        intents = new FabricIntents(intentService, application);
        broadcastKey = intents.key("broadcast");
        intentService.addListener(intentListener);
        devices.addListener(deviceListener);
        links.addListener(linkListener);
        hosts.addListener(hostListener);
        ports.addListener(roleListener);
        topologyChanged();
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        ports.removeListener(roleListener);
        hosts.removeListener(hostListener);
        links.removeListener(linkListener);
        devices.removeListener(deviceListener);
        intentService.removeListener(intentListener);
        loop.shutdownNow();
        log.info("Stopped");
    }

    // Called when the application is deactivated, before this component is.
    private void withdrawAll() {
        loop.shutdownNow();
        intents.keepOnly(ImmutableSet.of());
    }

    private void topologyChanged() {
        hand(() -> {
            startup.ifPresent(wait -> wait.changed(System.nanoTime()));
            recomputeSoon();
        });
    }

    private void recomputeSoon() {
        if (recomputation == null || recomputation.isDone()) {
            recomputeAfter(COALESCING);
        }
    }

    private void recomputeAfter(Duration pause) {
        recomputation = loop.schedule(guarded(this::recomputeUntilItWorks), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void recomputeUntilItWorks() {
        try {
            recompute();
        } catch (RuntimeException failure) {
            log.error("The fabric could not be brought up to date, which is tried again in {} ms", RETRY.toMillis(),
                      failure);
            recomputeAfter(RETRY);
        }
    }

    private void recompute() {
        Network network = network();
        // The wait begins with the first switch: until then there is nothing to do.
        if (startup.isEmpty() && network.switches().isEmpty()) {
            return;
        }
        StartupQuiet wait = startup.orElseGet(
                () -> new StartupQuiet(System.nanoTime(), QUIET_AT_START, PATIENCE_AT_START));
        startup = Optional.of(wait);
        if (!wait.isOver(System.nanoTime())) {
            hand(this::recomputeSoon);
            return;
        }
        Set<Key> wanted = new HashSet<>();
        wanted.add(broadcastKey);
        for (Host host : hosts.getHosts()) {
            Key key = intents.key("host/" + host.id());
            wanted.add(key);
            intents.ask(key, UnicastRules.compile(application, network,
                                                  Attachment.of(host.id(), host.location())));
        }
        intents.keepOnly(wanted);
        broadcast(network);
    }

    private void broadcast(Network network) {
        if (stepPending) {
            return;
        }
        step = BroadcastTransition.next(broadcasting, BroadcastRules.ports(network));
        if (intents.ask(broadcastKey, BroadcastRules.compile(application, network, step))) {
            stepPending = true;
            stepTimeout = loop.schedule(guarded(this::stepFailed), PATIENCE_WITH_STEP.toMillis(),
                                        TimeUnit.MILLISECONDS);
        } else {
            broadcasting = step;
        }
    }

    private void stepDone() {
        if (stepPending) {
            stepPending = false;
            stepTimeout.cancel(false);
            broadcasting = step;
            recomputeSoon();
        }
    }

    // Some switches may have taken the step and some not, so the ports of both may be in use.
    private void stepFailed() {
        if (stepPending) {
            stepPending = false;
            stepTimeout.cancel(false);
            broadcasting = ImmutableSet.copyOf(Sets.union(broadcasting, step));
            intents.forget(broadcastKey);
            log.warn("The switches did not confirm the rules for broadcast in time: trying again");
            recomputeSoon();
        }
    }

    // The flow rule store of ONOS, up to 2.7 at least, keeps changes that reach it in the milliseconds in which it
    // takes a switch over, and makes them when it takes the switch over the next time. Until then it has rules too few
    // or too many, of which the intents know nothing.
    private void lookAfterReturn() {
        looksLeft = LOOKS_AFTER_RETURN;
        if (nextLook == null || nextLook.isDone()) {
            lookLater();
        }
    }

    private void lookLater() {
        nextLook = loop.schedule(guarded(this::look), TIME_TO_TAKE_OVER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        boolean isSettled = startup.filter(wait -> wait.isOver(System.nanoTime())).isPresent() && !stepPending;
        try {
            if (isSettled) {
                looksLeft--;
                mend(StoreDifference.of(RuleSet.of(intents.rules()), flowRules.getFlowEntriesById(application)));
            }
        } finally {
            if (looksLeft > 0) {
                lookLater();
            }
        }
    }

    private void mend(StoreDifference difference) {
        FlowRule[] missing = difference.missing().stream().filter(rule -> devices.isAvailable(rule.deviceId()))
                .toArray(FlowRule[]::new);
        if (missing.length > 0) {
            log.info("{} rules that were lost when a switch came back are sent again", missing.length);
            flowRules.applyFlowRules(missing);
        }
        if (!difference.strays().isEmpty()) {
            log.info("{} rules that came back with a switch are removed", difference.strays().size());
            flowRules.removeFlowRules(difference.strays().toArray(FlowRule[]::new));
        }
    }

    private Network network() {
        Set<DeviceId> switches = Streams.stream(devices.getAvailableDevices(Device.Type.SWITCH))
                .map(Device::id)
                .collect(ImmutableSet.toImmutableSet());
        Set<LinkKey> between = Streams.stream(links.getActiveLinks())
                .map(LinkKey::linkKey)
                .filter(link -> switches.contains(link.src().deviceId()) && switches.contains(link.dst().deviceId()))
                .collect(ImmutableSet.toImmutableSet());
        Set<ConnectPoint> linked = new HashSet<>();
        between.forEach(link -> {
            linked.add(link.src());
            linked.add(link.dst());
        });
        // Ports and links are told apart by two services that may be a moment apart: a link is the stronger witness.
        Set<ConnectPoint> edge = ports.edgePorts().stream()
                .filter(port -> switches.contains(port.deviceId()) && !linked.contains(port))
                .collect(ImmutableSet.toImmutableSet());
        return ImmutableNetwork.builder().switches(switches).links(between).edgePorts(edge).build();
    }

    private void hand(Runnable work) {
        try {
            loop.execute(guarded(work));
        } catch (RejectedExecutionException stopping) {
            log.debug("The fabric is stopping");
        }
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RejectedExecutionException stopping) {
                log.debug("The fabric is stopping");
            } catch (RuntimeException failure) {
                log.error("The fabric failed on one step and goes on", failure);
            }
        };
    }

    /**
     * Follows switches; their ports are followed through their roles.
     */
    private final class SwitchWatch implements DeviceListener {

        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() == DeviceEvent.Type.DEVICE_ADDED
                    || event.type() == DeviceEvent.Type.DEVICE_REMOVED
                    || event.type() == DeviceEvent.Type.DEVICE_SUSPENDED
                    || event.type() == DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED;
        }

        @Override
        public void event(DeviceEvent event) {
            topologyChanged();
            if (devices.isAvailable(event.subject().id())) {
                hand(ForwardingManager.this::lookAfterReturn);
            }
        }
    }

    /**
     * Follows the fabric's own intents.
     */
    private final class IntentWatch implements IntentListener {

        @Override
        public boolean isRelevant(IntentEvent event) {
            return event.subject().appId().equals(application);
        }

        @Override
        public void event(IntentEvent event) {
            boolean broadcast = event.subject().key().equals(broadcastKey);
            switch (event.type()) {
                case INSTALLED:
                    if (broadcast) {
                        hand(ForwardingManager.this::stepDone);
                    }
                    break;
                case FAILED:
                case CORRUPT:
                    log.debug("Intent {} is {}: the intent framework tries again", event.subject().key(), event.type());
                    break;
                case WITHDRAWN:
                    hand(() -> intents.purge(event.subject()));
                    break;
                default:
                    break;
            }
        }
    }
}
