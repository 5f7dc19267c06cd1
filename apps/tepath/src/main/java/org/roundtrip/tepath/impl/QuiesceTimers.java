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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * For how long both ends of paths have been known to admit nothing. What counts is the time that has elapsed, whatever
 * the clock of the controller is set to meanwhile. Nothing is kept when the controller dies: it can't be known
 * afterwards how much of the time on its clock has really elapsed, so counting begins anew.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class QuiesceTimers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuiesceTimers.class);

    private final Consumer<String> over;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<String, Timer> timers = new HashMap<>();

    /**
     * Creates timers, none of which runs.
     *
     * @param over takes the name of a path whose time is over, on another thread: must not block
     */
    QuiesceTimers(Consumer<String> over) {
        this.over = over;
        executor = new ScheduledThreadPoolExecutor(1, Tools.groupedThreads("roundtrip/tepath", "quiesce", log));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * Says that both ends admit nothing while the path waits to take a way: the time runs from the first time that
     * this is said of this way.
     *
     * @param path       the name of the path
     * @param generation which placement it waits for
     * @param time       how long it has to wait
     * @param now        the time on the clock
     * @return when that time is over, by the clock as it was at the beginning
     */
    Instant run(String path, long generation, Duration time, Instant now) {
        Timer timer = running(path, generation).orElseGet(() -> {
            stop(path);
            Timer begun = new Timer(generation, now);
            timers.put(path, begun);
            return begun;
        });
        if (!time.equals(timer.time)) {
            timer.time = time;
            timer.alarm.ifPresent(alarm -> alarm.cancel(false));
            timer.alarm = alarm(path, timer.left(time));
        }
        return timer.begun.plus(time);
    }

    private Optional<Future<?>> alarm(String path, Duration left) {
        try {
            return Optional.of(executor.schedule(() -> over.accept(path), left.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: {} is left to the next leader", path);
            return Optional.empty();
        }
    }

    /**
     * Returns whether both ends have admitted nothing for long enough.
     *
     * @param path       the name of the path
     * @param generation which placement it waits for
     * @param time       how long it has to wait
     * @return true if the timer runs for this way, and has for so long
     */
    boolean isOver(String path, long generation, Duration time) {
        return running(path, generation).filter(timer -> timer.left(time).isZero()).isPresent();
    }

    /** Forgets how long it has been, because the ends admit again or are not known not to. */
    void stop(String path) {
        Optional.ofNullable(timers.remove(path)).flatMap(timer -> timer.alarm).ifPresent(alarm -> alarm.cancel(false));
    }

    private Optional<Timer> running(String path, long generation) {
        return Optional.ofNullable(timers.get(path)).filter(timer -> timer.generation == generation);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static final class Timer {

        private final long generation;
        private final Instant begun;
        private final long beginning = System.nanoTime();
        private Duration time = Duration.ofNanos(-1);
        private Optional<Future<?>> alarm = Optional.empty();

        private Timer(long generation, Instant begun) {
            this.generation = generation;
            this.begun = begun;
        }

        private Duration left(Duration whole) {
            Duration left = whole.minusNanos(System.nanoTime() - beginning);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}
