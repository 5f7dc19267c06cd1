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
package org.roundtrip.clock.impl.quality;

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockReportService;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.compute.quality.ConfiguredDelays;
import org.roundtrip.clock.compute.quality.Prediction;
import org.roundtrip.clock.compute.quality.ReportedSessions;
import org.roundtrip.clock.impl.SessionQuality;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Takes the reports of clients, and judges them every few seconds. What was measured is kept in the memory of the node
 * that leads; it begins anew when the controller does.
 */
@Component(immediate = true, service = {SessionQuality.class, ClockReportService.class})
public class ClockQuality implements SessionQuality, ClockReportService {

    private static final Logger log = LoggerFactory.getLogger(ClockQuality.class);

    /** How often measurements are judged, and how old figures may be that are shown. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    TePathService tePathService;

    private final Clock clock;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    private final ReportedSessions sessions = new ReportedSessions();
    private final Map<String, MeasuredSession> measured = new ConcurrentHashMap<>();

    /** As of the last judgement: finding them takes in all links. */
    private volatile ConfiguredDelays delays;
    private Leader leader;
    private ScheduledExecutorService judge;
    private ScheduledFuture<?> judgements;

    /**
     * Creates the component for the controller, which has the time of the system.
     */
    public ClockQuality() {
        this(Clock.systemUTC());
    }

    ClockQuality(Clock clock) {
        this.clock = clock;
    }

    @Activate
    void activate() {
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), () -> { });
        delays = new ConfiguredDelays(tePathService.links());
        judge = Executors.newSingleThreadScheduledExecutor(groupedThreads("roundtrip/clock", "quality", log));
        judgements = judge.scheduleWithFixedDelay(this::judge, PERIOD.toMillis(), PERIOD.toMillis(),
                                                  TimeUnit.MILLISECONDS);
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        judgements.cancel(false);
        judge.shutdownNow();
        leader.close();
        log.info("Stopped");
    }

    @Override
    public String report(ClockReport report) {
        leader.requireSelf();
        String name;
        synchronized (sessions) {
            name = sessions.find(report);
        }
        // It may have been forgotten just now, and its report with it.
        Optional.ofNullable(measured.get(name)).ifPresent(session -> session.take(report, clock.instant()));
        return name;
    }

    @Override
    public void watch(Consumer<String> changed) {
        watchers.add(changed);
    }

    @Override
    public void observe(ClockSession session) {
        String name = session.request().name();
        synchronized (sessions) {
            sessions.put(session);
        }
        MeasuredSession known = measured.computeIfAbsent(name, added -> new MeasuredSession());
        if (session.status().state() == ClockSessionState.STANDBY) {
            known.clear();
        }
        known.predict(prediction(session), clock.instant());
    }

    @Override
    public void forget(String session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
        measured.remove(session);
    }

    @Override
    public Optional<MeasuredQuality> measured(String session) {
        return Optional.ofNullable(measured.get(session)).flatMap(found -> found.quality(clock.instant()));
    }

    @Override
    public Map<ClockAlarmType, String> alarms(String session) {
        return Optional.ofNullable(measured.get(session)).map(found -> found.alarms(clock.instant()))
                .orElseGet(Map::of);
    }

    /** A failure must not end the judgements to come. No event tells that the delay of a link has been configured. */
    void judge() {
        try {
            delays = new ConfiguredDelays(tePathService.links());
        } catch (RuntimeException e) {
            log.error("What the links delay can't be found; it is taken to be as before", e);
        }
        measured.forEach((name, session) -> {
            try {
                known(name).ifPresent(known -> session.predict(prediction(known), clock.instant()));
                if (session.judge(clock.instant())) {
                    watchers.forEach(watcher -> watcher.accept(name));
                }
            } catch (RuntimeException e) {
                log.error("What the client of clock session {} measures was not judged", name, e);
            }
        });
    }

    private Optional<ClockSession> known(String name) {
        synchronized (sessions) {
            return sessions.get(name);
        }
    }

    private Prediction prediction(ClockSession session) {
        Optional<TePath> path = tePathService.path(session.tePath());
        return Prediction.builder()
                .way(path.map(ConfiguredDelays::way).orElseGet(List::of))
                .asymmetry(session.asymmetry())
                .pathDelay(path.flatMap(found -> delays.meanPathDelay(found)))
                .errorTolerance(session.request().monitoring().errorTolerance())
                .build();
    }
}
