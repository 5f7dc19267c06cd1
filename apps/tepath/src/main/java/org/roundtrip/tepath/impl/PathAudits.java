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

import org.onlab.util.Tools;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.RequestException;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.roundtrip.tepath.compute.audit.AuditSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Audits paths on demand, soon after they have changed, and each once within a period in the background; and has put
 * right what is wrong.
 * <p>
 * Thread-safe.
 */
final class PathAudits implements AutoCloseable {

    /** What the audits are about. Called on threads that may wait. */
    interface AuditedPaths {

        /** Returns what a path should be now; empty if it is gone or not settled. */
        Optional<AuditOrder> order(String path);

        /** Puts right what was found, and remembers it. */
        void repair(String path, AuditFindings findings);

        /** Returns the names of all paths; none on a node that does not lead. */
        Collection<String> names();
    }

    private static final Logger log = LoggerFactory.getLogger(PathAudits.class);

    /** Each audit makes a few switches report all their rules, which should not be much of what they do. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    /** Changes often come in steps. */
    private static final Duration AFTER_A_CHANGE = Duration.ofSeconds(2);

    private final PathAuditor auditor;
    private final AuditedPaths paths;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor executor;
    /** Only touched by the executor's thread. */
    private final AuditSchedule schedule;

    /**
     * Begins to audit.
     *
     * @param auditor audits one path
     * @param paths   what the audits are about
     * @param period  within which each path has its turn
     * @param clock   the time
     */
    // What runs periodically ends with the executor.
    @SuppressWarnings("FutureReturnValueIgnored")
    PathAudits(PathAuditor auditor, AuditedPaths paths, Duration period, Clock clock) {
        this.auditor = auditor;
        this.paths = paths;
        this.clock = clock;
        schedule = new AuditSchedule(period, SHORTEST_INTERVAL);
        executor = new ScheduledThreadPoolExecutor(1, Tools.groupedThreads("roundtrip/tepath", "audit", log));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.scheduleWithFixedDelay(this::takeTurn, SHORTEST_INTERVAL.toMillis(), SHORTEST_INTERVAL.toMillis(),
                                        TimeUnit.MILLISECONDS);
    }

    /**
     * Audits a path now, and has put right what is wrong.
     *
     * @param path the name of the path
     * @return what was found before
     * @throws ConflictException if the path is on its way somewhere
     */
    PathAudit verify(String path) {
        return audit(path).orElseThrow(() -> new ConflictException("name", "the path '" + path + "' is not settled:"
                + " try again when its state is up or down"));
    }

    /** Has a path audited soon, because it has changed. Returns at once. */
    void hasten(String path) {
        try {
            executor.execute(() -> schedule.hasten(path, clock.instant().plus(AFTER_A_CHANGE)));
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: {} is not audited any more", path);
        }
    }

    private void takeTurn() {
        try {
            Instant now = clock.instant();
            schedule.retain(paths.names(), now);
            schedule.take(now).ifPresent(this::audit);
        } catch (RequestException e) {
            log.debug("No audit now: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                log.warn("An audit has failed; others follow", e);
            }
        }
    }

    private Optional<PathAudit> audit(String path) {
        Optional<AuditFindings> findings = auditor.audit(() -> paths.order(path));
        findings.filter(AuditFindings::isRepairable).ifPresent(found -> paths.repair(path, found));
        return findings.map(AuditFindings::audit);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
