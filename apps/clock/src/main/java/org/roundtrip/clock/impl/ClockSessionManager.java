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
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionEvent;
import org.roundtrip.clock.ClockSessionListener;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockSessionStatistics;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.clock.compute.SessionStatus;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the loop that keeps clock sessions, and tells others of them. Every node of the cluster watches; one acts.
 */
@Component(immediate = true, service = ClockSessionService.class)
public class ClockSessionManager implements ClockSessionService {

    private static final Logger log = LoggerFactory.getLogger(ClockSessionManager.class);

    private static final String APPLICATION = "org.roundtrip.clock";
    private static final String RECORDS = "roundtrip-clock-sessions";
    /** A refused te-path may be granted when anything changes, such as a capability, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);

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
    TePathService tePathService;

    private final Clock clock;
    private final ListenerRegistry<ClockSessionEvent, ClockSessionListener> listeners = new ListenerRegistry<>();
    private final PublishedSessions published = new PublishedSessions(event -> eventDispatcher.post(event));
    private final TePathListener pathListener = event -> trigger();
    private final HostListener hostListener = event -> trigger();

    private ReconcileLoop loop;
    private Leader leader;
    private DurableMap<ClockSessionRecord> records;
    private SessionKeeper keeper;
    private HostLookup hosts;

    /**
     * Creates the manager for the controller, which has the time of the system.
     */
    public ClockSessionManager() {
        this(Clock.systemUTC());
    }

    ClockSessionManager(Clock clock) {
        this.clock = clock;
    }

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        records = DurableMap.open(storageService, application, RECORDS, ClockSessionRecord.class);
        hosts = new HostLookup(hostService);
        keeper = new SessionKeeper(application, records, tePathService, hosts);
        eventDispatcher.addSink(ClockSessionEvent.class, listeners);
        loop = new ReconcileLoop("roundtrip/clock", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        leader.run();
        records.listen(Runnable::run, name -> trigger());
        tePathService.addListener(pathListener);
        hostService.addListener(hostListener);
        trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        // First: what disappears now must not look as if it were lost.
        loop.close();
        hostService.removeListener(hostListener);
        tePathService.removeListener(pathListener);
        records.close();
        leader.close();
        eventDispatcher.removeSink(ClockSessionEvent.class);
        log.info("Stopped");
    }

    @Override
    public ClockSession add(ClockSessionRequest request) {
        return change(() -> {
            keeper.add(request);
            return publish().get(request.name());
        });
    }

    @Override
    public ClockSession put(ClockSessionRequest request) {
        return change(() -> {
            keeper.put(request);
            return publish().get(request.name());
        });
    }

    @Override
    public ClockSession remove(String name) {
        return change(() -> {
            keeper.remove(name);
            return publish().get(name);
        });
    }

    @Override
    public Optional<ClockSession> session(String name) {
        return published.get(name);
    }

    @Override
    public List<ClockSession> sessions() {
        return published.all();
    }

    @Override
    public List<ClockSessionChange> history(String name) {
        return List.of();
    }

    @Override
    public ClockSessionStatistics statistics(String name) {
        PathStatistics carried = tePathService.statistics(SessionPaths.name(name));
        return ClockSessionStatistics.builder().serverToClientPackets(carried.forward().admittedPackets())
                .clientToServerPackets(carried.reverse().admittedPackets()).droppedPackets(0).build();
    }

    @Override
    public PathAudit verify(String name) {
        return tePathService.verify(SessionPaths.name(name));
    }

    @Override
    public void addListener(ClockSessionListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(ClockSessionListener listener) {
        listeners.removeListener(listener);
    }

    private void trigger() {
        loop.trigger();
    }

    /** Also what a failed request has left behind is for the loop to put right. */
    private ClockSession change(Callable<ClockSession> request) {
        leader.requireSelf();
        try {
            return loop.call(request);
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        } finally {
            trigger();
        }
    }

    private void reconcile() {
        if (leader.isSelf()) {
            keeper.keep();
            if (keeper.isWaiting()) {
                loop.triggerAfter(RETRY);
            }
        }
        publish();
    }

    private Map<String, ClockSession> publish() {
        Map<String, ClockSession> sessions = new TreeMap<>();
        records.all().forEach((name, session) -> sessions.put(name, observe(session)));
        published.publish(sessions);
        return sessions;
    }

    private ClockSession observe(ClockSessionRecord session) {
        String name = session.request().name();
        String pathName = SessionPaths.name(name);
        Optional<TePath> path = tePathService.path(pathName).filter(found -> found.owner().equals(APPLICATION));
        return ClockSession.builder()
                .request(session.request())
                .serverEndpoint(session.server())
                .clientEndpoint(session.client())
                .tePath(pathName)
                .tePathState(path.map(found -> found.status().state()))
                .status(SessionStatus.of(session, path, keeper.refusal(name), unseen(session),
                                         published.get(name).map(ClockSession::status), clock.instant()))
                .build();
    }

    private List<String> unseen(ClockSessionRecord session) {
        List<String> unseen = new ArrayList<>();
        if (!session.removing()) {
            unseen("server", session.request().server(), session, session.server()).ifPresent(unseen::add);
            unseen("client", session.request().client(), session, session.client()).ifPresent(unseen::add);
        }
        return unseen;
    }

    private Optional<String> unseen(String field, ClockReference reference, ClockSessionRecord session,
                                    ClockEndpoint last) {
        try {
            hosts.endpoint(field, reference, session.request().transport());
            return Optional.empty();
        } catch (RequestException unknown) {
            return Optional.of(unknown.getMessage() + "; it is taken to be at " + last.connectPoint());
        }
    }
}
