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
package org.roundtrip.balancer.impl;

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.Host;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerEvent;
import org.roundtrip.balancer.VirtualServerListener;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.balancer.compute.MemberChecks;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.RuleSets;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.detection.DetectionListener;
import org.roundtrip.detection.DetectionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Takes requests for virtual servers and hands events on to the loop that keeps them. Every node of the cluster
 * watches; one acts.
 */
@Component(immediate = true, service = {VirtualServerService.class, PublishedPlans.class})
public class VirtualServerManager implements VirtualServerService, PublishedPlans {

    private static final Logger log = LoggerFactory.getLogger(VirtualServerManager.class);

    private static final String APPLICATION = "org.roundtrip.balancer";
    /** A switch that refuses may take the rules when anything changes there, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);
    /**
     * Changes often follow each other, and the framework would hold up the one that comes while it is told of the one
     * before. Nothing needs it to know sooner: after the death of the controller all rules are made of the records.
     */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    StorageService storageService;
    @Reference
    EventDeliveryService eventDispatcher;
    @Reference
    HostService hostService;
    @Reference
    DeviceService deviceService;
    @Reference
    LinkService linkService;
    @Reference
    IntentService intentService;
    @Reference
    FlowRuleService flowRuleService;
    @Reference
    SwitchPreparation switchPreparation;
    @Reference
    DetectionService detectionService;

    private final Clock clock;
    private final LongSupplier elapsed;
    private final Duration retry;
    private final Duration pause;
    private final ListenerRegistry<VirtualServerEvent, VirtualServerListener> listeners = new ListenerRegistry<>();
    private final HostListener hostListener = event -> Stream.of(event.subject(), event.prevSubject())
            .flatMap(host -> Optional.ofNullable(host).stream()).forEach(this::hostChanged);
    private final DeviceListener deviceListener = new DeviceListener() {
        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            dependentsChanged(event.subject().id());
            networkChanged();
        }
    };
    private final LinkListener linkListener = event -> networkChanged();
    private final DetectionListener detectionListener = event -> MemberChecks.server(event.subject().service())
            .ifPresent(this::serverChanged);

    private ReconcileLoop loop;
    private Leader leader;
    private PendingWork pending;
    private ServerLedger ledger;
    private MemberDetection detection;
    private ServerKeeper keeper;
    private PublishedRules rules;
    private ServerReconciler reconciler;
    private PublishedServers published;

    /**
     * Creates the manager for the controller, which has the time of the system.
     */
    public VirtualServerManager() {
        this(Clock.systemUTC(), System::nanoTime, RETRY, PAUSE);
    }

    VirtualServerManager(Clock clock, LongSupplier elapsed, Duration retry, Duration pause) {
        this.clock = clock;
        this.elapsed = elapsed;
        this.retry = retry;
        this.pause = pause;
    }

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        NetworkLookup lookup = new NetworkLookup(deviceService, hostService, linkService, switchPreparation);
        pending = new PendingWork();
        published = new PublishedServers(event -> eventDispatcher.post(event));
        eventDispatcher.addSink(VirtualServerEvent.class, listeners);
        loop = new ReconcileLoop("roundtrip/balancer", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        ledger = new ServerLedger(storageService, application);
        detection = new MemberDetection(detectionService);
        keeper = new ServerKeeper(ledger, lookup, detection, clock);
        rules = new PublishedRules(application, intentService, flowRuleService, retry, pause, this::rulesChanged);
        reconciler = new ServerReconciler(ledger, keeper, lookup, detection,
                                          new ServerRules(new RuleSets(application), rules), pending, published,
                                          clock, elapsed);
        ledger.listen(name -> {
            pending.recordWritten(name);
            trigger();
        });
        leader.run();
        switchPreparation.watch(this::switchesChanged);
        deviceService.addListener(deviceListener);
        linkService.addListener(linkListener);
        hostService.addListener(hostListener);
        detectionService.addListener(detectionListener);
        networkChanged();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        // First: what disappears now must not look as if it were lost.
        loop.close();
        detectionService.removeListener(detectionListener);
        hostService.removeListener(hostListener);
        linkService.removeListener(linkListener);
        deviceService.removeListener(deviceListener);
        switchPreparation.watch(() -> { });
        detection.close();
        rules.close();
        ledger.close();
        leader.close();
        eventDispatcher.removeSink(VirtualServerEvent.class);
        log.info("Stopped");
    }

    @Override
    public VirtualServer add(VirtualServerRequest request) {
        return change(request.name(), () -> keeper.add(request));
    }

    @Override
    public VirtualServer put(VirtualServerRequest request) {
        return change(request.name(), () -> keeper.put(request));
    }

    @Override
    public VirtualServer changeMembers(String name, List<MemberChange> changes) {
        return change(name, () -> keeper.changeMembers(name, changes));
    }

    @Override
    public VirtualServer remove(String name) {
        return change(name, () -> keeper.remove(name));
    }

    @Override
    public Optional<VirtualServer> server(String name) {
        return published.get(name);
    }

    @Override
    public List<VirtualServer> servers() {
        return published.all();
    }

    @Override
    public List<VipPlan> vips() {
        return reconciler.vips();
    }

    @Override
    public NetworkView network() {
        return reconciler.network();
    }

    @Override
    public void addListener(VirtualServerListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(VirtualServerListener listener) {
        listeners.removeListener(listener);
    }

    private void hostChanged(Host host) {
        host.ipAddresses().forEach(this::dependentsChanged);
    }

    /** What a set is about waits for it. On any thread. */
    private void rulesChanged(String key) {
        pending.touchRules(key);
        trigger();
    }

    private void serverChanged(String name) {
        pending.touchServer(name);
        trigger();
    }

    private void dependentsChanged(Object key) {
        pending.touchDependents(key);
        trigger();
    }

    /** A reason for which a switch has refused rules may have gone. */
    private void switchesChanged() {
        rules.retrySoon();
        networkChanged();
    }

    private void networkChanged() {
        pending.touchNetwork();
        trigger();
    }

    private void trigger() {
        loop.trigger();
    }

    /** Also what a failed request has left behind is for the loop to put right. */
    private VirtualServer change(String server, Runnable request) {
        leader.requireSelf();
        try {
            return loop.call(() -> {
                reconciler.takeOver(leader.isSelf());
                request.run();
                reconciler.show(server);
                return published.get(server).orElseThrow();
            });
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        } finally {
            pending.touchServer(server);
            trigger();
        }
    }

    private void reconcile() {
        reconciler.takeOver(leader.isSelf());
        reconciler.reconcile().ifPresent(loop::triggerAfter);
    }
}
