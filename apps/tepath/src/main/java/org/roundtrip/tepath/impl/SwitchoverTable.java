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
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.intent.RulePublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The switchovers that are ready, by the ports whose failure sets them off. It stands beside the reconcile loop, which
 * may be busy with thousands of paths when a link fails: a failure goes from the switch to here and from here to the
 * two ends of each path, and the loop learns of it afterwards and does the rest.
 * <p>
 * A switchover is set off once. From then until the loop has {@linkplain #settle settled} it, the loop must not publish
 * what it knew before, which {@link #unlessFired} sees to. Thread-safe.
 */
final class SwitchoverTable implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SwitchoverTable.class);

    private final RulePublisher publisher;
    private final Consumer<String> fired;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<String, Switchover> armed = new HashMap<>();
    private final Map<ConnectPoint, Set<String>> byPort = new HashMap<>();
    private final Map<ConnectPoint, Map<Failure, String>> failed = new HashMap<>();
    private final Map<String, FiredSwitchover> unsettled = new TreeMap<>();

    /**
     * Creates a table without switchovers.
     *
     * @param publisher puts rules into the switches
     * @param fired     takes the name of a path whose switchover has been set off; must not block
     */
    SwitchoverTable(RulePublisher publisher, Consumer<String> fired) {
        this.publisher = publisher;
        this.fired = fired;
        executor = new ScheduledThreadPoolExecutor(1, Tools.groupedThreads("roundtrip/tepath", "switchover", log));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Makes the switchover of a path ready, in the place of any other of that path. */
    synchronized void arm(String path, Switchover switchover) {
        if (unsettled.containsKey(path) || switchover.equals(armed.get(path))) {
            return;
        }
        disarm(path);
        armed.put(path, switchover);
        switchover.activePorts().forEach(port -> byPort.computeIfAbsent(port, none -> new TreeSet<>()).add(path));
        // What has failed since the loop looked at the network would be missed otherwise.
        switchover.activePorts().stream().filter(failed::containsKey).findFirst()
                .ifPresent(port -> fireLater(path, switchover, port));
    }

    /** Makes sure that no switchover of a path is set off any more. */
    synchronized void disarm(String path) {
        Switchover switchover = armed.remove(path);
        if (switchover != null) {
            switchover.activePorts().forEach(port -> byPort.computeIfPresent(port, (same, paths) -> {
                paths.remove(path);
                return paths.isEmpty() ? null : paths;
            }));
        }
    }

    /** Takes note of a failure, and sets off what waits for it. Returns at once. */
    void fail(ConnectPoint port, Failure failure, String reason) {
        execute(() -> takeFailure(port, failure, reason));
    }

    /** Takes note of the end of a failure, if there was one. Returns at once. */
    void recover(ConnectPoint port, Failure failure) {
        execute(() -> takeRecovery(port, failure));
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: nothing is switched over any more");
        }
    }

    private synchronized void takeFailure(ConnectPoint port, Failure failure, String reason) {
        failed.computeIfAbsent(port, none -> new EnumMap<>(Failure.class)).putIfAbsent(failure, reason);
        for (String path : Set.copyOf(byPort.getOrDefault(port, Set.of()))) {
            Switchover switchover = armed.get(path);
            if (switchover.holdOff().isZero()) {
                fire(path, switchover, port);
            } else {
                fireLater(path, switchover, port);
            }
        }
    }

    private synchronized void takeRecovery(ConnectPoint port, Failure failure) {
        failed.computeIfPresent(port, (same, failures) -> {
            failures.remove(failure);
            return failures.isEmpty() ? null : failures;
        });
    }

    // Nothing in it throws, and nobody waits for it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void fireLater(String path, Switchover switchover, ConnectPoint port) {
        executor.schedule(() -> fire(path, switchover, port), switchover.holdOff().toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void fire(String path, Switchover switchover, ConnectPoint port) {
        if (armed.get(path) != switchover || !failed.containsKey(port)
                || switchover.standbyPorts().stream().anyMatch(failed::containsKey)) {
            return;
        }
        disarm(path);
        unsettled.put(path, ImmutableFiredSwitchover.of(switchover.generation(),
                                                        failed.get(port).values().iterator().next()));
        publisher.replace(switchover.key(), switchover.stages());
        fired.accept(path);
    }

    /** Returns the switchovers that have been set off and are not settled, by the names of their paths. */
    synchronized Map<String, FiredSwitchover> fired() {
        return new TreeMap<>(unsettled);
    }

    /** Says that the switchover of a path has been recorded: what is published from now on takes it into account. */
    synchronized void settle(String path) {
        unsettled.remove(path);
    }

    /**
     * Publishes something for a path, unless its switchover has been set off and is not settled.
     *
     * @return whether it was published
     */
    synchronized boolean unlessFired(String path, Runnable publication) {
        if (unsettled.containsKey(path)) {
            return false;
        }
        publication.run();
        return true;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
