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
package org.roundtrip.clock.impl;

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionEvent;
import org.roundtrip.clock.ClockSessionListener;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockSessionStatistics;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePathEvent;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes requests for clock sessions and hands events on to the loop that keeps them. Every node of the cluster watches;
 * one acts.
 */
@Component(immediate = true, service = {ClockSessionService.class, NegotiatedSessions.class})
public class ClockSessionManager implements ClockSessionService, NegotiatedSessions {

    private static final Logger log = LoggerFactory.getLogger(ClockSessionManager.class);

    private static final String APPLICATION = "org.roundtrip.clock";

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
    NetworkConfigService networkConfigService;
    @Reference
    TePathService tePathService;
    @Reference
    SessionRules sessionRules;
    @Reference
    SessionQuality sessionQuality;

    private final Clock clock;
    private final LongSupplier elapsed;
    private final ListenerRegistry<ClockSessionEvent, ClockSessionListener> listeners = new ListenerRegistry<>();
    private final TePathListener pathListener = this::pathChanged;
    private final HostListener hostListener = event -> Stream.of(event.subject(), event.prevSubject())
            .flatMap(host -> Optional.ofNullable(host).stream()).forEach(this::hostChanged);
    private final NetworkConfigListener configListener = event -> {
        if (event.subject() instanceof DeviceId) {
            dependentsChanged(event.subject());
        }
    };

    private ReconcileLoop loop;
    private Leader leader;
    private PendingWork pending;
    private SessionLedger ledger;
    private HistoryStore histories;
    private SessionKeeper keeper;
    private SessionReconciler reconciler;
    private PublishedSessions published;

    /**
     * Creates the manager for the controller, which has the time of the system.
     */
    public ClockSessionManager() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    ClockSessionManager(Clock clock, LongSupplier elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
    }

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        HostLookup hosts = new HostLookup(hostService);
        pending = new PendingWork();
        published = new PublishedSessions(event -> eventDispatcher.post(event));
        eventDispatcher.addSink(ClockSessionEvent.class, listeners);
        loop = new ReconcileLoop("roundtrip/clock", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        ledger = new SessionLedger(storageService, application);
        histories = new HistoryStore(storageService, application);
        keeper = new SessionKeeper(application, ledger, tePathService, hosts, sessionRules);
        reconciler = new SessionReconciler(
                ledger, histories, keeper,
                new SessionObserver(keeper, tePathService, hosts, sessionRules, sessionQuality),
                sessionRules, sessionQuality, tePathService, pending, published, clock, elapsed);
        ledger.listen(name -> {
            pending.recordWritten(name);
            trigger();
        });
        histories.listen(name -> {
            pending.historyWritten(name);
            trigger();
        });
        leader.run();
        sessionRules.watch(this::sessionChanged);
        sessionQuality.watch(this::sessionChanged);
        tePathService.addListener(pathListener);
        hostService.addListener(hostListener);
        networkConfigService.addListener(configListener);
        trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        // First: what disappears now must not look as if it were lost.
        loop.close();
        networkConfigService.removeListener(configListener);
        hostService.removeListener(hostListener);
        tePathService.removeListener(pathListener);
        sessionRules.watch(name -> { });
        sessionQuality.watch(name -> { });
        histories.close();
        ledger.close();
        leader.close();
        eventDispatcher.removeSink(ClockSessionEvent.class);
        log.info("Stopped");
    }

    @Override
    public ClockSession add(ClockSessionRequest request) {
        return change(request.name(), () -> keeper.add(request)).orElseThrow();
    }

    @Override
    public ClockSession put(ClockSessionRequest request) {
        return change(request.name(), () -> keeper.put(request)).orElseThrow();
    }

    @Override
    public ClockSession remove(String name) {
        return change(name, () -> keeper.remove(name)).orElseThrow();
    }

    @Override
    public ClockSession open(ClockSessionRequest request, String policy, List<UnicastGrant> grants) {
        return change(request.name(), () -> keeper.open(request, policy, grants)).orElseThrow();
    }

    @Override
    public ClockSession grants(String session, List<UnicastGrant> grants) {
        return change(session, () -> keeper.grants(session, grants)).orElseThrow();
    }

    @Override
    public void close(String session, String reason) {
        change(session, () -> keeper.close(session, reason));
    }

    @Override
    public Optional<ClockSession> session(String name) {
        return published.get(name).map(this::measured);
    }

    @Override
    public List<ClockSession> sessions() {
        return published.all().stream().map(this::measured).collect(Collectors.toUnmodifiableList());
    }

    private ClockSession measured(ClockSession session) {
        return ClockSession.builder().from(session).measured(sessionQuality.measured(session.request().name()))
                .build();
    }

    @Override
    public List<ClockSessionChange> history(String name) {
        return published.get(name).map(session -> histories.get(name).changes()).orElseGet(List::of);
    }

    @Override
    public ClockSessionStatistics statistics(String name) {
        String path = existing(name).tePath();
        Optional<PathStatistics> carried = tePathService.path(path).map(present -> tePathService.statistics(path));
        return ClockSessionStatistics.builder()
                .serverToClientPackets(carried.map(counters -> counters.forward().admittedPackets()).orElse(0L))
                .clientToServerPackets(carried.map(counters -> counters.reverse().admittedPackets()).orElse(0L))
                .droppedPackets(sessionRules.droppedPackets(name)).build();
    }

    @Override
    public PathAudit verify(String name) {
        return tePathService.verify(existing(name).tePath());
    }

    private ClockSession existing(String name) {
        return published.get(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock session '" + name + "'"));
    }

    @Override
    public void addListener(ClockSessionListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(ClockSessionListener listener) {
        listeners.removeListener(listener);
    }

    private void pathChanged(TePathEvent event) {
        SessionPaths.session(event.subject().request().name()).ifPresent(this::sessionChanged);
        if (event.type() == TePathEvent.Type.REMOVED) {
            reconciler.somethingWasGivenBack();
        }
    }

    private void hostChanged(Host host) {
        SessionLedger.keys(host).forEach(this::dependentsChanged);
    }

    private void sessionChanged(String name) {
        pending.touchSession(name);
        trigger();
    }

    private void dependentsChanged(Object key) {
        pending.touchDependents(key);
        trigger();
    }

    private void trigger() {
        loop.trigger();
    }

    /** Also what a failed request has left behind is for the loop to put right. */
    private Optional<ClockSession> change(String session, Runnable request) {
        leader.requireSelf();
        try {
            return loop.call(() -> {
                reconciler.takeOver(leader.isSelf());
                request.run();
                reconciler.show(session);
                return published.get(session);
            });
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        } finally {
            sessionChanged(session);
        }
    }

    private void reconcile() {
        reconciler.takeOver(leader.isSelf());
        reconciler.reconcile().ifPresent(loop::triggerAfter);
    }
}
